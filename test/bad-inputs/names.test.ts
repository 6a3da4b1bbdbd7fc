import { Chart, Size } from 'cdk8s';
import {
  Claim,
  DistributedTraining,
  GpuTrainingJob,
  Schedule,
  ScheduledRetrain,
  TrainingBackend,
  Component,
} from 'cdk8s-ml';
import { complaint, complaints, jobComplaints } from '../complaints';
import { chartWith, GANG, RUN, SINGLE } from '../training/fixtures';
import { passes, refuses } from './rows';

const job = (id: string, props: object = {}) =>
  complaints((chart) => new GpuTrainingJob(chart, id, { ...SINGLE, ...props }));
const claim = (id: string, props: object = {}) =>
  complaints((chart) => new Claim(chart, id, { size: Size.gibibytes(1), ...props }));
const gang = (id: string, props: object = {}) =>
  complaints((chart) => new DistributedTraining(chart, id, { ...GANG, ...props }));
const retrain = (id: string, props: object = {}) =>
  complaints(
    (chart) => new ScheduledRetrain(chart, id, { schedule: Schedule.expression('0 4 * * 0'), job: RUN, ...props }),
  );
const inNamespace = (namespace: unknown, labels: object = {}) =>
  complaint(() => {
    const app = chartWith().node.root;
    const chart = new Chart(app as never, 'other', { namespace: namespace as string, labels: labels as never });
    new GpuTrainingJob(chart, 'bert', SINGLE);
    chart.toJson();
  });
const x = (length: number) => 'x'.repeat(length);

describe('names', () => {
  refuses([
    { row: 'N01', what: 'upper case and underscores', says: () => job('My_Model'), id: 'COR005', naming: "'My_Model'" },
    { row: 'N01', what: 'upper case in a claim', says: () => claim('Models'), id: 'COR005' },
    {
      row: 'N01',
      what: 'upper case in a name given',
      says: () => job('bert', { name: 'Bert' }),
      id: 'COR005',
      naming: 'made from name',
    },
    {
      row: 'N01',
      what: 'upper case in a run',
      says: () => job('bert', { run: 'V3' }),
      id: 'COR005',
      naming: 'made from id and run',
    },
    {
      row: 'N02',
      what: 'a container name of 64 characters',
      says: () => job('bert', { sidecars: [{ name: x(64), image: 'a:1' }] }),
      id: 'COR004',
      naming: '63',
    },
    { row: 'N02', what: 'a namespace of 64 characters', says: () => inNamespace(x(64)), id: 'COR005', naming: '63' },
    { row: 'N03', what: 'a Job name of 64 characters', says: () => job(x(64)), id: 'COR005', naming: '63' },
    {
      row: 'N03',
      what: 'a Job name that passes 63 with its run',
      says: () => job(x(60), { run: 'v100' }),
      id: 'COR005',
      naming: 'has 65',
    },
    { row: 'N04', what: 'a CronJob name of 53 characters', says: () => retrain(x(53)), id: 'COR005', naming: '52' },
    { row: 'N05', what: 'a name that ends with a dash', says: () => job('bert', { run: 'v3-' }), id: 'COR004' },
    { row: 'N05', what: 'a claim that starts with a dot', says: () => claim('x', { name: '.models' }), id: 'COR004' },
    {
      row: 'N06',
      what: 'a gang that starts with a digit',
      says: () => gang('7b-chat'),
      id: 'COR005',
      naming: 'must start with a letter',
    },
    { row: 'N06', what: 'a schedule that starts with a digit', says: () => retrain('7b-chat'), id: 'COR005' },
    {
      row: 'N08',
      what: 'an Indexed Job whose last pod passes 63',
      says: () => gang(x(62)),
      id: 'KUB021',
      naming: 'Shorten name or run by 1',
    },
    {
      row: 'N09',
      what: 'two jobs of one name',
      says: () =>
        complaints((chart) => {
          for (const id of ['a', 'b']) new GpuTrainingJob(chart, id, { ...SINGLE, name: 'bert' });
        }),
      id: 'KUB003',
      naming: 'team/a/Resource',
    },
    {
      row: 'N10',
      what: 'a label value of 64 characters',
      says: () => job('bert', { labels: { team: x(64) } }),
      id: 'COR004',
    },
    {
      row: 'N10',
      what: 'a label value with a space',
      says: () => job('bert', { labels: { team: 'a b' } }),
      id: 'KUB005',
    },
    {
      row: 'N10',
      what: 'a label value with a slash',
      says: () => job('bert', { labels: { team: 'a/b' } }),
      id: 'KUB005',
    },
    {
      row: 'N10',
      what: 'a label value with a plus',
      says: () => claim('c', { labels: { team: 'a+b' } }),
      id: 'KUB005',
    },
    { row: 'N10', what: 'a label value with a colon', says: () => inNamespace('team', { team: 'a:b' }), id: 'KUB005' },
    {
      row: 'N11',
      what: 'a label key with two slashes',
      says: () => job('bert', { labels: { 'a/b/c': 'x' } }),
      id: 'COR004',
    },
    {
      row: 'N11',
      what: 'a label key that starts with a dash',
      says: () => job('bert', { labels: { '-x': 'x' } }),
      id: 'COR004',
    },
    {
      row: 'N11',
      what: 'a label prefix of 254 characters',
      says: () => job('bert', { labels: { [`${x(254)}/a`]: 'x' } }),
      id: 'COR004',
    },
    {
      row: 'N11',
      what: 'an annotation key without a name',
      says: () => job('bert', { annotations: { 'a/': 'x' } }),
      id: 'COR004',
    },
    {
      row: 'N12',
      what: 'a label value that is true',
      says: () => job('bert', { labels: { gpu: true } }),
      id: 'COR001',
    },
    {
      row: 'N12',
      what: 'a label value that was 1.10',
      says: () => job('bert', { labels: { version: 1.1 } }),
      id: 'COR001',
    },
    {
      row: 'N12',
      what: 'a number among the labels of the chart',
      says: () => inNamespace('team', { version: 1.1 }),
      id: 'KUB005',
    },
    {
      row: 'N13',
      what: 'annotations of more than 256 KiB on pods',
      says: () => job('bert', { annotations: { a: x(200_000), b: x(70_000) } }),
      id: 'KUB006',
    },
    {
      row: 'N14',
      what: 'a label that the Job controller sets',
      says: () => job('bert', { labels: { 'batch.kubernetes.io/job-name': 'x' } }),
      id: 'KUB005',
    },
    {
      row: 'N14',
      what: 'a label that we select by',
      says: () => gang('llm', { labels: { 'app.kubernetes.io/name': 'x' } }),
      id: 'KUB005',
    },
    { row: 'N15', what: 'a namespace with a dot', says: () => inNamespace('a.b'), id: 'COR005' },
    { row: 'N15', what: 'a namespace in upper case', says: () => inNamespace('Team'), id: 'COR005' },
    { row: 'N15', what: 'the namespace kube-system', says: () => inNamespace('kube-system'), id: 'KUB022' },
    { row: 'N16', what: 'an empty name', says: () => job('bert', { name: '' }), id: 'COR004' },
    { row: 'N16', what: 'null for a name', says: () => job('bert', { name: null }), id: 'COR001' },
    { row: 'N17', what: 'a Cyrillic letter', says: () => job('b\u0435rt'), id: 'COR005', naming: 'U+0435' },
    { row: 'N17', what: 'an accent', says: () => claim('modèles'), id: 'COR005', naming: 'U+00E8' },
    { row: 'N17', what: 'an emoji', says: () => job('bert', { name: 'bert😀' }), id: 'COR005', naming: 'U+1F600' },
    {
      row: 'N17',
      what: 'a zero-width space',
      says: () => job('bert', { name: 'bert\u200b' }),
      id: 'COR006',
      naming: 'U+200B',
    },
  ]);

  passes([
    { row: 'N03', what: 'a Job name of 63 characters', says: () => job(x(63)) },
    { row: 'N04', what: 'a CronJob name of 52 characters', says: () => retrain(x(52)) },
    { row: 'N06', what: 'a Job that starts with a digit', says: () => job('7b-chat') },
    { row: 'N08', what: 'an Indexed Job whose last pod has 63 characters', says: () => gang(x(61)) },
    { row: 'N10', what: 'an empty label value', says: () => job('bert', { labels: { team: '' } }) },
    { row: 'N13', what: 'annotations of 250 KiB', says: () => job('bert', { annotations: { a: x(250_000) } }) },
    { row: 'N16', what: 'undefined for a name', says: () => job('bert', { name: undefined }) },
  ]);

  test('KUB021 fails for a PyTorchJob whose last worker passes 63 (N07)', () => {
    const profile = { components: [Component.TRAINING_OPERATOR], trainingBackend: TrainingBackend.PYTORCH_JOB };
    const named = (length: number) => complaints((chart) => new DistributedTraining(chart, x(length), GANG), profile);
    expect(named(56)).toContain('KUB021');
    expect(named(54)).toBe('');
  });

  test('are never cut to fit: a long one is refused, not shortened (N05)', () => {
    expect(jobComplaints({ name: x(63), run: 'v3' })).toContain('COR005');
  });
});
