import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Manifest } from '../api/manifest';
import type { Site } from '../component';
import { servingCertificate } from './kube-apiserver';

/** Puts the certificate for 127.0.0.1 and its key where an operator serves its webhooks from; returns the folder. */
export function webhookCertificates(site: Site, folder: string): string {
  mkdirSync(folder, { recursive: true });
  const { certificate, key } = servingCertificate(site);
  copyFileSync(certificate, join(folder, 'tls.crt'));
  copyFileSync(key, join(folder, 'tls.key'));
  return folder;
}

/**
 * A temporary folder of an operator's own, in which controller-runtime finds its certificates without being told where;
 * `TMPDIR` must name it.
 */
export function temporaryFolderWithCertificates(site: Site, component: string): string {
  const folder = site.folderOf(component);
  webhookCertificates(site, join(folder, 'k8s-webhook-server', 'serving-certs'));
  return folder;
}

/** Writes the configuration of an operator, of which JSON is a kind of YAML; returns its path. */
export function configurationFile(site: Site, component: string, configuration: object): string {
  const file = join(site.folderOf(component), 'config.yaml');
  writeFileSync(file, JSON.stringify(configuration));
  return file;
}

/** A namespace that an operator lives in. */
export function systemNamespace(name: string): Manifest {
  return { apiVersion: 'v1', kind: 'Namespace', metadata: { name } };
}
