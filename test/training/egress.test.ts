import {
  Component,
  Egress,
  Framework,
  GpuTrainingJob,
  Provider,
  Schedule,
  ScheduledRetrain,
  TrainingBackend,
  TrainingRun,
} from 'cdk8s-ml';
import type { ClusterProfileProps } from 'cdk8s-ml';
import { BACKEND_TABLE } from '../../src/training/backends/table';
import { chartWith, GANG, gangOn, only, SINGLE, synth } from './fixtures';

const MEMBERS = {
  matchLabels: { 'app.kubernetes.io/name': 'llm', 'app.kubernetes.io/component': 'training' },
};
const DNS = {
  ports: [
    { protocol: 'UDP', port: 53 },
    { protocol: 'TCP', port: 53 },
  ],
};
const tcp = (...ports: number[]) => ports.map((port) => ({ protocol: 'TCP', port }));
const block = (cidr: string) => ({ ipBlock: { cidr } });

const policyOf = (egress: Egress[] | undefined, profile: Partial<ClusterProfileProps> = {}) =>
  only(gangOn(profile, { egress }), 'NetworkPolicy').spec;

test('a gang may reach names, itself and nothing else when nothing is declared', () => {
  expect(policyOf([])).toEqual({
    podSelector: MEMBERS,
    policyTypes: ['Ingress', 'Egress'],
    ingress: [{ from: [{ podSelector: MEMBERS }] }],
    egress: [DNS, { to: [{ podSelector: MEMBERS }] }],
  });
});

test('nothing holds a gang back that does not ask for it', () => {
  expect(policyOf(undefined)).not.toHaveProperty('egress');
  expect(policyOf(undefined).policyTypes).toEqual(['Ingress']);
});

test.each([
  [Provider.AWS, [{ to: [block('169.254.170.23/32'), block('fd00:ec2::23/128')], ports: tcp(80) }]],
  [Provider.GCP, [{ to: [block('169.254.169.252/32'), block('169.254.169.254/32')], ports: tcp(80, 988) }]],
  [Provider.AZURE, [{ to: [block('169.254.169.254/32')], ports: tcp(80) }]],
  [Provider.ON_PREMISES, []],
])('pods on %s reach what gives them their identity', (provider, expected) => {
  expect(policyOf([], { provider }).egress.slice(2)).toEqual(expected);
});

test('declared blocks, pods and API server are let through', () => {
  const { egress } = policyOf([
    Egress.cidr('0.0.0.0/0', { ports: [443, 443], excluding: ['10.0.0.0/8'] }),
    Egress.cidr('2001:db8::/32'),
    Egress.pods({ namespaceName: 'minio', labels: { app: 'minio' }, ports: [9000] }),
    Egress.pods({ ports: [5000] }),
    Egress.apiServer('172.16.0.0/28'),
  ]);
  expect(egress.slice(2)).toEqual([
    { to: [{ ipBlock: { cidr: '0.0.0.0/0', except: ['10.0.0.0/8'] } }], ports: tcp(443) },
    { to: [block('2001:db8::/32')] },
    {
      to: [
        {
          namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'minio' } },
          podSelector: { matchLabels: { app: 'minio' } },
        },
      ],
      ports: tcp(9000),
    },
    { to: [{ podSelector: {} }], ports: tcp(5000) },
    { to: [block('172.16.0.0/28')], ports: tcp(443, 6443) },
  ]);
});

const components = [
  Component.TRAINING_OPERATOR,
  Component.JOBSET,
  Component.TRAINER,
  Component.MPI_OPERATOR,
  Component.KUBERAY,
  Component.VOLCANO,
];

test.each(Object.values(TrainingBackend))('a gang as %s is held to it by one policy', (backend) => {
  const framework = Framework[BACKEND_TABLE[backend].frameworks[0]]();
  const chart = gangOn({ components }, { backend, framework, command: ['train'], egress: [] });
  expect(only(chart, 'NetworkPolicy').spec.egress).toHaveLength(2);
});

test('a run of one pod has a policy only when it asks for it, which lets in whom it let in before', () => {
  const objects = (egress?: Egress[]) => {
    const chart = chartWith();
    new GpuTrainingJob(chart, 'llm', { ...SINGLE, run: 'v4', egress });
    return chart;
  };
  expect(synth(objects()).map(({ kind }) => kind)).toEqual(['Job']);
  const { metadata, spec } = only(objects([Egress.cidr('192.0.2.0/24')]), 'NetworkPolicy');
  expect(metadata.name).toBe('llm');
  expect(metadata.labels).not.toHaveProperty('cdk8s-ml.dev/run');
  expect(spec).toEqual({
    podSelector: MEMBERS,
    policyTypes: ['Egress'],
    egress: [DNS, { to: [{ podSelector: MEMBERS }] }, { to: [block('192.0.2.0/24')] }],
  });
});

test.each([
  ['single', TrainingRun.single({ ...SINGLE, egress: [] })],
  ['distributed', TrainingRun.distributed({ ...GANG, egress: [] })],
])('a %s run on a schedule is held to it too', (_what, job) => {
  const chart = chartWith();
  new ScheduledRetrain(chart, 'llm', { schedule: Schedule.expression('0 4 1 * *'), job });
  expect(only(chart, 'NetworkPolicy').spec.egress).toEqual([DNS, { to: [{ podSelector: MEMBERS }] }]);
});

describe('bad egress is refused on the spot', () => {
  test.each([
    ['a name of a host', () => Egress.cidr('s3.amazonaws.com'), /COR004: .*is no block of addresses/],
    ['bits beyond the prefix', () => Egress.cidr('10.0.0.1/8'), /has bits set after the first 8/],
    ['an exception elsewhere', () => Egress.cidr('10.0.0.0/8', { excluding: ['11.0.0.0/16'] }), /no smaller block in/],
    ['the whole as exception', () => Egress.cidr('10.0.0.0/8', { excluding: ['10.0.0.0/8'] }), /no smaller block in/],
    ['port 0', () => Egress.cidr('10.0.0.0/8', { ports: [0] }), /ports\[0\] is 0/],
    ['no ports', () => Egress.pods({ ports: [] }), /ports has 0 items/],
    ['a namespace with dots', () => Egress.pods({ namespaceName: 'a.b' }), /namespace/],
    ['a label without key', () => Egress.pods({ labels: { '': 'x' } }), /labels/],
    ['no block for the API server', () => Egress.apiServer(undefined as never), /block is undefined/],
  ])('%s', (_what, make, words) => expect(make).toThrow(words));
});
