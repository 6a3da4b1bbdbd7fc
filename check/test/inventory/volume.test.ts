import { inventoryOf } from './inventory-of';

const volumesOf = (kind: object, more: object, ...volumes: object[]) => {
  const template = { metadata: { labels: { a: 'b' } }, spec: { containers: [], volumes } };
  return inventoryOf(JSON.stringify({ metadata: { name: 'a' }, ...kind, spec: { selector: {}, template, ...more } }))
    .pods[0].volumes;
};
const DEPLOYMENT = { apiVersion: 'apps/v1', kind: 'Deployment' };

describe('a volume', () => {
  test.each<[object, string | undefined, string]>([
    [{ persistentVolumeClaim: { claimName: 'c' } }, 'persistentVolumeClaim', 'claim'],
    [{ emptyDir: {} }, 'emptyDir', 'ephemeral'],
    [{ emptyDir: { medium: 'Memory' } }, 'emptyDir', 'memory'],
    [{ emptyDir: { medium: 'HugePages' } }, 'emptyDir', 'ephemeral'],
    [{}, undefined, 'ephemeral'],
    [{ ephemeral: {} }, 'ephemeral', 'ephemeral'],
    [{ hostPath: {} }, 'hostPath', 'host-path'],
    [{ configMap: {} }, 'configMap', 'read-only'],
    [{ nfs: {} }, 'nfs', 'network'],
    [{ csi: {} }, 'csi', 'unknown'],
    [{ toString: {} }, 'toString', 'unknown'],
  ])('%j is of %j, and %s', (content, source, nature) => {
    const [volume] = volumesOf(DEPLOYMENT, {}, { name: 'v', ...content });
    expect(volume).toMatchObject({ name: 'v', nature });
    expect(volume.source).toBe(source);
  });

  test('has a name and says which claim it is', () => {
    const [claim, nameless] = volumesOf(
      DEPLOYMENT,
      {},
      { persistentVolumeClaim: { claimName: 'c' }, name: 'v' },
      { nfs: {} },
    );
    expect([claim.name, claim.claimName, claim.field.place]).toEqual(['v', 'c', 'spec.template.spec.volumes[0]']);
    expect([nameless.name, nameless.claimName]).toEqual(['', undefined]);
  });

  test('is made from the template of a claim, too', () => {
    const volumeClaimTemplates = [{ metadata: { name: 'data' } }, {}];
    const stateful = volumesOf({ apiVersion: 'apps/v1', kind: 'StatefulSet' }, { volumeClaimTemplates });
    const template = { source: 'volumeClaimTemplate', nature: 'claim' };
    expect(stateful).toMatchObject([
      { name: 'data', ...template },
      { name: '', ...template },
    ]);
    expect(stateful[0].claimName).toBeUndefined();
    expect(volumesOf(DEPLOYMENT, { volumeClaimTemplates })).toEqual([]);
  });
});
