import { Chart, Duration, Size } from 'cdk8s';
import { Env, ModelServer, Replicas, Runtime, Scaling } from 'cdk8s-ml';
import { Cpu } from 'cdk8s-plus-28';
import type { Construct } from 'constructs';

/** Serves a small classifier on CPUs, two to ten replicas by their load. */
export class SentimentServer extends Chart {
  constructor(scope: Construct, id: string) {
    super(scope, id, { namespace: 'ml-serving' });

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
      env: { HUGGINGFACE_HUB_CACHE: Env.value('/cache/huggingface') },
      cpu: Cpu.units(2),
      memory: Size.gibibytes(4),
      loadTime: Duration.minutes(1),
      replicas: Replicas.between(2, 10),
      scaling: Scaling.cpuUtilization(70),
    });
  }
}
