import type { RuleCase } from '../../rule-case';
import * as bounds from './bounds';
import * as deadlines from './gpu-run-deadline';
import { LONG_DEADLINE } from './long-deadline';
import * as nodes from './nodes';
import * as servers from './servers';
import * as watching from './watching';

export const RUNAWAY_CASES: readonly RuleCase[] = [
  LONG_DEADLINE,
  ...[deadlines, bounds, servers, nodes, watching].flatMap((cases) =>
    Object.values<RuleCase | readonly RuleCase[]>(cases).flat(),
  ),
];
