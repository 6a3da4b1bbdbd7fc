import { besideDaemonSets } from '../../src/cluster/daemon-sets';

describe('besideDaemonSets', () => {
  test('leaves DaemonSets a tenth of a node, within bounds: a small one runs the same agents', () => {
    expect(besideDaemonSets(3920, 14162)).toEqual({ cpuMillis: 2920, memoryMib: 12114 });
    expect(besideDaemonSets(15890, 60_000)).toEqual({ cpuMillis: 14301, memoryMib: 54_000 });
    expect(besideDaemonSets(191450, 1938410)).toEqual({ cpuMillis: 189450, memoryMib: 1922026 });
  });

  test('keeps what is not known unknown', () => {
    expect(besideDaemonSets(undefined, 2000)).toEqual({ cpuMillis: undefined, memoryMib: 1000 });
    expect(besideDaemonSets(5000)).toEqual({ cpuMillis: 4000, memoryMib: undefined });
  });
});
