import { Severity } from '../../../../src/policy/finding';
import { stagingWithoutStorage } from '../../../../src/policy/rules/oom/staging-without-storage';
import { CONTAINER, jobWith, POD } from '../job-manifests';
import type { RuleCase } from '../../rule-case';

const manifest = (command: string, size: string, resources: string): string =>
  jobWith({
    pod: `
volumes: [{ name: data, emptyDir: { sizeLimit: ${size} } }]
initContainers:
- { name: stage, image: 'registry.example.com/tools:v1', command: [${command}], volumeMounts: [{ name: data, mountPath: /data }] }
`,
    container: `resources: ${resources}\nvolumeMounts: [{ name: data, mountPath: /data }]`,
  });
const COPY = 'aws, s3, sync, "s3://b/data", /data';
const ASKS = '{ requests: { ephemeral-storage: 200Gi } }';
const at = `${POD}.volumes[0].emptyDir.sizeLimit`;

export const STAGING_WITHOUT_STORAGE: RuleCase = {
  rule: stagingWithoutStorage,
  good: manifest(COPY, '200Gi', ASKS),
  flips: [
    {
      change: { [`${CONTAINER}.resources`]: undefined },
      at,
      says: /copies up to 200Gi into the volume data, and requests no ephemeral-storage/,
      severity: Severity.WARNING,
    },
  ],
  silent: {
    'a small model': manifest('aws, s3, cp, "s3://b/llama-3b", /data', '200Gi', '{}').replace(
      '{ sizeLimit: 200Gi }',
      '{}',
    ),
    'as much as a node has to spare': manifest(COPY, '10G', '{}'),
    'a volume in memory': manifest(COPY, '200Gi, medium: Memory', '{}'),
    'a large model to a claim': manifest('aws, s3, cp, "s3://b/llama-70b", /data', '1Gi', '{}').replace(
      'emptyDir: { sizeLimit: 1Gi }',
      'persistentVolumeClaim: { claimName: models }',
    ),
    'a volume that is only read': manifest(COPY, '200Gi', '{}').replace(
      'mountPath: /data }',
      'mountPath: /data, readOnly: true }',
    ),
    'a volume that is not there': manifest(COPY, '200Gi', '{}').replace(
      '[{ name: data, mountPath',
      '[{ name: other, mountPath',
    ),
    'a little': manifest(COPY, '5Gi', '{}'),
    'nothing is copied': manifest('chown, "1000", /data', '200Gi', '{}'),
    'a cache that may grow': jobWith({
      pod: 'volumes: [{ name: cache, emptyDir: { sizeLimit: 200Gi } }]',
      container: 'volumeMounts: [{ name: cache, mountPath: /cache }]',
    }),
  },
};

export const STAGING_WITHOUT_STORAGE_OF_A_MODEL: RuleCase = {
  rule: stagingWithoutStorage,
  good: manifest('aws, s3, cp, "s3://b/llama-70b", /data', '200Gi', ASKS),
  flips: [
    {
      change: { [`${CONTAINER}.resources`]: undefined, [at]: undefined },
      at,
      says: /copies a model of 70B parameters into the volume data/,
      severity: Severity.WARNING,
    },
  ],
};
