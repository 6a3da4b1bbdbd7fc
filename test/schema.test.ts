import { hasUpstreamCrds } from './imports/crds';
import { validateManifest } from './schema';

const template = {
  metadata: { labels: { app: 'trainer' } },
  spec: {
    restartPolicy: 'Never',
    containers: [
      {
        name: 'main',
        image: 'registry.example.com/trainer:v1',
        imagePullPolicy: 'IfNotPresent',
        ports: [{ containerPort: 8080 }],
        livenessProbe: { httpGet: { path: '/healthz', port: 'http' }, periodSeconds: 7 },
        readinessProbe: { httpGet: { path: '/ready', port: 8080 } },
        lifecycle: { preStop: { sleep: { seconds: 3 } } },
        resources: { limits: { 'nvidia.com/gpu': '1', memory: '64Gi' }, requests: { cpu: 8 } },
      },
    ],
  },
};
const job = {
  apiVersion: 'batch/v1',
  kind: 'Job',
  metadata: { name: 'bert' },
  spec: { backoffLimit: 2, completionMode: 'Indexed', template },
};
const pytorchJob = {
  apiVersion: 'kubeflow.org/v1',
  kind: 'PyTorchJob',
  metadata: { name: 'llm', labels: { team: 'research' } },
  spec: {
    nprocPerNode: '8',
    pytorchReplicaSpecs: { Worker: { replicas: 4, restartPolicy: 'OnFailure', template } },
    runPolicy: { cleanPodPolicy: 'None', schedulingPolicy: { minAvailable: 4, minResources: { cpu: '32' } } },
  },
};

/** A copy with one value replaced, found by its keys. */
function changed(manifest: object, keys: (string | number)[], value: unknown): object {
  const copy = structuredClone(manifest);
  let place = copy as { [key: string]: never };
  for (const key of keys.slice(0, -1)) place = place[key];
  Object.assign(place, { [keys.at(-1)!]: value });
  return copy;
}

const podSpec = ['spec', 'template', 'spec'];
const container = [...podSpec, 'containers', 0];
const worker = ['spec', 'pytorchReplicaSpecs', 'Worker'];

describe('validateManifest', () => {
  it('passes a valid Job', () => {
    expect(validateManifest(job)).toEqual([]);
  });

  it('passes numbers and text for quantities and for ports', () => {
    expect(validateManifest(changed(job, [...container, 'resources', 'limits', 'nvidia.com/gpu'], 1))).toEqual([]);
    expect(validateManifest(changed(job, [...container, 'readinessProbe', 'httpGet', 'port'], 'web'))).toEqual([]);
  });

  it('refuses text that is no quantity', () => {
    expect(validateManifest(changed(job, [...container, 'resources', 'limits', 'example.com/gpu'], '64GB'))).toEqual([
      expect.stringMatching(
        /^Job\/bert spec\.template\.spec\.containers\[0\]\.resources\.limits\["example\.com\/gpu"\]: is "64GB", must match/,
      ),
    ]);
  });

  it('refuses a field that a pod template does not have', () => {
    expect(validateManifest(changed(job, [...container, 'imagePullPolice'], 'Always'))).toEqual([
      'Job/bert spec.template.spec.containers[0].imagePullPolice: unknown field of Container',
    ]);
  });

  it('refuses a status, which is not for a manifest to say', () => {
    expect(validateManifest({ ...job, status: {} })).toEqual(['Job/bert status: unknown field of Job']);
  });

  it('refuses a value outside an enumeration', () => {
    expect(validateManifest(changed(job, [...podSpec, 'restartPolicy'], 'never'))).toEqual([
      'Job/bert spec.template.spec.restartPolicy: is "never", must be one of Always, Never, OnFailure',
    ]);
  });

  it('refuses a wrong type', () => {
    expect(validateManifest(changed(job, ['spec', 'backoffLimit'], '2'))).toEqual([
      'Job/bert spec.backoffLimit: is "2", must be integer',
    ]);
  });

  it('refuses null where a value belongs', () => {
    expect(validateManifest(changed(job, [...container, 'image'], null))).toEqual([
      'Job/bert spec.template.spec.containers[0].image: is null, must be string',
    ]);
  });

  it('refuses a missing field', () => {
    expect(validateManifest(changed(job, [...podSpec, 'containers'], undefined))).toEqual([
      'Job/bert spec.template.spec.containers: required',
    ]);
    expect(validateManifest({ ...job, metadata: {} })).toEqual(['Job/(no name) metadata.name: required']);
  });

  it('tells all problems of an object at once', () => {
    const worse = changed(changed(job, ['spec', 'backoffLimit'], '2'), [...podSpec, 'restartpolicy'], 'Never');
    expect(validateManifest(worse)).toHaveLength(2);
  });

  it('refuses a field that the version does not have yet, or no longer', () => {
    const named = changed(job, [...podSpec, 'hostnameOverride'], 'trainer');
    expect(validateManifest(named, '1.34')).toEqual([]);
    expect(validateManifest(named, '1.33')).toEqual([
      'Job/bert spec.template.spec.hostnameOverride: unknown field of PodSpec in this version of Kubernetes; it exists from 1.34',
    ]);
    const gang = changed(job, [...podSpec, 'workloadRef'], { name: 'llm', podGroup: 'workers' });
    expect(validateManifest(gang, '1.35')).toEqual([]);
    expect(validateManifest(gang, '1.36')).toEqual([expect.stringMatching(/exists from 1\.35 up to 1\.35$/)]);
  });

  it('refuses a value that the version does not have yet', () => {
    const tolerant = changed(job, [...podSpec, 'tolerations'], [{ key: 'sla', operator: 'Gt', value: '950' }]);
    expect(validateManifest(tolerant, '1.35')).toEqual([]);
    expect(validateManifest(tolerant, '1.34')).toEqual([
      'Job/bert spec.template.spec.tolerations[0].operator: is "Gt", must be one of Equal, Exists',
    ]);
  });

  it('refuses a kind that the version does not have yet', () => {
    const claim = {
      apiVersion: 'resource.k8s.io/v1',
      kind: 'ResourceClaimTemplate',
      metadata: { name: 'gpu' },
      spec: { spec: { devices: { requests: [{ name: 'gpu', exactly: { deviceClassName: 'gpu.example.com' } }] } } },
    };
    expect(validateManifest(claim, '1.34')).toEqual([]);
    expect(validateManifest(claim, '1.33')).toEqual([expect.stringMatching(/it exists from 1\.34$/)]);
  });

  it.each([
    { apiVersion: 'batch/v1', kind: 'Jobs', metadata: { name: 'bert' } },
    { apiVersion: 'batch/v1beta1', kind: 'CronJob', metadata: { name: 'bert' } },
    { kind: 'Job', metadata: { name: 'bert' } },
    {},
    undefined,
  ])('refuses an object of no known kind: %j', (manifest) => {
    expect(validateManifest(manifest)).toEqual([expect.stringMatching(/: no kind .* in imports\//)]);
  });

  it('refuses a version that is not supported', () => {
    expect(() => validateManifest(job, '1.30')).toThrow('Kubernetes 1.30 is none of 1.33, 1.34, 1.35, 1.36');
  });

  it('passes a valid PyTorchJob', () => {
    expect(validateManifest(pytorchJob)).toEqual([]);
  });

  it('refuses an unknown field of a PyTorchJob', () => {
    expect(validateManifest(changed(pytorchJob, ['spec', 'runPolicy', 'cleanPodsPolicy'], 'None'))).toEqual([
      'PyTorchJob/llm spec.runPolicy.cleanPodsPolicy: unknown field',
    ]);
  });

  it('refuses an unknown field and a wrong value inside the pod template of a PyTorchJob', () => {
    const inner = [...worker, 'template', 'spec', 'containers', 0];
    expect(validateManifest(changed(pytorchJob, [...inner, 'commands'], ['python']))).toEqual([
      'PyTorchJob/llm spec.pytorchReplicaSpecs.Worker.template.spec.containers[0].commands: unknown field of Container',
    ]);
    expect(validateManifest(changed(pytorchJob, [...inner, 'imagePullPolicy'], 'Sometimes'))).toHaveLength(1);
  });

  // Without those schemas, test/imports/crd-conformance.test.ts says that something was skipped.
  if (hasUpstreamCrds()) {
    it('refuses what only the full upstream schema of a PyTorchJob refuses', () => {
      const generated = changed(pytorchJob, [...worker, 'template', 'metadata', 'generateName'], 'worker-');
      expect(validateManifest(generated)).toEqual([
        'PyTorchJob/llm spec.pytorchReplicaSpecs.Worker.template.metadata.generateName: unknown field',
      ]);
    });
  }
});
