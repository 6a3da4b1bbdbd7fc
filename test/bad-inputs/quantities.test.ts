import { Duration, Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';
import { AccessMode, Claim, DistributedTraining, Gpu, Volume } from 'cdk8s-ml';
import { parseQuantity } from '../../src/kinds/parse-quantity';
import { complaint, complaints, jobComplaints, podOf } from '../complaints';
import { GANG } from '../training/fixtures';
import { passes, refuses } from './rows';

const claim = (size: unknown) =>
  complaints((chart) => new Claim(chart, 'state', { size: size as Size, accessMode: AccessMode.READ_WRITE_ONCE }));
const gang = (props: object) => complaints((chart) => new DistributedTraining(chart, 'llm', { ...GANG, ...props }));

describe('quantities and accelerators', () => {
  refuses([
    ...['16GB', '16 Gi', '16gb', '1,5Gi', '٣Gi', '16Gi'].map((memory) => ({
      row: 'Q01',
      what: `memory ${memory} as text`,
      says: () => jobComplaints({ memory }),
      id: 'COR001',
      naming: 'Size.gibibytes(64)',
    })),
    {
      row: 'Q02',
      what: 'half a byte of memory',
      says: () => jobComplaints({ memory: Size.kibibytes(0.0005) }),
      id: 'COR004',
    },
    { row: 'Q03', what: 'memory in bytes', says: () => jobComplaints({ memory: 16 }), id: 'COR001' },
    {
      row: 'Q03',
      what: 'memory below 4 MiB',
      says: () => jobComplaints({ memory: Size.mebibytes(3) }),
      id: 'COR004',
      naming: '4 MiB',
    },
    { row: 'Q04', what: 'CPU in bytes', says: () => jobComplaints({ cpu: '4Gi' }), id: 'COR001' },
    { row: 'Q04', what: 'CPU of a size', says: () => jobComplaints({ cpu: { amount: '4Gi' } }), id: 'COR004' },
    { row: 'Q04', what: 'more than 4096 cores', says: () => jobComplaints({ cpu: Cpu.units(4097) }), id: 'COR004' },
    { row: 'Q05', what: 'negative CPU', says: () => jobComplaints({ cpu: Cpu.millis(-1) }), id: 'COR004' },
    {
      row: 'Q05',
      what: 'negative memory, from another copy of cdk8s',
      says: () => jobComplaints({ memory: { toKibibytes: () => -4, toMebibytes: () => -4 } }),
      id: 'COR004',
    },
    {
      row: 'Q06',
      what: 'NaN GiB',
      says: () => jobComplaints({ memory: Size.gibibytes(NaN) }),
      id: 'COR004',
      naming: 'NaN',
    },
    { row: 'Q06', what: 'infinite GiB', says: () => claim(Size.gibibytes(Infinity)), id: 'COR004', naming: 'Infinity' },
    { row: 'Q06', what: 'NaN cores', says: () => jobComplaints({ cpu: Cpu.units(NaN) }), id: 'COR004' },
    { row: 'Q06', what: 'NaN hours', says: () => jobComplaints({ activeDeadline: Duration.hours(NaN) }), id: 'COR004' },
    { row: 'Q08', what: 'half a GPU', says: () => complaint(() => Gpu.any(0.5)), id: 'KUB024', naming: 'Gpu.mig' },
    ...['gpu', 'nvidia/gpu', 'nvidia.com/GPU'].map((name) => ({
      row: 'Q11',
      what: `the resource ${name}`,
      says: () => complaint(() => Gpu.resource(name, 1)),
      id: 'KUB025',
      naming: 'nvidia.com/gpu',
    })),
    { row: 'Q12', what: 'no GPU', says: () => complaint(() => Gpu.h100(0)), id: 'COR004' },
    {
      row: 'Q13',
      what: 'null for GPUs',
      says: () => jobComplaints({ gpu: null }),
      id: 'COR001',
      naming: 'gpu is null',
    },
    { row: 'Q13', what: 'a number for GPUs', says: () => jobComplaints({ gpu: 1 }), id: 'COR001' },
    { row: 'Q14', what: '17 GPUs in one pod', says: () => complaint(() => Gpu.any(17)), id: 'COR004' },
    { row: 'Q14', what: '16 GPUs on any machine', says: () => jobComplaints({ gpu: Gpu.any(16) }), id: 'GPU011' },
    {
      row: 'Q14',
      what: '3 GPUs with 8 processes',
      says: () => gang({ gpuPerNode: Gpu.h100(3), numProcPerNode: 8 }),
      id: 'TRN017',
    },
    {
      row: 'Q15',
      what: 'a misspelt MIG profile',
      says: () => complaint(() => Gpu.mig('mig-1g.5gb')),
      id: 'COR004',
      naming: '1g.10gb',
    },
    { row: 'Q16', what: 'a claim of nothing', says: () => claim(Size.kibibytes(0)), id: 'COR004' },
    { row: 'Q16', what: 'a claim of 100 bytes', says: () => claim(Size.kibibytes(100 / 1024)), id: 'COR004' },
    { row: 'Q16', what: 'a claim in bytes', says: () => claim(100), id: 'COR001' },
    {
      row: 'Q16',
      what: 'a disk of nothing',
      says: () => complaint(() => Volume.ephemeralClaim({ mountPath: '/a', size: Size.kibibytes(0) })),
      id: 'COR004',
    },
    {
      row: 'Q18',
      what: 'less than a milli of CPU',
      says: () => jobComplaints({ cpu: Cpu.units(0.0001) }),
      id: 'COR004',
    },
    { row: 'Q19', what: 'more than 2^63 bytes', says: () => claim(Size.tebibytes(2 ** 40)), id: 'COR004' },
    {
      row: 'Q19',
      what: 'more memory than bytes can be counted',
      says: () => jobComplaints({ memory: Size.tebibytes(2 ** 30) }),
      id: 'COR004',
    },
  ]);

  passes([
    { row: 'Q03', what: '4 MiB', says: () => jobComplaints({ memory: Size.mebibytes(4), sharedMemory: undefined }) },
    { row: 'Q14', what: '8 GPUs in one pod', says: () => jobComplaints({ gpu: Gpu.any(8) }) },
    { row: 'Q16', what: 'a claim of a mebibyte', says: () => claim(Size.mebibytes(1)) },
  ]);

  test('devices and memory are limits and requests, equal and as text (Q07, Q09, Q10)', () => {
    const { limits, requests } = podOf({ gpu: Gpu.any(2), memory: Size.gibibytes(1) }).containers[0].resources;
    expect(limits).toEqual({ memory: '1Gi', 'nvidia.com/gpu': '2' });
    expect(requests).toMatchObject(limits);
  });

  test.each([
    ['1e3', '1000'],
    ['1E3', '1k'],
    ['12e6', '12M'],
    ['1E', '1000P'],
  ])('%s is compared by value, as %s (Q17)', (a, b) => {
    expect(parseQuantity(a)).toBe(parseQuantity(b));
  });

  test('an amount that cdk8s itself refuses meets its error at the line of the user (Q05)', () => {
    expect(() => Size.gibibytes(-1)).toThrow('cannot be negative');
  });
});
