import { askedTypes, machineOf } from '../../src/inventory/machine';
import type { Machine } from '../../src/inventory/machine';
import { inventoryOf } from './inventory-of';

const TYPE = 'node.kubernetes.io/instance-type';
const podOn = (spec: object): string =>
  JSON.stringify({
    apiVersion: 'v1',
    kind: 'Pod',
    metadata: { name: 'a' },
    spec: { ...spec, containers: [{ image: 'a' }] },
  });
const demanding = (key: string, operator: string, ...values: string[]): object => ({
  affinity: {
    nodeAffinity: {
      requiredDuringSchedulingIgnoredDuringExecution: {
        nodeSelectorTerms: [{ matchExpressions: [{ key, operator, values }] }],
      },
    },
  },
});
const node = (name: string, labels: object, gpus: number): string =>
  JSON.stringify({
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name, labels },
    status: { allocatable: { 'nvidia.com/gpu': String(gpus) } },
  });
function machine(spec: object, ...nodes: string[]): Machine | undefined {
  const inventory = inventoryOf(podOn(spec), ...nodes);
  return machineOf(inventory.pods[0], inventory);
}
const P5: Machine = { name: 'p5.48xlarge', devices: 8, fabricDevices: 32, efa: true };

describe('the machine of a pod', () => {
  test.each<[string, object, Machine | undefined]>([
    ['its type', { nodeSelector: { [TYPE]: 'p5.48xlarge' } }, P5],
    ['its type, by the label of old', { nodeSelector: { 'beta.kubernetes.io/instance-type': 'p5.48xlarge' } }, P5],
    ['its type, demanded', demanding(TYPE, 'In', 'p5.48xlarge'), P5],
    ['one of several types', demanding(TYPE, 'In', 'p5.48xlarge', 'g6.xlarge'), undefined],
    ['the types that it is not', demanding(TYPE, 'NotIn', 'p5.48xlarge'), undefined],
    ['a type that nobody knows', { nodeSelector: { [TYPE]: 'own-1' } }, undefined],
    ['another label', { nodeSelector: { team: 'p5.48xlarge' } }, undefined],
    ['nothing', {}, undefined],
  ])('is told by %s', (_, spec, expected) => {
    expect(machine(spec)).toEqual(expected);
  });

  test('of another cloud is without network cards of AWS', () => {
    const found = machine({ nodeSelector: { [TYPE]: 'Standard_ND96isr_H100_v5' } });
    expect(found).toMatchObject({ devices: 8, efa: false });
    expect(found?.fabricDevices).toBeGreaterThan(0);
  });

  const own = { pool: 'train', zone: 'a' };

  test('is that of the only pool that fits', () => {
    const spec = { nodeSelector: { pool: 'train' } };
    expect(machine(spec, node('n1', own, 4), node('n2', { pool: 'serve' }, 2))).toEqual({
      name: 'n1',
      devices: 4,
      fabricDevices: undefined,
      efa: false,
    });
    expect(machine(spec, node('n1', { ...own, [TYPE]: 'p5.48xlarge' }, 8))).toEqual(P5);
    expect(machine(spec, node('n1', { ...own, [TYPE]: 'own-1' }, 8))).toMatchObject({ name: 'n1', devices: 8 });
    expect(machine(spec, node('n2', { pool: 'serve' }, 2))).toBeUndefined();
  });

  test('has every label that the pod asks for', () => {
    const nodes = [node('n1', { pool: 'train' }, 4), node('n2', own, 2), node('n3', { zone: 'a' }, 1)];
    expect(machine({ nodeSelector: { pool: 'train', zone: 'a' } }, ...nodes)?.name).toBe('n2');
    expect(machine({ nodeSelector: { pool: 'train', zone: 'b' } }, ...nodes)).toBeUndefined();
    expect(machine({}, ...nodes)).toBeUndefined();
  });

  test('is not known where pools that fit differ', () => {
    const spec = { nodeSelector: { pool: 'train' } };
    const typed = (type: string): object => ({ ...own, [TYPE]: type });
    expect(machine(spec, node('n1', own, 4), node('n2', own, 4))?.name).toBe('n1');
    expect(machine(spec, node('n1', own, 4), node('n2', own, 2))).toBeUndefined();
    expect(machine(spec, node('n1', typed('p5.48xlarge'), 8), node('n2', typed('own-1'), 8))).toBeUndefined();
    expect(machine(spec, node('n1', typed('own-1'), 8), node('n2', typed('own-1'), 8))?.name).toBe('n1');
  });
});

test('the types that a pod asks for are those of its demand', () => {
  const asked = (spec: object) => askedTypes(inventoryOf(podOn(spec)).pods[0]);
  expect(asked(demanding(TYPE, 'In', 'a', 'b'))).toEqual(['a', 'b']);
  expect(asked(demanding(TYPE, 'NotIn', 'a'))).toBeUndefined();
  expect(asked(demanding('team', 'In', 'a'))).toBeUndefined();
});
