import { FIELD_VERSIONS, versionProblem } from '../../src/kinds/field-versions';
import type { KubernetesVersion } from '../../src/kinds/version';
import { emittedByExamples, emittedBySnapshots } from './fixtures/emitted';
import { acceptManifests } from './ring/accept/accept-manifests';
import { makeClasses } from './ring/accept/prerequisites';
import { ApiError } from './ring/api/api-client';
import { installCrdsFor } from './ring/api/crds';
import type { Manifest } from './ring/api/manifest';
import { kubernetesLines } from './ring/components/kubernetes';
import { useRingOf } from './ring/use-ring';

// The API servers of every supported line of Kubernetes: they take what the constructs render, and they know the fields
// that the constructs let pass for their version, and no others.

/** Where a type of the schema stands in a Pod. */
const PLACES: { readonly [type: string]: (field: object) => object } = {
  PodSpec: (field) => field,
  Container: (field) => ({ containers: [{ name: 'main', image: 'example.com/main:1', ...field }] }),
  EphemeralContainer: (field) => ({ ephemeralContainers: [{ name: 'debug', image: 'example.com/debug:1', ...field }] }),
  EnvVarSource: (field) => ({
    containers: [{ name: 'main', image: 'example.com/main:1', env: [{ name: 'A', valueFrom: field }] }],
  }),
  VolumeProjection: (field) => ({ volumes: [{ name: 'all', projected: { sources: [field] } }] }),
  PodCertificateProjection: (field) => ({
    volumes: [{ name: 'all', projected: { sources: [{ podCertificate: field }] } }],
  }),
};

const FIELDS = Object.keys(FIELD_VERSIONS).filter((field) => field.split('.')[0] in PLACES);

function podWith(field: string): Manifest {
  const [type, name] = field.split('.');
  const containers = [{ name: 'main', image: 'example.com/main:1' }];
  return {
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'probe', namespace: 'default' },
    spec: { containers, ...PLACES[type]({ [name]: null }) },
  };
}

describe.each(kubernetesLines())('Kubernetes %s', (line) => {
  const ring = useRingOf(line);

  test('is the server that answers', async () => {
    const version = (await ring.api.version()).gitVersion;
    expect(version.startsWith(`v${line}.`)).toBe(true);
  });

  test.each([...emittedByExamples(), ...emittedBySnapshots()])('takes %s', async (_title, objects) => {
    await installCrdsFor(ring.api, objects);
    await makeClasses(ring.api, objects);
    await acceptManifests(ring.api, objects);
  });

  test.each(FIELDS)('knows the field %s if we say so', async (field) => {
    const answer = await ring.api.create(podWith(field), { dryRun: true }).catch((error: unknown) => error);
    const refusal = answer instanceof ApiError ? answer.reason : '';
    const said = versionProblem(line as KubernetesVersion, FIELD_VERSIONS[field]);
    expect(/unknown field/.test(refusal)).toBe(said !== undefined);
  });
});
