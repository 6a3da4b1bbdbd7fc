import type { RuleCase } from '../../rule-case';
import * as graphs from './graphs';
import * as workflows from './workflows';

export const PIPELINES_CASES: readonly RuleCase[] = [graphs, workflows].flatMap((cases) => Object.values(cases)).flat();
