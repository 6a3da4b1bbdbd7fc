import type { Field } from '../field';
import type { Inventory } from '../inventory';
import type { Resource } from '../resource';
import type { RoleDescription } from '../workload';
import { Nature } from '../workload';
import { podsOf } from './core';
import type { KindReader } from './kind-reader';

// Kinds of KServe, and of others that serve.

/** Keys of a predictor under which a model stands that a runtime of KServe serves; `model` is the newer form. */
const MODELS = [
  'model',
  'sklearn',
  'xgboost',
  'tensorflow',
  'pytorch',
  'triton',
  'onnx',
  'huggingface',
  'pmml',
  'lightgbm',
  'paddle',
];

function runtimeOf(service: Resource, model: Field, inventory: Inventory): Resource | undefined {
  const name = model.at('runtime').text;
  if (name === undefined) return undefined;
  const group = 'serving.kserve.io';
  return (
    inventory.find(group, 'ServingRuntime', name, service.namespace) ??
    inventory.find(group, 'ClusterServingRuntime', name, undefined)
  );
}

function componentRole(service: Resource, name: string, inventory: Inventory): RoleDescription[] {
  const component = service.at('spec', name);
  if (!component.exists) return [];
  const models = MODELS.map((key) => component.at(key)).filter(({ exists }) => exists);
  const runtime = models.length > 0 ? runtimeOf(service, models[0], inventory) : undefined;
  const own: RoleDescription = {
    name,
    replicas: component.at('minReplicas'),
    count: component.at('minReplicas').integer ?? 1,
    pod: {
      metadata: service.at('metadata'),
      specs: [component, ...(runtime ? [runtime.at('spec')] : [])],
      containers: models.map((field) => ({ field })),
      partial: models.length > 0,
    },
  };
  const workers = component.at('workerSpec');
  return workers.exists
    ? [own, { name: 'worker', pod: { metadata: service.at('metadata'), specs: [workers], partial: true } }]
    : [own];
}

export const INFERENCE_SERVICES: KindReader = {
  group: 'serving.kserve.io',
  kinds: ['InferenceService'],
  read: (service, inventory) => ({
    nature: Nature.SERVER,
    roles: ['predictor', 'transformer', 'explainer'].flatMap((name) => componentRole(service, name, inventory)),
  }),
};

export const LLM_INFERENCE_SERVICES: KindReader = {
  group: 'serving.kserve.io',
  kinds: ['LLMInferenceService'],
  read: ({ top }) => {
    const spec = top.at('spec');
    const parts: readonly (readonly [name: string, at: Field])[] = [
      ['decode', spec],
      ['prefill', spec.at('prefill')],
    ];
    const metadata = top.at('metadata');
    const roles = parts.flatMap(([name, part]): RoleDescription[] => {
      if (!part.exists) return [];
      const template = part.at('template');
      const worker = part.at('worker');
      return [
        { name, replicas: part.at('replicas'), pod: { metadata, specs: [template], partial: true } },
        ...(worker.exists ? [{ name: `${name}-worker`, pod: { metadata, specs: [worker], partial: true } }] : []),
      ];
    });
    return { nature: Nature.SERVER, roles, scalable: spec.at('replicas') };
  },
};

/** Services of Knative, which fills in what it needs, such as probes. */
export const KNATIVE_SERVICES: KindReader = {
  group: 'serving.knative.dev',
  kinds: ['Service', 'Configuration'],
  read: ({ top }) => ({
    nature: Nature.SERVER,
    roles: [{ name: 'pod', pod: podsOf(top.at('spec', 'template'), { partial: true }) }],
  }),
};

/** Deployments of Seldon, each graph with its own pods. */
export const SELDON_DEPLOYMENTS: KindReader = {
  group: 'machinelearning.seldon.io',
  kinds: ['SeldonDeployment'],
  read: ({ top }) => ({
    nature: Nature.SERVER,
    roles: top.at('spec', 'predictors').items.flatMap((predictor) =>
      predictor.at('componentSpecs').items.map((component) => ({
        name: predictor.at('name').text ?? 'predictor',
        replicas: predictor.at('replicas'),
        pod: podsOf(component, { partial: true }),
      })),
    ),
  }),
};
