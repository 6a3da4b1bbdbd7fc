import { Nature } from '../workload';
import { podsOf } from './core';
import type { KindReader } from './kind-reader';

// Kinds that start no pods: others make them from what they hold, and add to it.

export const POD_TEMPLATES: KindReader = {
  group: '',
  kinds: ['PodTemplate'],
  read: ({ top }) => ({
    nature: Nature.TEMPLATE,
    roles: [{ name: 'pod', pod: podsOf(top.at('template'), { partial: true }) }],
  }),
};

/** Runtimes of KServe, from which InferenceServices have their servers. */
export const SERVING_RUNTIMES: KindReader = {
  group: 'serving.kserve.io',
  kinds: ['ServingRuntime', 'ClusterServingRuntime'],
  read: ({ top }) => ({
    nature: Nature.TEMPLATE,
    roles: [
      { name: 'predictor', pod: { metadata: top.at('metadata', 'none'), specs: [top.at('spec')], partial: true } },
      ...(top.at('spec', 'workerSpec').exists
        ? [
            {
              name: 'worker',
              pod: { metadata: top.at('metadata', 'none'), specs: [top.at('spec', 'workerSpec')], partial: true },
            },
          ]
        : []),
    ],
  }),
};
