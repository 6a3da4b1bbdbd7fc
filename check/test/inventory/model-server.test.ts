import { answeringContainer, isModelServer } from '../../src/inventory/model-server';
import { inventoryOf } from './inventory-of';

interface Server {
  readonly apiVersion?: string;
  readonly kind?: string;
  readonly name?: string;
  readonly image?: string;
  readonly container?: string;
  readonly labels?: string;
  /** Containers behind the first one. */
  readonly beside?: string;
  /** What a Service beside it says. */
  readonly service?: string;
}

function inventoryWith(server: Server) {
  const { apiVersion = 'apps/v1', kind = 'Deployment', name = 'shop' } = server;
  const { image = 'shop:v1', container = '', labels = 'app: shop', beside = '', service } = server;
  const template = `metadata: { labels: { ${labels} } }, spec: { containers: [{ image: ${image}${container} }${beside}] }`;
  const text = `
apiVersion: ${apiVersion}
kind: ${kind}
metadata: { name: ${name} }
spec: { template: { ${template} } }
`;
  return inventoryOf(
    service ? `${text}---\napiVersion: v1\nkind: Service\nmetadata: { name: s }\nspec: ${service}\n` : text,
  );
}

function workloadOf(server: Server) {
  return inventoryWith(server).workloads[0];
}

function serves(server: Server): boolean {
  const inventory = inventoryWith(server);
  return isModelServer(inventory.workloads[0], inventory);
}

const PORT = ', ports: [{ containerPort: 80 }]';
const METRICS = '{ selector: { app: shop }, ports: [{ name: http-metrics, port: 9400 }] }';
const GPU = ', resources: { limits: { nvidia.com/gpu: 1 } }';

describe('what serves a model', () => {
  test.each<[string, Server]>([
    ['a GPU and a port', { container: GPU + PORT }],
    ['an image of a server', { image: 'ghcr.io/huggingface/text-generation-inference:3.0' }],
    ['an image of a server with a registry in front', { image: 'reg.example.com:5000/vllm/vllm-openai:v0.11.0' }],
    ['a program', { container: ', command: [tritonserver, --model-repository=/models]' }],
    ['a program in a script', { container: ', command: [sh, -c, "exec vllm serve org/model --port 80"]' }],
    ['a name and a port', { name: 'sentiment-model', container: PORT }],
    ['the name of an image', { image: 'example.com/churn-predictor:v2', container: PORT }],
    ['a label', { labels: 'component: inference', container: PORT }],
    ['a model among its files', { container: `${PORT}, env: [{ name: MODEL_PATH, value: /m }]` }],
    ['a name and a GPU', { name: 'llm', container: GPU }],
    ['a GPU and a port of another container', { container: GPU, beside: `, { image: a${PORT} }` }],
    ['the image of another container', { beside: ', { image: "vllm/vllm-openai:v1" }' }],
    ['the program of another container', { beside: ', { image: a, command: [mlserver, start, /m] }' }],
    ['the files of another container', { container: PORT, beside: ', { image: a, env: [{ name: MODEL_DIR }] }' }],
    ['a GPU beside a pod that waits', { container: `${PORT}, command: [sleep, "60"]`, beside: `, { image: a${GPU} }` }],
    ['a GPU and a Service', { container: GPU, service: '{ selector: { app: shop }, ports: [{ port: 80 }] }' }],
    ['a name and a Service', { name: 'llm', service: '{ selector: { app: shop }, ports: [{ port: 80 }] }' }],
    ['a GPU without an image', { image: 'null', container: GPU + PORT }],
  ])('is told by %s', (_, server) => {
    expect(serves(server)).toBe(true);
  });

  test.each<[string, Server]>([
    ['a shop', { container: PORT }],
    ['a GPU without anything that answers', { container: GPU }],
    ['a GPU and the Service of others', { container: GPU, service: '{ selector: { app: a }, ports: [{ port: 80 }] }' }],
    ['a GPU and a Service without selector', { container: GPU, service: '{ ports: [{ port: 80 }] }' }],
    [
      'a GPU whose pods know each other',
      { container: GPU, service: '{ clusterIP: None, selector: { app: shop }, ports: [{ port: 80 }] }' },
    ],
    ['a GPU that is measured', { container: GPU, service: METRICS }],
    ['a GPU and a shell', { container: GPU, service: '{ selector: { app: shop }, ports: [{ port: 22 }] }' }],
    ['a GPU in which somebody works', { container: `${GPU}${PORT}, command: [sleep, infinity]` }],
    ['a notebook', { image: 'jupyter/scipy-notebook:v1', container: GPU + PORT }],
    ['a name without anything that answers', { name: 'predict' }],
    ['a dashboard of models', { name: 'model-dashboard', container: PORT }],
    ['a registry of models', { name: 'models', image: 'model-registry:v1', container: PORT }],
    ['a worker', { name: 'inference-worker', container: PORT }],
    ['a controller of servers', { name: 'vllm-operator', image: 'vllm-operator:v1', container: PORT }],
    ['a host of models that sells', { image: 'models.example.com/shop:v1', container: PORT }],
    ['a folder of models that sells', { image: 'models/shop:v1', container: PORT }],
    ['a run', { apiVersion: 'batch/v1', kind: 'Job', container: GPU + PORT }],
    ['a ReplicaSet, which is of a Deployment', { kind: 'ReplicaSet', container: GPU + PORT }],
    ['an agent', { kind: 'DaemonSet', container: GPU + PORT }],
    ['a client of a model', { container: `${PORT}, env: [{ name: MODEL_NAME, value: llama }]` }],
    ['Knative Serving', { name: 'activator', labels: 'app.kubernetes.io/name: knative-serving', container: PORT }],
  ])('is not %s', (_, server) => {
    expect(serves(server)).toBe(false);
  });
});

test('a pod by itself serves nothing, whatever its image', () => {
  const pod = 'apiVersion: v1\nkind: Pod\nmetadata: { name: llm }\nspec: { containers: [{ image: vllm/vllm-openai }] }';
  const inventory = inventoryOf(pod);
  expect(isModelServer(inventory.workloads[0], inventory)).toBe(false);
});

test.each<[string, string, boolean]>([
  [
    'an InferenceService, whatever its name',
    'apiVersion: serving.kserve.io/v1beta1\nkind: InferenceService\nmetadata: { name: dashboard }\nspec: { predictor: { containers: [{ image: a }] } }',
    true,
  ],
  [
    'an InferenceService in which somebody works',
    'apiVersion: serving.kserve.io/v1beta1\nkind: InferenceService\nmetadata: { name: notebook }\nspec: { predictor: { containers: [{ image: a }] } }',
    true,
  ],
  [
    'a RayService with GPUs, which answers without saying so',
    `apiVersion: ray.io/v1
kind: RayService
metadata: { name: shop }
spec: { rayClusterConfig: { headGroupSpec: { template: { spec: { containers: [{ image: a${GPU} }] } } } } }`,
    true,
  ],
  [
    'a RayService without GPUs',
    `apiVersion: ray.io/v1
kind: RayService
metadata: { name: shop }
spec: { rayClusterConfig: { headGroupSpec: { template: { spec: { containers: [{ image: a }] } } } } }`,
    false,
  ],
])('%s serves a model: %j', (_, text, expected) => {
  const inventory = inventoryOf(text);
  expect(isModelServer(inventory.servers[0], inventory)).toBe(expected);
});

describe('the container that answers', () => {
  const PROBED = ', readinessProbe: { tcpSocket: { port: 80 } }';
  const ALIVE = ', livenessProbe: { tcpSocket: { port: 80 } }';
  const answering = (...containers: string[]): string | undefined => {
    const [container, ...more] = containers;
    const beside = more.map((each, index) => `, { name: c${index + 1}, image: a${each} }`).join('');
    return answeringContainer(workloadOf({ container: `, name: c0${container}`, beside }))?.name;
  };

  test.each<[string, string[], string]>([
    ['the one with GPUs', [PROBED, PORT, GPU], 'c2'],
    ['the first one with GPUs', ['', GPU, GPU], 'c1'],
    ['without GPUs the one that is ready', [PORT, PROBED, ''], 'c1'],
    ['without GPUs the one that is alive', [PORT, '', ALIVE], 'c2'],
    ['without probes the one with a port', ['', ', ports: []', PORT], 'c2'],
    ['the first one when none says so', ['', ''], 'c0'],
  ])('is %s', (_, containers, expected) => {
    expect(answering(...containers)).toBe(expected);
  });

  test('is not known where there is no pod, or an operator decides', () => {
    const head = 'headGroupSpec: { template: { spec: { containers: [{ image: a }] } } }';
    const ray = inventoryOf(
      `apiVersion: ray.io/v1\nkind: RayService\nmetadata: { name: a }\nspec: { rayClusterConfig: { ${head} } }`,
    ).workloads[0];
    const none = inventoryOf('apiVersion: ray.io/v1\nkind: RayService\nmetadata: { name: a }\nspec: {}').workloads[0];
    const empty = inventoryOf('apiVersion: jobset.x-k8s.io/v1alpha2\nkind: JobSet\nmetadata: { name: a }').workloads[0];
    expect(answeringContainer(ray)).toBeUndefined();
    expect(answeringContainer(none)).toBeUndefined();
    expect(answeringContainer(empty)).toBeUndefined();
  });
});
