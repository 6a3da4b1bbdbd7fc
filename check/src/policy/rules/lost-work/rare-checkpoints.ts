import { info } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

const SECONDS: { readonly [unit: string]: number } = { SECONDS: 1, SECS: 1, MINUTES: 60, MINS: 60, HOURS: 3600 };
const VARIABLE = /^(?:\w+_)?(?:CHECKPOINT|CKPT|SAVE)_(?:INTERVAL|EVERY|PERIOD)_(SECONDS|SECS|MINUTES|MINS|HOURS)$/;
/** Then a failure costs an eighth of the run on the average. */
const LEAST_IN_A_RUN = 4;

export const rareCheckpoints: Rule<Scope.RUN> = {
  name: 'rare-checkpoints',
  group: Group.LOST_WORK,
  facts: ['ML-CKPT-011'],
  scope: Scope.RUN,
  why: 'A failure costs half of the time between two checkpoints on the average; the best interval grows only with the root of the time between failures. https://doi.org/10.1016/j.future.2004.11.016',
  fix: 'Save more often: at least four times before the deadline.',
  check: ({ bounds: { deadline }, pods }) =>
    pods.flatMap(({ containers }) =>
      containers.flatMap(({ env }) =>
        env.flatMap(({ name, value, field }) => {
          const unit = VARIABLE.exec(name)?.[1];
          const interval = unit === undefined ? NaN : Number(value) * SECONDS[unit];
          if (deadline?.value === undefined || !(interval > deadline.value / LEAST_IN_A_RUN)) return [];
          return [info(field, `saves every ${interval} seconds (${name}), and its deadline is ${deadline.value}.`)];
        }),
      ),
    ),
};
