import { ApiClient } from './api/api-client';
import { established } from './api/crds';
import type { Manifest } from './api/manifest';
import type { Component, Site, Webhooks } from './component';
import { connectionOf } from './components/kube-apiserver';
import { httpGet } from './process/http-get';
import { shippedManifests } from './process/modules';
import { waitFor } from './process/wait';

/** Seconds until an operator that is ready serves its webhooks. */
const WEBHOOK_SECONDS = 60;

/**
 * The kinds of all components, before any program starts that looks at kinds. The garbage collector learns of later ones within
 * half a minute only, and meanwhile tries what their objects own ever more rarely.
 */
export async function installKinds(components: Component[], site: Site): Promise<void> {
  const api = ApiClient.connect(connectionOf(site));
  const crds = components.flatMap((component) => (component.crds ? shippedManifests(component, component.crds) : []));
  await Promise.all(
    crds.map(async (crd) => {
      await api.apply(crd, { force: true });
      await established(api, crd);
    }),
  );
  api.close();
}

/** The objects of its own that a component finds in the API server when it starts. */
export async function installBefore(component: Component, site: Site): Promise<void> {
  if (component.before) await applyAll(ApiClient.connect(connectionOf(site)), component.before(site));
}

/** What it brings when it is ready: its webhooks first, since they judge the rest. */
export async function installAfter(component: Component, site: Site): Promise<void> {
  if (!component.webhooks && !component.after) return;
  const api = ApiClient.connect(connectionOf(site));
  // Some say that they are ready before they listen there.
  if (component.webhooks) await answers(component.name, addressOf(component.name, component.webhooks, site));
  await applyAll(api, webhookConfigurations(component, site));
  await applyAll(api, component.after?.(site) ?? []);
}

async function answers(name: string, address: string): Promise<void> {
  await waitFor(`${name} serving its webhooks`, WEBHOOK_SECONDS, async () => {
    await httpGet(address, 'of its own');
    return undefined;
  });
}

function addressOf(component: string, { port }: Webhooks, site: Site): string {
  return `https://127.0.0.1:${site.port(component, port)}`;
}

async function applyAll(api: ApiClient, objects: Manifest[]): Promise<void> {
  for (const object of objects) await api.apply(object, { force: true });
}

interface Webhook {
  name: string;
  clientConfig: { service?: { path?: string }; url?: string; caBundle?: string };
}

/** The configurations that the module ships, with the address of the program that runs here. */
function webhookConfigurations(component: Component, site: Site): Manifest[] {
  const { webhooks: wanted } = component;
  if (!wanted) return [];
  const address = addressOf(component.name, wanted, site);
  const caBundle = Buffer.from(connectionOf(site).ca).toString('base64');
  const configurations = shippedManifests(component, [wanted.file]).filter(({ kind }) =>
    kind.endsWith('WebhookConfiguration'),
  );
  if (configurations.length === 0) throw new Error(`${component.name}: ${wanted.file} holds no webhook configuration`);
  const names = new Set<string>();
  const installed = configurations.map((configuration) => {
    const all = configuration.webhooks as Webhook[];
    for (const { name } of all) names.add(name);
    const webhooks = all
      .filter(({ name }) => !wanted.without?.includes(name))
      .map((webhook) => ({
        ...webhook,
        clientConfig: { url: `${address}${webhook.clientConfig.service?.path ?? '/'}`, caBundle },
      }));
    const { apiVersion, kind, metadata } = configuration;
    const plain = { apiVersion, kind, metadata: { name: metadata.name }, webhooks };
    return wanted.change?.(plain) ?? plain;
  });
  const unknown = wanted.without?.filter((name) => !names.has(name)) ?? [];
  if (unknown.length > 0) throw new Error(`${component.name}: ${wanted.file} holds no webhook ${unknown.join(', ')}`);
  return installed;
}
