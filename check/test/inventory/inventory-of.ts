import { Inventory } from '../../src/inventory/inventory';
import { sourceOf } from '../../src/inventory/source';

/** The inventory of some manifests in one file. */
export function inventoryOf(...manifests: readonly string[]): Inventory {
  return new Inventory(sourceOf('f.yaml', manifests.join('\n---\n')).documents);
}
