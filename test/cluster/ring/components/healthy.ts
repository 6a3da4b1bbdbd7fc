import type { Site } from '../component';
import { httpGet } from '../process/http-get';

/** What a GET of a component's health path lacks of success, in words. */
export async function httpHealthy(
  site: Site,
  component: string,
  port: string,
  path: string,
): Promise<string | undefined> {
  const answer = await httpGet(`http://127.0.0.1:${site.port(component, port)}${path}`);
  return answer.status === 200 ? undefined : `GET ${path} answered ${answer.status}: ${answer.text}`;
}

/** The same over TLS with a certificate that the component made for itself. */
export async function httpsHealthy(
  site: Site,
  component: string,
  port: string,
  path: string,
): Promise<string | undefined> {
  const answer = await httpGet(`https://127.0.0.1:${site.port(component, port)}${path}`, 'of its own');
  return answer.status === 200 ? undefined : `GET ${path} answered ${answer.status}: ${answer.text}`;
}
