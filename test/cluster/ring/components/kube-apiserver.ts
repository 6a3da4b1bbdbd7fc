import { generateKeyPairSync } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Component, Site } from '../component';
import { httpGet } from '../http-get';
import { etcdUrl } from './etcd';

/** What a client needs to talk to the API server. */
export interface Connection {
  /** `https://127.0.0.1:<port>`. */
  readonly server: string;
  /** Bearer token of an administrator. */
  readonly token: string;
  /** Certificates to trust, PEM. */
  readonly ca: string;
}

const files = (site: Site) => {
  const folder = join(site.folder, 'kube-apiserver');
  return {
    folder,
    /** The server makes its certificate and the authority that signed it, and writes both here. */
    certificate: join(folder, 'apiserver.crt'),
    serviceAccountKey: join(folder, 'service-account.key'),
    tokens: join(folder, 'tokens.csv'),
  };
};

/** The connection of a run; the certificate exists once the server has started. */
export function connectionOf(site: Site): Connection {
  const server = `https://127.0.0.1:${site.port('kube-apiserver', 'secure')}`;
  return { server, token: site.token, ca: readFileSync(files(site).certificate, 'utf8') };
}

/** The API server with its default admission, but for ServiceAccount: no controller makes the accounts it waits for. */
export const kubeApiserver: Component = {
  name: 'kube-apiserver',
  module: 'kubernetes',
  mainPackage: 'k8s.io/kubernetes/cmd/kube-apiserver',
  linkVariables: (version) => {
    const [major, minor] = version.slice(1).split('.');
    const at = 'k8s.io/component-base/version';
    return { [`${at}.gitVersion`]: version, [`${at}.gitMajor`]: major, [`${at}.gitMinor`]: minor };
  },
  ports: ['secure'],
  prepare: (site) => {
    const { folder, serviceAccountKey, tokens } = files(site);
    mkdirSync(folder, { recursive: true });
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    writeFileSync(serviceAccountKey, privateKey.export({ type: 'pkcs1', format: 'pem' }), { mode: 0o600 });
    writeFileSync(tokens, `${site.token},admin,admin,system:masters\n`, { mode: 0o600 });
  },
  args: (site) => {
    const { folder, serviceAccountKey, tokens } = files(site);
    return [
      `--etcd-servers=${etcdUrl(site)}`,
      '--bind-address=127.0.0.1',
      // Without these two a machine that has no default route cannot start it.
      '--advertise-address=127.0.0.1',
      '--endpoint-reconciler-type=none',
      `--secure-port=${site.port('kube-apiserver', 'secure')}`,
      `--cert-dir=${folder}`,
      `--token-auth-file=${tokens}`,
      `--service-account-key-file=${serviceAccountKey}`,
      `--service-account-signing-key-file=${serviceAccountKey}`,
      '--service-account-issuer=https://kubernetes.default.svc',
      '--authorization-mode=RBAC,Node',
      '--service-cluster-ip-range=10.0.0.0/24',
      '--allow-privileged=true',
      '--disable-admission-plugins=ServiceAccount',
    ];
  },
  missing: async (site) => {
    if (!existsSync(files(site).certificate)) return 'no certificate written';
    const { server, token, ca } = connectionOf(site);
    const answer = await httpGet(`${server}/readyz?verbose`, { token, ca });
    if (answer.status === 200) return undefined;
    const failing = answer.text.split('\n').filter((line) => line.startsWith('[-]'));
    return `GET /readyz answered ${answer.status}: ${failing.join(' ') || answer.text}`;
  },
};
