import type { Inventory } from './inventory';
import { isModelServer } from './model-server';
import type { Workload } from './workload';
import { Nature } from './workload';

/** Kinds that are there for machine learning alone. */
const ML_GROUPS: ReadonlySet<string> = new Set([
  'kubeflow.org',
  'trainer.kubeflow.org',
  'serving.kserve.io',
  'machinelearning.seldon.io',
  'ray.io',
]);
const TRAINING =
  /(^|[-_.])(train|trainer|training|retrain|retrainer|finetune|finetuning|fine-tune|pretrain|pretraining|sft|lora|hpo|sweep)([-_.]|$)/i;

/** Whether a workload trains or serves models: by its accelerators, its kind, its image or its name. */
export function isMlWorkload(workload: Workload, inventory: Inventory): boolean {
  const { nature, resource, deviceCount, pods } = workload;
  if (nature === Nature.AGENT || nature === Nature.TEMPLATE) return false;
  if (deviceCount > 0 || ML_GROUPS.has(resource.group) || isModelServer(workload, inventory)) return true;
  if (nature !== Nature.RUN) return false;
  const images = pods.flatMap((pod) => pod.containers.map(({ image }) => image ?? ''));
  return [resource.name, ...images.map((image) => image.slice(image.lastIndexOf('/') + 1).split(/[:@]/)[0])].some(
    (name) => TRAINING.test(name),
  );
}
