import { generateKeyPairSync } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Component, Site } from '../component';
import { httpGet } from '../process/http-get';
import { etcdUrl } from './etcd';
import type { Kubernetes } from './kubernetes';
import { kubernetesLinkVariables, kubernetesModule, switches } from './kubernetes';

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
  const folder = site.folderOf('kube-apiserver');
  return {
    folder,
    serviceAccountKey: join(folder, 'service-account.key'),
    tokens: join(folder, 'tokens.csv'),
    kubeconfig: join(folder, 'kubeconfig'),
  };
};

/**
 * The certificate for 127.0.0.1 that the API server makes when it starts, its key, and, in the same file as the
 * certificate, the authority that signed it. The webhooks of operators are served with it too.
 */
export function servingCertificate(site: Site): { readonly certificate: string; readonly key: string } {
  const { folder } = files(site);
  return { certificate: join(folder, 'apiserver.crt'), key: join(folder, 'apiserver.key') };
}

/** The connection of a run; the certificate exists once the server has started. */
export function connectionOf(site: Site): Connection {
  const server = `https://127.0.0.1:${site.port('kube-apiserver', 'secure')}`;
  return { server, token: site.token, ca: readFileSync(servingCertificate(site).certificate, 'utf8') };
}

/** File with the connection, as every client of Kubernetes reads it. */
export function kubeconfigOf(site: Site): string {
  return files(site).kubeconfig;
}

/** The key with which tokens of service accounts are signed, and against which they are checked. */
export function serviceAccountKeyOf(site: Site): string {
  return files(site).serviceAccountKey;
}

/** The API server of one line of Kubernetes, with its default admission. */
export const kubeApiserver = (kubernetes: Kubernetes): Component => ({
  name: 'kube-apiserver',
  module: kubernetesModule(kubernetes.line),
  mainPackage: 'k8s.io/kubernetes/cmd/kube-apiserver',
  linkVariables: kubernetesLinkVariables,
  needs: ['etcd'],
  ports: ['secure'],
  prepare: (site) => {
    const { serviceAccountKey, tokens, kubeconfig } = files(site);
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    writeFileSync(serviceAccountKey, privateKey.export({ type: 'pkcs1', format: 'pem' }), { mode: 0o600 });
    writeFileSync(tokens, `${site.token},admin,admin,system:masters\n`, { mode: 0o600 });
    writeFileSync(kubeconfig, kubeconfigText(site), { mode: 0o600 });
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
      '--service-cluster-ip-range=10.0.0.0/16',
      '--allow-privileged=true',
      ...switches(kubernetes, true),
      // Pods leave a node that died after this time, which is 300 s in a stock cluster.
      '--default-not-ready-toleration-seconds=3',
      '--default-unreachable-toleration-seconds=3',
      // Alone, nobody makes the service accounts that its admission waits for.
      ...(site.has('kube-controller-manager') ? [] : ['--disable-admission-plugins=ServiceAccount']),
    ];
  },
  missing: async (site) => {
    if (!existsSync(servingCertificate(site).certificate)) return 'no certificate written';
    const { server, token, ca } = connectionOf(site);
    const answer = await httpGet(`${server}/readyz?verbose`, { token, ca });
    if (answer.status === 200) return undefined;
    const failing = answer.text.split('\n').filter((line) => line.startsWith('[-]'));
    return `GET /readyz answered ${answer.status}: ${failing.join(' ') || answer.text}`;
  },
});

/** A kubeconfig is YAML, of which JSON is a part. */
function kubeconfigText(site: Site): string {
  const server = `https://127.0.0.1:${site.port('kube-apiserver', 'secure')}`;
  const name = 'ring';
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name, cluster: { server, 'certificate-authority': servingCertificate(site).certificate } }],
    users: [{ name, user: { token: site.token } }],
    contexts: [{ name, context: { cluster: name, user: name } }],
    'current-context': name,
  });
}
