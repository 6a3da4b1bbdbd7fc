import { jobSpecsOf } from '../../../inventory/job-specs';
import { info } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

const DAY = 86_400;
/** A week, after which nobody reads the logs of a sweep. */
const LONGEST_DAYS = 7;
const MOST_PODS = 100;

export const sweepKeptLong: Rule<Scope.OBJECT> = {
  name: 'sweep-kept-long',
  group: Group.CLUTTER,
  facts: ['ML-LIFE-012'],
  scope: Scope.OBJECT,
  why: 'Every pod of an ended Job stays until its TTL, and a sweep has hundreds. https://kubernetes.io/docs/concepts/workloads/controllers/ttlafterfinished/',
  fix: 'Lower ttlSecondsAfterFinished to a day or two.',
  check: (object) =>
    jobSpecsOf(object).flatMap((spec) => {
      const completions = spec.at('completions').integer ?? 0;
      const ttl = spec.at('ttlSecondsAfterFinished');
      if (completions <= MOST_PODS || (ttl.integer ?? 0) <= LONGEST_DAYS * DAY) return [];
      const days = Math.floor((ttl.integer ?? 0) / DAY);
      return [info(ttl, `keeps ${completions} pods for ${days} days after its end.`)];
    }),
};
