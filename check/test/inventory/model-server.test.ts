import { Inventory } from '../../src/inventory/inventory';
import { isModelServer } from '../../src/inventory/model-server';
import { sourceOf } from '../../src/inventory/source';

interface Server {
  readonly name?: string;
  readonly image?: string;
  readonly container?: string;
  readonly labels?: string;
}

function serves({ name = 'shop', image = 'shop:v1', container = '', labels = 'app: shop' }: Server): boolean {
  const text = `
apiVersion: apps/v1
kind: Deployment
metadata: { name: ${name} }
spec: { template: { metadata: { labels: { ${labels} } }, spec: { containers: [{ image: ${image}${container} }] } } }
`;
  return isModelServer(new Inventory(sourceOf('f.yaml', text).documents).workloads[0]);
}

const PORT = ', ports: [{ containerPort: 80 }]';
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
  ])('is told by %s', (_, server) => {
    expect(serves(server)).toBe(true);
  });

  test.each<[string, Server]>([
    ['a shop', { container: PORT }],
    ['a GPU without anything that answers', { container: GPU }],
    ['a GPU in which somebody works', { container: `${GPU}${PORT}, command: [sleep, infinity]` }],
    ['a notebook', { image: 'jupyter/scipy-notebook:v1', container: GPU + PORT }],
    ['a name without anything that answers', { name: 'predict' }],
    ['a dashboard of models', { name: 'model-dashboard', container: PORT }],
    ['a registry of models', { name: 'models', image: 'model-registry:v1', container: PORT }],
    ['a worker', { name: 'inference-worker', container: PORT }],
    ['a controller of servers', { name: 'vllm-operator', image: 'vllm-operator:v1', container: PORT }],
    ['a client of a model', { container: `${PORT}, env: [{ name: MODEL_NAME, value: llama }]` }],
    ['Knative Serving', { name: 'activator', labels: 'app.kubernetes.io/name: knative-serving', container: PORT }],
  ])('is not %s', (_, server) => {
    expect(serves(server)).toBe(false);
  });
});
