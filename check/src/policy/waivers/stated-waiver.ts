import { WAIVER_PREFIX } from 'cdk8s-ml/floor/kinds/labels';
import { relative, resolve, sep } from 'node:path';
import type { Field } from '../../inventory/field';
import type { Inventory } from '../../inventory/inventory';
import type { Resource } from '../../inventory/resource';
import { STANDARD_INPUT } from '../../inventory/source';
import type { Finding, Waiver } from '../finding';
import { fitsGlob } from '../glob';
import { ACKNOWLEDGED } from './acknowledged';
import type { Configuration, ConfiguredWaiver } from './configuration';

/** A waiver, wherever it stands. */
export interface StatedWaiver {
  /** The rule as it is written. */
  readonly rule: string;
  /** The rules that it waives. */
  readonly waives: readonly string[];
  readonly reason?: string;
  readonly by: Waiver['by'];
  /** Last day on which it holds. */
  readonly until?: string;
  /** Where it stands. */
  readonly field: Field;
  /** The object that it stands on; undefined in a configuration file. */
  readonly resource?: Resource;
  /** Whether it is for an object. */
  readonly fits: (finding: Finding) => boolean;
}

/** The waivers that stand on objects. */
export function waiversOnObjects(inventory: Inventory): StatedWaiver[] {
  return [...inventory.resources, ...inventory.unchecked.keys()].flatMap((resource) => {
    const annotations = resource.at('metadata', 'annotations');
    return annotations.keys.flatMap((key): StatedWaiver[] => {
      if (!key.startsWith(WAIVER_PREFIX)) return [];
      const rule = key.slice(WAIVER_PREFIX.length);
      const field = annotations.at(key);
      const waives = [rule, ...(ACKNOWLEDGED[rule] ?? [])];
      return [{ rule, waives, reason: field.text, by: 'annotation', field, resource, fits: () => true }];
    });
  });
}

/** The waivers of a configuration file. */
export function waiversOf(configuration: Configuration): StatedWaiver[] {
  const folder = resolve(configuration.file, '..');
  return configuration.waivers.map((waiver) => ({
    rule: waiver.rule,
    waives: [waiver.rule],
    reason: waiver.reason,
    by: 'configuration',
    until: waiver.until,
    field: waiver.field,
    fits: (finding) => fitsObject(waiver, finding) && fitsFile(waiver.file, finding.file, folder),
  }));
}

function fitsObject({ kind, namespace, name }: ConfiguredWaiver, { object }: Finding): boolean {
  const pairs = [
    [kind, object?.kind],
    [namespace, object?.namespace],
    [name, object?.name],
  ];
  return pairs.every(([pattern, text]) => pattern === undefined || fitsGlob(pattern, text ?? ''));
}

/** Files are named from the folder of the configuration; a pattern without a slash is for the file's own name. */
function fitsFile(pattern: string | undefined, file: string, folder: string): boolean {
  if (pattern === undefined) return true;
  if (file === STANDARD_INPUT) return pattern === file;
  const path = relative(folder, resolve(file)).split(sep).join('/');
  return fitsGlob(pattern.replace(/^\.\//, ''), pattern.includes('/') ? path : path.slice(path.lastIndexOf('/') + 1));
}
