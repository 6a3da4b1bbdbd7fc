import type { Container } from './container';
import type { Inventory } from './inventory';
import { isHeadless, servicesOf } from './service';
import type { Workload } from './workload';
import { Nature } from './workload';

/** Kinds that serve models and nothing else. */
const SERVING_KINDS: ReadonlySet<string> = new Set([
  'serving.kserve.io/InferenceService',
  'serving.kserve.io/LLMInferenceService',
  'machinelearning.seldon.io/SeldonDeployment',
  'leaderworkerset.x-k8s.io/LeaderWorkerSet',
]);

/** Images of servers of models. */
const SERVING_IMAGE =
  /(^|[/_-])(vllm(-openai)?|text-generation-inference|text-embeddings-inference|tgi|tei|tritonserver|torchserve|pytorch-serve|mlserver|sglang|ollama|llama\.cpp|llamacpp|llama-server|bentoml|lmdeploy|localai|tensorflow[/_-]serving|tf-serving|nim|xinference|lorax|sklearnserver|xgbserver|lgbserver|huggingfaceserver|djl-serving|djl-inference|infinity)([:@/_-]|$)/i;
/** Programs that serve models, by what starts them. */
const SERVING_PROGRAM =
  /(^|[\s/])(tritonserver|tensorflow_model_server|text-generation-launcher|text-embeddings-router|torchserve|llama-server|vllm serve|vllm\.entrypoints\S*|sglang\.launch_server|mlserver start|mlflow models serve|bentoml serve|ollama serve|seldon-core-microservice)(\s|$)/;
/** Words by which people name what serves a model. */
const SERVING_NAME =
  /(^|[-_.])(model|models|inference|infer|predict|predictor|prediction|llm|serving|scoring|embedding|embeddings|reranker|chatbot)([-_.]|$)/i;
/** Words by which they name what only stands beside: consoles, controllers, gateways, stores, tools, and what trains. */
const BESIDE =
  /(^|[-_.])(ui|web|webui|dashboard|frontend|controller|manager|operator|webhook|proxy|gateway|router|registry|exporter|monitor|monitoring|db|database|redis|postgres|postgresql|mysql|mongo|mongodb|minio|mlflow|epp|scheduler|cache|console|admin|docs|ingress|agent|benchmark|loadgen|load|test|tester|client|worker|consumer|producer|queue|sync|watcher|downloader|loader|puller|batch|trainer|training|train|metrics|grafana|prometheus|kafka|rabbitmq|nginx|envoy|sim|simulator|labeling|annotation|autoscaler|activator|knative)([-_.]|$)/i;
/** Labels that say what a pod is. */
const ROLE_LABELS = ['app', 'component', 'role', 'app.kubernetes.io/component'];
/** Variables of what reads a model from files; a client has the name of one. */
const MODEL_FILES = /^(\w+_)?MODEL_(PATH|DIR|FILE|STORE|STORE_PATH|BASE_PATH)$/;

/** Whether a workload serves a model: by its kind, its accelerators, its image, its command or its name. */
export function isModelServer(workload: Workload, inventory: Inventory): boolean {
  const { nature, resource } = workload;
  if (nature !== Nature.SERVER || resource.kind === 'Pod' || resource.kind === 'ReplicaSet') return false;
  if (SERVING_KINDS.has(`${resource.group}/${resource.kind}`)) return true;
  if (isWorkedIn(workload)) return false;
  const containers = workload.pods.flatMap((pod) => pod.containers);
  const doesAnswer = resource.group !== 'apps' || containers.some(answers) || isCalled(workload, inventory);
  if (workload.deviceCount > 0 && doesAnswer) return true;
  if (BESIDE.test(resource.name)) return false;
  if (containers.some(({ image }) => SERVING_IMAGE.test(image ?? ''))) return true;
  if (containers.some(({ words }) => SERVING_PROGRAM.test(words.join(' ')))) return true;
  return (doesAnswer || workload.deviceCount > 0) && looksLikeServer(workload, containers);
}

/** Whether the names around a workload say that it serves a model, and none that it stands beside. */
function looksLikeServer({ resource, pods }: Workload, containers: readonly Container[]): boolean {
  const labels = pods.flatMap((pod) => ROLE_LABELS.flatMap((key) => pod.labels[key] ?? []));
  const names = [resource.name, ...containers.map(({ image }) => repositoryOf(image ?? '')), ...labels];
  if (names.some((name) => BESIDE.test(name))) return false;
  return (
    names.some((name) => SERVING_NAME.test(name)) ||
    containers.some(({ env }) => env.some(({ name }) => MODEL_FILES.test(name)))
  );
}

/** Whether a container answers requests, as far as it says. */
function answers({ field }: Container): boolean {
  return field.at('ports').items.length > 0 || field.at('readinessProbe').exists || field.at('livenessProbe').exists;
}

/** Ports of shells, notebooks and boards, by which people work in a pod or look at it. */
const WORKED_AT: ReadonlySet<number | undefined> = new Set([22, 6006, 8888]);

/** Whether a Service sends requests to the pods of a workload. */
function isCalled({ pods }: Workload, inventory: Inventory): boolean {
  const services = pods.flatMap((pod) => servicesOf(pod, inventory)).filter((each) => !isHeadless(each));
  const ports = services.flatMap((each) => each.at('spec', 'ports').items);
  return ports.some((port) => {
    const numbers = [port.at('port').integer, port.at('targetPort').integer];
    return !/metrics/.test(port.at('name').text ?? '') && !numbers.some((number) => WORKED_AT.has(number));
  });
}

const NOTEBOOK = /jupyter|notebook|code-server|rstudio|vscode/i;
/** Commands of pods that wait for somebody to work in them. */
const WAITING = /(^|[\s;&])(sleep\s+(infinity|inf|\d+[dh]?)|tail\s+-[fF]n?\s*0?\s*\/dev\/null|while true)\s*($|[;&])/;

function isWorkedIn({ pods, resource }: Workload): boolean {
  const containers = pods.flatMap((pod) => pod.containers);
  const names = [resource.name, ...containers.map(({ image }) => image ?? '')];
  if (names.some((text) => NOTEBOOK.test(text))) return true;
  return containers.length > 0 && containers.every(({ words }) => WAITING.test(words.join(' ')));
}

function repositoryOf(image: string): string {
  return image.slice(image.lastIndexOf('/') + 1).split(/[:@]/)[0];
}

/**
 * The container of a server that answers: the one with accelerators, else the one with probes or ports, else the first.
 * Undefined where an operator decides who answers and how that is seen, as KubeRay does.
 */
export function answeringContainer(workload: Workload): Container | undefined {
  if (workload.resource.group === 'ray.io') return undefined;
  const containers = workload.roles[0]?.pod.containers ?? [];
  return (
    containers.find(({ devices }) => devices.length > 0) ??
    containers.find(({ field }) => field.at('readinessProbe').exists || field.at('livenessProbe').exists) ??
    containers.find(({ field }) => field.at('ports').items.length > 0) ??
    containers[0]
  );
}
