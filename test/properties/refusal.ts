import { DiagnosticError } from 'cdk8s-ml';
import { knownRules } from '../../src/core/diagnostics';

const ID = /\b([A-Z]{3}\d{3}): /g;

/** What a refusal says, as the ids in it; anything that is no refusal of ours is thrown on. */
export function refusal(act: () => unknown): string[] {
  try {
    act();
    return [];
  } catch (error) {
    const ours = error instanceof DiagnosticError || (error as Error).message.startsWith('Validation failed');
    const ids = [...(error as Error).message.matchAll(ID)].map(([, id]) => id);
    if (!ours || ids.length === 0) throw error;
    for (const id of ids) if (!knownRules().has(id)) throw new Error(`unknown id ${id}`, { cause: error });
    if (ids.includes('COR010')) throw new Error('a check failed', { cause: error });
    return ids;
  }
}
