import { Chart, Duration, Size } from 'cdk8s';
import { Env, Gpu, GpuNodePool, ModelServer, ModelSource, Replicas, Runtime, Scaling } from 'cdk8s-ml';
import { Cpu } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';

const labels = { team: 'search', 'cost-center': 'ml-products' };

/** What the search team serves: a chat model on GPUs and a classifier on CPUs. */
export class MlServing extends Chart {
  constructor(scope: Construct, id: string) {
    super(scope, id, { namespace: 'ml-serving' });

    new ModelServer(this, 'chat', {
      runtime: Runtime.vllm({ maxModelLen: 8192 }),
      model: ModelSource.huggingFace('Qwen/Qwen2.5-7B-Instruct', {
        revision: 'a09a35458c702b33eeacc393d103063234e8bc28',
      }),
      labels,
      pool: GpuNodePool.fromProfile(this, 'l40s'),
      gpu: Gpu.l40s(1),
      priorityClassName: 'ml-serving-prod',
      loadTime: Duration.minutes(4),
      replicas: Replicas.between(2, 8),
      scaling: Scaling.inFlightRequests(10),
    });

    new ModelServer(this, 'sentiment', {
      runtime: Runtime.custom({
        image: 'ghcr.io/huggingface/text-embeddings-inference:cpu-1.8',
        args: [
          '--model-id=distilbert/distilbert-base-uncased-finetuned-sst-2-english',
          '--revision=714eb0fa89d2f80546fda750413ed43d93601a13',
          '--port=8080',
        ],
        port: 8080,
        healthPath: '/health',
      }),
      labels,
      env: { HUGGINGFACE_HUB_CACHE: Env.value('/cache/huggingface') },
      cpu: Cpu.units(2),
      memory: Size.gibibytes(4),
      priorityClassName: 'ml-serving-prod',
      loadTime: Duration.minutes(1),
      replicas: Replicas.between(2, 10),
      scaling: Scaling.cpuUtilization(70),
    });
  }
}
