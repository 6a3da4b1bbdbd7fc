import { acceptManifests, ManifestsNotAccepted } from './ring/accept/accept-manifests';
import { ApiError } from './ring/api/api-client';
import { useRing } from './ring/use-ring';
import { installCrds, installCrdsFor } from './ring/api/crds';
import type { Manifest } from './ring/api/manifest';
import { ensureNamespace, namespaceOf, podSecurity, RESTRICTED } from './ring/accept/namespaces';
import { readManifests } from './ring/api/read-manifests';
import { removeManifests } from './ring/accept/remove-manifests';

const ring = useRing();

const SECURE_POD = { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: 'RuntimeDefault' } };
const SECURE_CONTAINER = { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } };

interface PodParts {
  readonly name?: string;
  readonly image?: string;
  readonly securityContext?: object;
  readonly requests?: { [resource: string]: string };
}

function podSpec(parts: PodParts = {}): { [field: string]: unknown } {
  const container = {
    name: parts.name ?? 'train',
    image: parts.image ?? 'registry.example.com/trainer:v1',
    securityContext: SECURE_CONTAINER,
    resources: { requests: parts.requests, limits: parts.requests },
  };
  return { securityContext: parts.securityContext ?? SECURE_POD, containers: [container] };
}

function job(name: string, parts: PodParts = {}): Manifest {
  return {
    apiVersion: 'batch/v1',
    kind: 'Job',
    metadata: { name, namespace: 'ring-test' },
    spec: { backoffLimit: 2, template: { spec: { restartPolicy: 'Never', ...podSpec(parts) } } },
  };
}

function pytorchJob(parts: PodParts): Manifest {
  const worker = { replicas: 2, restartPolicy: 'Never', template: { spec: podSpec({ name: 'pytorch', ...parts }) } };
  return {
    apiVersion: 'kubeflow.org/v1',
    kind: 'PyTorchJob',
    metadata: { name: 'ring', namespace: 'ring-test' },
    spec: { pytorchReplicaSpecs: { Worker: worker } },
  };
}

async function problemsOf(objects: Manifest[], options = {}): Promise<string[]> {
  try {
    await acceptManifests(ring.api, objects, options);
    return [];
  } catch (error) {
    if (error instanceof ManifestsNotAccepted) return error.problems;
    throw error;
  }
}

describe('acceptManifests', () => {
  it('accepts a good Job and leaves nothing behind', async () => {
    const [accepted] = await acceptManifests(ring.api, [job('good')]);
    expect(accepted.metadata).toMatchObject({ name: 'good', namespace: 'ring-test', generation: 1 });
    expect(await ring.api.find(job('good'))).toBeUndefined();
    expect(await ring.api.find(namespaceOf('ring-test'))).toBeUndefined();
  });

  it('refuses a field that Kubernetes does not have', async () => {
    const misspelt = job('misspelt');
    (misspelt.spec as { [field: string]: unknown }).backofLimit = 3;
    const problems = await problemsOf([misspelt]);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(/^Job ring-test\/misspelt: refused with \d+: .*backofLimit/s);
  });

  it('refuses a kind that the server does not have, and still tries the rest', async () => {
    const unknown: Manifest = { apiVersion: 'example.com/v1', kind: 'Unknown', metadata: { name: 'x' } };
    const problems = await problemsOf([unknown, job('no name!')]);
    expect(problems).toHaveLength(2);
    expect(problems[0]).toContain('the server has no kind Unknown in example.com/v1');
    expect(problems[1]).toMatch(/^Job ring-test\/no name!: refused with 422: .*Invalid value: "no name!"/);
  });

  it('reports pods that Pod Security refuses, and the warning that the Job got', async () => {
    const problems = await problemsOf([job('as-root', { securityContext: {} })]);
    expect(problems).toEqual([
      expect.stringMatching(/^Job ring-test\/as-root: warning: would violate PodSecurity "restricted:latest"/),
      expect.stringMatching(/^Job ring-test\/as-root, applied again: warning: would violate/),
      expect.stringMatching(/^Job .*, a pod of spec.template: refused with 403: .*violates PodSecurity "restricted:/),
    ]);
  });

  it('judges pods by the level that was asked for', async () => {
    const asRoot = job('as-root', { securityContext: {} });
    expect(await problemsOf([asRoot], { namespaceLabels: podSecurity('baseline') })).toEqual([]);
  });

  it('judges pods in a namespace of the manifests that says nothing about Pod Security', async () => {
    const problems = await problemsOf([job('as-root', { securityContext: {} }), namespaceOf('ring-test')]);
    expect(problems.at(-1)).toContain('violates PodSecurity "restricted:latest"');
  });

  it('leaves Pod Security to a namespace of the manifests that has labels for it', async () => {
    const own = namespaceOf('ring-test', podSecurity('privileged'));
    expect(await problemsOf([job('as-root', { securityContext: {} }), own])).toEqual([]);
  });

  it('finds the pods of an operator, whose templates Pod Security does not see', async () => {
    await installCrds(ring.api, ['kubeflow.org/kubeflow.org_pytorchjobs.yaml']);
    expect(await problemsOf([pytorchJob({})])).toEqual([]);
    expect(await problemsOf([pytorchJob({ securityContext: {} })])).toEqual([
      expect.stringMatching(/^PyTorchJob .*, a pod of spec\.pytorchReplicaSpecs\.Worker\.template: refused with 403/),
    ]);
  });

  it('finds pods in a CronJob and in a StatefulSet with claims of its own', async () => {
    const cronJob: Manifest = {
      ...job('nightly', { securityContext: {} }),
      kind: 'CronJob',
      spec: { schedule: '0 2 * * *', jobTemplate: { spec: job('').spec } },
    };
    const selector = { matchLabels: { app: 'store' } };
    const store = podSpec() as { containers: object[] };
    store.containers = [{ ...store.containers[0], volumeMounts: [{ name: 'data', mountPath: '/data' }] }];
    const claim = { accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '3Gi' } } };
    const statefulSet: Manifest = {
      apiVersion: 'apps/v1',
      kind: 'StatefulSet',
      metadata: { name: 'store', namespace: 'ring-test' },
      spec: {
        selector,
        serviceName: 'store',
        template: { metadata: { labels: selector.matchLabels }, spec: store },
        volumeClaimTemplates: [{ metadata: { name: 'data' }, spec: claim }],
      },
    };
    expect(await problemsOf([cronJob, statefulSet])).toEqual([]);
  });

  it('tries pods against the quota of their namespace', async () => {
    const quota: Manifest = {
      apiVersion: 'v1',
      kind: 'ResourceQuota',
      metadata: { name: 'gpus', namespace: 'ring-test' },
      spec: { hard: { 'requests.nvidia.com/gpu': '4' } },
    };
    const eight = job('eight', { requests: { 'nvidia.com/gpu': '8' } });
    const four = job('four', { requests: { 'nvidia.com/gpu': '4' } });
    expect(await problemsOf([eight, four, quota])).toEqual([
      expect.stringMatching(/^Job ring-test\/eight, a pod of spec.template: refused with 403: .*exceeded quota: gpus/),
    ]);
  });

  it('notices an object that another manager holds', async () => {
    await ensureNamespace(ring.api, 'ring-test', RESTRICTED);
    await ring.api.apply(job('held'), { fieldManager: 'somebody-else' });
    const mine = job('held');
    (mine.spec as { [field: string]: unknown }).backoffLimit = 5;
    expect(await problemsOf([mine])).toEqual([
      expect.stringMatching(/^Job ring-test\/held: refused with 409: .*somebody-else/s),
    ]);
    await removeManifests(ring.api, [namespaceOf('ring-test'), job('held')]);
  });

  it('sends YAML as it stands, so that the server reads it as it would from a file', async () => {
    const [configMap] = readManifests(
      '---\napiVersion: v1\nkind: ConfigMap\nmetadata: { name: answers, namespace: ring-test }\ndata: { server: n }\n',
    );
    expect(await problemsOf([configMap])).toEqual([expect.stringContaining('ConfigMap ring-test/answers: refused')]);
  });
});

describe('ApiClient', () => {
  beforeAll(() => ensureNamespace(ring.api, 'ring-test', RESTRICTED));
  afterAll(() => removeManifests(ring.api, [namespaceOf('ring-test')]));

  it('refuses another pod template under the name of a Job that exists', async () => {
    await ring.api.apply(job('run'));
    const changed = ring.api.apply(job('run', { image: 'registry.example.com/trainer:v2' }));
    await expect(changed).rejects.toThrow(
      /^apply Job ring-test\/run: refused with 422: .*spec.template.*field is immutable/s,
    );
    await expect(changed).rejects.toBeInstanceOf(ApiError);
    await removeManifests(ring.api, [job('run')]);
  });

  it('refuses an unknown field also when it creates and replaces', async () => {
    await ring.api.create(job('strict'));
    const misspelt = job('strict');
    (misspelt.spec as { [field: string]: unknown }).parallelismm = 7;
    await expect(ring.api.create(misspelt, { dryRun: true })).rejects.toThrow('unknown field "spec.parallelismm"');
    await expect(ring.api.replace(misspelt)).rejects.toThrow('unknown field "spec.parallelismm"');
    await removeManifests(ring.api, [job('strict')]);
  });

  it('stores nothing in a dry run', async () => {
    const { object } = await ring.api.apply(job('dry'), { dryRun: true });
    expect(object.metadata.name).toBe('dry');
    expect(await ring.api.find(job('dry'))).toBeUndefined();
  });

  it('hands on the warnings of the server', async () => {
    const repeated = job('warned', { image: 'registry.example.com/trainer:v3' });
    const [container] = (podSpec() as { containers: object[] }).containers;
    const env = [
      { name: 'A', value: '1' },
      { name: 'A', value: '2' },
    ];
    (repeated.spec as { template: { spec: object } }).template.spec = {
      restartPolicy: 'Never',
      ...podSpec(),
      containers: [{ ...container, env }],
    };
    const { warnings } = await ring.api.create(repeated, { dryRun: true });
    expect(warnings).toEqual([expect.stringContaining('hides previous definition of "A"')]);
  });

  it('applies on the client side again and again, and takes out what left the manifest', async () => {
    const configMap = (data: { [key: string]: string }): Manifest => ({
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: { name: 'settings', namespace: 'ring-test' },
      data,
    });
    const first = await ring.api.applyClientSide(configMap({ a: '1', b: '2' }));
    const again = await ring.api.applyClientSide(configMap({ a: '1', b: '2' }));
    expect(again.object.metadata.resourceVersion).toBe(first.object.metadata.resourceVersion);
    const less = await ring.api.applyClientSide(configMap({ a: '3' }));
    expect(less.object.data).toEqual({ a: '3' });
    await removeManifests(ring.api, [configMap({})]);
  });

  it('applies and replaces objects of a CRD on the client side', async () => {
    await installCrdsFor(ring.api, [pytorchJob({})]);
    await ring.api.applyClientSide(pytorchJob({}));
    const { object } = await ring.api.applyClientSide(pytorchJob({ image: 'registry.example.com/trainer:v4' }));
    expect(JSON.stringify(object.spec)).toContain('trainer:v4');
    expect((await ring.api.replace(pytorchJob({}))).object.metadata.generation).toBe(3);
    await removeManifests(ring.api, [pytorchJob({})]);
  });
});

describe('installCrds', () => {
  it('fails for a file that is not there', async () => {
    await expect(installCrds(ring.api, ['example.com/none.yaml'])).rejects.toThrow('example.com/none.yaml');
  });

  it('finds the version of a kind that two projects define', async () => {
    const mpiJob: Manifest = { apiVersion: 'kubeflow.org/v2beta1', kind: 'MPIJob', metadata: { name: 'x' } };
    await installCrdsFor(ring.api, [mpiJob]);
    expect(await ring.api.discovery.kindOf(mpiJob)).toEqual({
      base: '/apis/kubeflow.org/v2beta1',
      plural: 'mpijobs',
      namespaced: true,
    });
  });
});
