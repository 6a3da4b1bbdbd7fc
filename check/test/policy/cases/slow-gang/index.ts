import type { RuleCase } from '../../rule-case';
import * as gang from './gang';
import * as launching from './launching';
import * as memory from './memory';
import * as network from './network';

export const SLOW_GANG_CASES: readonly RuleCase[] = [launching, memory, network, gang].flatMap((cases) =>
  Object.values(cases),
);
