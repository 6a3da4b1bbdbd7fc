import { Cron, Duration } from 'cdk8s';
import { Acknowledge, Checkpoints, RestartScope, ScheduledRetrain, TrainingBackend, TrainingRun } from 'cdk8s-ml';
import type { DistributedTrainingProps } from 'cdk8s-ml';
import { componentOf } from '../../../src/cluster/backend-components';
import { backendOf } from '../../../src/training/backends/backends';
import { BACKEND_TABLE } from '../../../src/training/backends/table';
import { expectValidManifest } from '../../schema';
import { chartWith, GANG, gangOn, synth } from '../fixtures';
import { FRAMEWORKS } from '../frameworks';

const WEEKLY = Cron.schedule({ minute: '0', hour: '4', weekDay: '0' });
const BACKENDS = Object.values(TrainingBackend);

function rendered(backend: TrainingBackend, props: Partial<DistributedTrainingProps>) {
  const component = componentOf(backend);
  return synth(
    gangOn(
      { components: component === undefined ? [] : [component] },
      { run: 'v3', backend, command: ['python3', 'train.py'], ...props },
    ),
  );
}

/** The backend that a refusal names. */
function suggestion(error: string): TrainingBackend | undefined {
  return BACKENDS.find((kind) => error.includes(`('${kind}')`));
}

function refusal(backend: TrainingBackend, props: Partial<DistributedTrainingProps>): string {
  try {
    rendered(backend, props);
  } catch (error) {
    return String(error);
  }
  return '';
}

describe.each(BACKENDS)('%s', (backend) => {
  const row = BACKEND_TABLE[backend];

  test.each(Object.values(FRAMEWORKS).map((framework) => [framework.name, framework] as const))(
    'renders what it can do with %s, and refuses what it cannot with a backend that can',
    (name, framework) => {
      if (row.frameworks.includes(name)) {
        expect(rendered(backend, { framework }).map(({ kind }) => kind as string)).toContain(row.resource);
      } else {
        const error = refusal(backend, { framework });
        expect(error).toContain('TRN016');
        expect(refusal(suggestion(error)!, { framework })).toBe('');
      }
    },
  );

  test.each(Object.values(RestartScope))('restarts a %s, or is refused with a backend that does', (restartScope) => {
    const framework = FRAMEWORKS[row.frameworks[0]];
    const error = refusal(backend, { framework, restartScope });
    if (row.restarts.includes(restartScope)) expect(error).toBe('');
    else {
      expect(error).toContain('TRN016');
      const other = suggestion(error);
      expect(other === undefined ? '' : refusal(other, { framework, restartScope })).toBe('');
    }
  });

  test('is elastic with the frameworks of its row, and refused with others and with a backend that is', () => {
    for (const framework of row.frameworks.map((name) => FRAMEWORKS[name])) {
      const props = { framework, elastic: { minNodes: 2 }, checkpoints: Checkpoints.claim('fsx') };
      const error = refusal(backend, props);
      if (row.elastic?.includes(framework.name)) expect(error).toBe('');
      else {
        expect(error).toMatch(/TRN016: elastic is set/);
        const other = suggestion(error);
        expect(other === undefined ? '' : refusal(other, props)).toBe('');
      }
    }
  });

  test('ends at once for exit codes, or is refused', () => {
    const error = refusal(backend, { framework: FRAMEWORKS[row.frameworks[0]], failOnExitCodes: [3] });
    expect(error.includes('TRN016')).toBe(!row.endsOnExitCodes);
  });

  test('does not repeat a run that was out of memory, or is refused when that is asked', () => {
    const framework = FRAMEWORKS[row.frameworks[0]];
    const ends = (props: Partial<DistributedTrainingProps>) =>
      /"values":\[137\]|"exitCode":137\b/.test(JSON.stringify(rendered(backend, { framework, ...props })));
    expect(ends({})).toBe(row.endsOnExitCodes);
    expect(ends({ retryOutOfMemory: true })).toBe(false);
    const error = refusal(backend, { framework, retryOutOfMemory: false });
    expect(error === '').toBe(row.endsOnExitCodes);
    if (!row.endsOnExitCodes) expect(error).toMatch(/TRN016: retryOutOfMemory is false/);
  });

  test('runs on a schedule: nothing in the template knows the name of a run', () => {
    const component = componentOf(backend);
    const chart = chartWith({ components: component === undefined ? [] : [component] });
    Acknowledge.of(chart).add('TRN060', 'Of one backend: the namespace enforces baseline.');
    const command = ['python3', 'train.py'];
    const framework = FRAMEWORKS[row.frameworks[0]];
    const job = { ...GANG, command, framework, activeDeadline: Duration.hours(9), backend };
    new ScheduledRetrain(chart, 'weekly', { schedule: WEEKLY, job: TrainingRun.distributed(job) });
    const objects = synth(chart);
    const map = objects.find(({ data }) => data?.['run.json'] !== undefined);
    if (map === undefined) {
      expect(objects.find(({ kind }) => kind === 'CronJob').spec.jobTemplate.spec.completionMode).toBe('Indexed');
      return;
    }
    const { resource, template } = JSON.parse(map.data['run.json']);
    expect(resource).toBe(`${row.resource.toLowerCase()}s`);
    expectValidManifest({ ...template, metadata: { ...template.metadata, name: 'weekly-29000000' } });
    expect(JSON.stringify(objects)).not.toContain('weekly-0123456789');
  });

  test('is of the kind that the table says', () => {
    expect(backendOf(backend).strategy.kind).toBe(backend);
  });

  test('is refused where its operator is not', () => {
    if (componentOf(backend) === undefined) return;
    const props = { run: 'v3', backend, command: ['train'], framework: FRAMEWORKS[row.frameworks[0]] };
    expect(() => synth(gangOn({}, props))).toThrow(/TRN018/);
  });
});
