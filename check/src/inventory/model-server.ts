import type { Container } from './container';
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
  /(^|[/_-])(vllm(-openai)?|text-generation-inference|text-embeddings-inference|tgi|tei|tritonserver|torchserve|pytorch-serve|mlserver|sglang|ollama|llama\.cpp|llamacpp|llama-server|bentoml|lmdeploy|localai|tensorflow[/_-]serving|serving(?=:)|tf-serving|nim|xinference|lorax|sklearnserver|xgbserver|lgbserver|huggingfaceserver|djl-serving|djl-inference|infinity)([:@/_-]|$)/i;
/** Words by which people name what serves a model. */
const SERVING_NAME =
  /(^|[-_.])(model|models|inference|infer|predict|predictor|prediction|llm|serving|scoring|embedding|embeddings|reranker|chatbot)([-_.]|$)/i;
/** Words by which they name what only stands beside: consoles, controllers, gateways, stores, jobs that watch. */
const BESIDE =
  /(^|[-_.])(ui|web|webui|dashboard|frontend|controller|manager|operator|webhook|proxy|gateway|router|registry|exporter|monitor|db|database|redis|postgres|mysql|minio|mlflow|epp|scheduler|cache|console|admin|docs|ingress|agent)([-_.]|$)/i;

/** Whether a workload serves a model: by its accelerators, its kind, its image or its name. */
export function isModelServer(workload: Workload): boolean {
  const { nature, resource } = workload;
  if (nature !== Nature.SERVER || resource.kind === 'Pod' || resource.kind === 'ReplicaSet') return false;
  if (SERVING_KINDS.has(`${resource.group}/${resource.kind}`)) return true;
  if (isNotebook(workload)) return false;
  if (workload.deviceCount > 0) return true;
  if (BESIDE.test(resource.name)) return false;
  const containers = workload.pods.flatMap((pod) => pod.containers);
  if (containers.some(({ image }) => SERVING_IMAGE.test(image ?? ''))) return true;
  const names = [resource.name, ...containers.map(({ image }) => repositoryOf(image ?? ''))];
  return names.some((name) => SERVING_NAME.test(name)) && !names.some((name) => BESIDE.test(name));
}

const NOTEBOOK = /jupyter|notebook|code-server|rstudio|vscode/i;

function isNotebook({ pods, resource }: Workload): boolean {
  return [resource.name, ...pods.flatMap((pod) => pod.containers.map(({ image }) => image ?? ''))].some((text) =>
    NOTEBOOK.test(text),
  );
}

function repositoryOf(image: string): string {
  return image.slice(image.lastIndexOf('/') + 1).split(/[:@]/)[0];
}

/** The container of a server that answers: the one with accelerators, else the one with probes or ports, else the first. */
export function answeringContainer(workload: Workload): Container | undefined {
  // Containers of Ray run at once, load models later, and get their probes from KubeRay.
  if (workload.resource.group === 'ray.io') return undefined;
  const containers = workload.roles[0]?.pod.containers ?? [];
  return (
    containers.find(({ devices }) => devices.length > 0) ??
    containers.find(({ field }) => field.at('readinessProbe').exists || field.at('livenessProbe').exists) ??
    containers.find(({ field }) => field.at('ports').items.length > 0) ??
    containers[0]
  );
}
