import { Duration } from 'cdk8s';
import { Delivery, DistributedTraining, Env, Gpu, Schedule, ScheduledRetrain } from 'cdk8s-ml';
import { plain } from '../../src/render/plain';
import { complaint, complaints, jobComplaints, jobOf } from '../complaints';
import { GANG, RUN } from '../training/fixtures';
import { passes, refuses } from './rows';

const gang = (props: object) => complaints((chart) => new DistributedTraining(chart, 'llm', { ...GANG, ...props }));
const retrain = (props: object) =>
  complaints(
    (chart) =>
      new ScheduledRetrain(chart, 'weekly', { schedule: Schedule.expression('0 4 * * 0'), job: RUN, ...props }),
  );

describe('numbers and booleans', () => {
  refuses([
    { row: 'B01', what: '-1 nodes', says: () => gang({ numNodes: -1 }), id: 'COR004' },
    { row: 'B02', what: '1.5 nodes', says: () => gang({ numNodes: 1.5 }), id: 'COR004', naming: 'a whole number' },
    { row: 'B02', what: 'the text 3 for nodes', says: () => gang({ numNodes: '3' }), id: 'COR001' },
    { row: 'B03', what: '2^31 nodes', says: () => gang({ numNodes: 2147483648 }), id: 'COR004' },
    { row: 'B03', what: '2^31 retries', says: () => jobComplaints({ backoffLimit: 2147483648 }), id: 'COR004' },
    { row: 'B04', what: 'no nodes', says: () => gang({ numNodes: 0 }), id: 'COR004' },
    { row: 'B10', what: '-1 retries', says: () => jobComplaints({ backoffLimit: -1 }), id: 'COR004' },
    { row: 'B10', what: '-1 kept runs', says: () => retrain({ failedJobsHistoryLimit: -1 }), id: 'COR004' },
    { row: 'B10', what: 'an exit code of 0', says: () => jobComplaints({ failOnExitCodes: [0] }), id: 'COR004' },
    { row: 'B10', what: 'an exit code of 256', says: () => jobComplaints({ failOnExitCodes: [256] }), id: 'COR004' },
    {
      row: 'B11',
      what: 'a deadline of 0',
      says: () => jobComplaints({ activeDeadline: Duration.seconds(0) }),
      id: 'COR004',
    },
    {
      row: 'B13',
      what: 'a deadline as text',
      says: () => jobComplaints({ activeDeadline: '24h' }),
      id: 'COR001',
      naming: 'Duration.hours(24)',
    },
    {
      row: 'B13',
      what: 'a deadline in milliseconds',
      says: () => jobComplaints({ activeDeadline: 86400000 }),
      id: 'COR001',
    },
    {
      row: 'B13',
      what: 'a deadline of 1000 days',
      says: () => jobComplaints({ activeDeadline: Duration.days(1000) }),
      id: 'TRN003',
      naming: '1000 days',
    },
    {
      row: 'B13',
      what: 'a deadline of half a second',
      says: () => jobComplaints({ activeDeadline: Duration.millis(500) }),
      id: 'COR004',
    },
    { row: 'B16', what: '3 processes on 8 GPUs', says: () => gang({ numProcPerNode: 3 }), id: 'TRN017' },
    { row: 'B16', what: 'auto for processes', says: () => gang({ numProcPerNode: 'auto' }), id: 'COR001' },
    { row: 'B21', what: 'integers past 2^53', says: () => jobComplaints({ backoffLimit: 1e21 }), id: 'COR004' },
    ...['true', 1, 0, null].map((value) => ({
      row: 'B02',
      what: `${String(value)} for true or false`,
      says: () => jobComplaints({ retryOutOfMemory: value }),
      id: 'COR001',
    })),
    ...([5n, new Date(0), new Map(), new Set(), () => 1, Symbol('x'), /x/, Promise.resolve()] as const).flatMap(
      (value) => [
        {
          row: 'B22',
          what: `a ${typeof value} for a number`,
          says: () => jobComplaints({ backoffLimit: value }),
          id: 'COR001',
          naming: 'backoffLimit',
        },
        {
          row: 'B22',
          what: `a ${typeof value} for text`,
          says: () => jobComplaints({ workingDir: value }),
          id: 'COR001',
          naming: 'workingDir',
        },
        {
          row: 'B22',
          what: `a ${typeof value} for a list`,
          says: () => jobComplaints({ command: value }),
          id: 'COR001',
          naming: 'command',
        },
        {
          row: 'B22',
          what: `a ${typeof value} for a map`,
          says: () => jobComplaints({ labels: value }),
          id: 'COR001',
          naming: 'labels',
        },
        {
          row: 'B22',
          what: `a ${typeof value} in a list`,
          says: () => jobComplaints({ args: ['a', value] }),
          id: 'COR001',
          naming: 'args[1]',
        },
      ],
    ),
  ]);

  passes([
    { row: 'B10', what: 'no retries', says: () => jobComplaints({ backoffLimit: 0 }) },
    { row: 'B13', what: 'a deadline of 30 days', says: () => jobComplaints({ activeDeadline: Duration.days(30) }) },
    { row: 'B16', what: '4 processes on 8 GPUs', says: () => gang({ numProcPerNode: 4 }) },
    {
      row: 'B16',
      what: 'keywords of torchrun as text',
      says: () => jobComplaints({ env: { NPROC: Env.value('auto') } }),
    },
  ]);

  test('minus zero is written as zero (B21)', () => {
    expect(Object.is(jobOf({ backoffLimit: -0 }).spec.backoffLimit, 0)).toBe(true);
  });

  test('fractions are written as they are (B21)', () => {
    expect(plain({ a: 0.1 + 0.2, b: 1e-7 }, 'spec').value).toEqual({ a: 0.30000000000000004, b: 1e-7 });
  });

  test('TRN002 fails for a TTL of 0 on a declared run, and leaves time for the logs elsewhere (B12)', () => {
    expect(jobComplaints({ ttl: Duration.seconds(0) })).toMatch(/TRN002|COR004/);
    expect(jobComplaints({ ttl: Duration.hours(1) }, { delivery: Delivery.CREATE_ONCE })).toBe('');
  });

  test('COR001 fails for a number where GPUs belong', () => {
    expect(complaint(() => Gpu.any('8' as never))).toMatch(/^COR001/);
  });
});
