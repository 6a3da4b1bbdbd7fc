import { Checkpoints, Component, DistributedTraining, Fabric, Framework, TrainingBackend } from 'cdk8s-ml';
import type { DistributedTrainingProps } from 'cdk8s-ml';
import type { Manifest } from '../cluster/ring/api/manifest';
import type { Pod } from '../cluster/ring/nodes/pods';
import { chartWith, GANG, synth } from '../training/fixtures';
import { callProblems, meetingProblems, tfConfigProblems } from './meeting';

// The judge itself: pods of an Indexed Job as its controller completes them, which meet, and each thing that would keep them from it.

interface Gang {
  readonly pods: Pod[];
  readonly services: Manifest[];
  readonly policies: Manifest[];
}

function gangOf(props: Partial<DistributedTrainingProps> = {}): Gang {
  const chart = chartWith({ components: [Component.KUEUE] });
  const command = ['python3', 'train.py'];
  new DistributedTraining(chart, 'llm', {
    ...GANG,
    command,
    run: 'v1',
    backend: TrainingBackend.INDEXED_JOB,
    ...props,
  });
  const objects = synth(chart) as Manifest[];
  const { metadata, spec } = objects.find(({ kind }) => kind === 'Job')!;
  const { completions, template } = spec as { completions: number; template: Pod };
  const pods = Array.from({ length: completions }, (_none, index) =>
    podOf(template, metadata.name!, index, metadata.namespace!),
  );
  const ofKind = (wanted: string) => objects.filter(({ kind }) => kind === wanted);
  return { pods, services: ofKind('Service'), policies: ofKind('NetworkPolicy') };
}

/** What the Job controller makes of a template. */
function podOf(shared: Pod, job: string, index: number, namespace: string): Pod {
  const template = structuredClone(shared);
  const labels = {
    ...template.metadata.labels,
    'batch.kubernetes.io/job-name': job,
    'batch.kubernetes.io/job-completion-index': String(index),
  };
  const name = `${job}-${index}`;
  return {
    ...template,
    metadata: { name: `${name}-x`, namespace, labels },
    spec: { ...template.spec, hostname: name },
    status: {},
  };
}

const problemsOf = ({ pods, ...surroundings }: Gang): string[] => meetingProblems(pods, surroundings);

/** A copy with other values at the end of a path, such as `env.PET_NNODES`. */
function changed<T>(value: T, change: (copy: T) => void): T {
  const copy = structuredClone(value);
  change(copy);
  return copy;
}

function setEnv(pod: Pod, variable: string, value: string): void {
  const found = pod.spec.containers[0].env!.find(({ name }) => name === variable)! as {
    value?: string;
    valueFrom?: object;
  };
  delete found.valueFrom;
  found.value = value;
}

const specOf = (object: Manifest) => object.spec as { [field: string]: unknown };

test.each([
  ['pytorch', { framework: Framework.pytorch() }],
  ['an elastic run', { elastic: { minNodes: 2 }, checkpoints: Checkpoints.claim('fsx') }],
  ['deepspeed', { framework: Framework.deepspeed() }],
  ['plain', { framework: Framework.plain() }],
  ['jax', { framework: Framework.jax() }],
  ['xgboost', { framework: Framework.xgboost() }],
  ['xgboost on nodes with a process', { framework: Framework.xgboost(), numProcPerNode: 1 }],
  ['one node', { numNodes: 1 }],
  ['a fabric', { fabric: Fabric.infiniband() }],
])('the pods of an Indexed Job meet: %s', (_what, props) => {
  expect(problemsOf(gangOf(props))).toEqual([]);
});

test('the workers of TensorFlow reach each other', () => {
  const { pods, ...surroundings } = gangOf({ framework: Framework.tensorflow() });
  expect(tfConfigProblems(pods, surroundings)).toEqual([]);
  expect(tfConfigProblems(pods.slice(0, 2), surroundings)).toContain('no pod is worker 2');
  const twice = [pods[0], pods[1], changed(pods[1], (pod) => (pod.metadata.name = 'again'))];
  expect(tfConfigProblems(twice, surroundings)[0]).toMatch(/same task/);
});

const FAULTS: [fault: string, words: RegExp, change: (gang: Gang) => void][] = [
  ['a rank is missing', /^ranks are 0, 2$/, ({ pods }) => pods.splice(1, 1)],
  ['a pod too few is there', /^2 pods are there, and they are told of 3$/, ({ pods }) => pods.splice(2, 1)],
  ['two have one rank', /^ranks are 0, 1, 1$/, ({ pods }) => setEnv(pods[2], 'PET_NODE_RANK', '1')],
  ['nobody is first', /^ranks are 1, 1, 2$/, ({ pods }) => setEnv(pods[0], 'PET_NODE_RANK', '1')],
  ['a rank is not filled in', /^ranks are /, ({ pods }) => setEnv(pods[1], 'PET_NODE_RANK', '')],
  ['sizes differ', /different nodes: 3, 4/, ({ pods }) => setEnv(pods[1], 'PET_NNODES', '4')],
  ['addresses differ', /different meeting/, ({ pods }) => setEnv(pods[1], 'PET_MASTER_ADDR', 'llm-v1-1.llm')],
  ['ports differ', /different meeting/, ({ pods }) => setEnv(pods[1], 'PET_MASTER_PORT', '29501')],
  [
    'the address is of another pod',
    /llm-v1-1.llm:29500 does not lead to llm-v1-0-x: Service llm leads to llm-v1-1-x/,
    ({ pods }) => pods.forEach((pod) => setEnv(pod, 'PET_MASTER_ADDR', 'llm-v1-1.llm')),
  ],
  ['there is no Service', /there is no Service llm$/, ({ services }) => services.splice(0)],
  [
    'the Service selects others',
    /Service llm leads to nobody/,
    ({ services }) => (specOf(services[0]).selector = { app: 'x' }),
  ],
  [
    'pods have no name of their own',
    /leads to nobody/,
    ({ pods }) => pods.forEach((pod) => Object.assign(pod.spec, { subdomain: undefined })),
  ],
  [
    'the Service has one address',
    /gives pods no names/,
    ({ services }) => (specOf(services[0]).clusterIP = '10.0.0.7'),
  ],
  [
    'the address comes with readiness',
    /leads to it only when it is ready/,
    ({ pods, services }) => {
      Object.assign(pods[0].spec.containers[0], { readinessProbe: {} });
      specOf(services[0]).publishNotReadyAddresses = false;
    },
  ],
  [
    'another namespace',
    /it is in namespace other/,
    ({ pods }) => pods.forEach((pod) => setEnv(pod, 'PET_MASTER_ADDR', 'llm-v1-0.llm.other.svc')),
  ],
  [
    'the policy lets nobody in',
    /a policy keeps llm-v1-1-x from llm-v1-0-x at 29500/,
    ({ policies }) => (specOf(policies[0]).ingress = []),
  ],
  [
    'the policy lets others in',
    /a policy keeps/,
    ({ policies }) => (specOf(policies[0]).ingress = [{ from: [{ podSelector: { matchLabels: { app: 'x' } } }] }]),
  ],
  [
    'the policy lets addresses in, and pods of another namespace',
    /a policy keeps/,
    ({ policies }) =>
      (specOf(policies[0]).ingress = [
        { from: [{ ipBlock: { cidr: '10.0.0.0/8' } }] },
        { from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'other' } } }] },
      ]),
  ],
  [
    'the policy has another port',
    /a policy keeps/,
    ({ policies }) => (specOf(policies[0]).ingress = [{ ports: [{ port: 22 }] }]),
  ],
  [
    'a policy lets nobody out',
    /a policy keeps/,
    ({ policies }) => policies.push({ ...policies[0], spec: { podSelector: {}, policyTypes: ['Egress'] } }),
  ],
];

test.each(FAULTS)('is found: %s', (_fault, words, change) => {
  const problems = problemsOf(changed(gangOf(), change));
  expect(problems.some((problem) => words.test(problem)) ? [] : problems).toEqual([]);
  expect(problems.length).toBeGreaterThan(0);
});

const FINE: [what: string, change: (gang: Gang) => void][] = [
  ['no policy', ({ policies }) => policies.splice(0)],
  [
    'a policy with a named port',
    ({ policies }) => (specOf(policies[0]).ingress = [{ ports: [{ port: 'rendezvous' }] }]),
  ],
  [
    'a policy with a range of ports',
    ({ policies }) => (specOf(policies[0]).ingress = [{ ports: [{ port: 29000, endPort: 30000 }] }]),
  ],
  [
    'a policy for everybody else beside',
    ({ policies }) =>
      policies.push({
        ...policies[0],
        spec: {
          podSelector: { matchExpressions: [{ key: 'app.kubernetes.io/name', operator: 'NotIn', values: ['llm'] }] },
        },
      }),
  ],
  [
    'a full address',
    ({ pods }) => pods.forEach((pod) => setEnv(pod, 'PET_MASTER_ADDR', 'llm-v1-0.llm.ml-training.svc.cluster.local')),
  ],
];

test.each(FINE)('is fine: %s', (_what, change) => {
  expect(problemsOf(changed(gangOf(), change))).toEqual([]);
});

test('a pod without variables is found, and an address without a port', () => {
  const gang = changed(gangOf(), ({ pods }) => Object.assign(pods[1].spec.containers[0], { env: [] }));
  expect(problemsOf(gang)).toContain('llm-v1-1-x is told no place in the gang');
  const { pods, ...surroundings } = gangOf();
  const call = { from: pods[1], to: pods[0], address: 'llm-v1-0.llm' };
  expect(callProblems([call], pods, surroundings)).toEqual(['llm-v1-0.llm has no port']);
});
