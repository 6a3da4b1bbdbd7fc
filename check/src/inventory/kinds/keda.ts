import { jobDescription } from './core';
import type { KindReader } from './kind-reader';

/** Jobs that KEDA makes by a measure. */
export const SCALED_JOBS: KindReader = {
  group: 'keda.sh',
  kinds: ['ScaledJob'],
  read: ({ top }) => jobDescription(top.at('spec', 'jobTargetRef')),
};
