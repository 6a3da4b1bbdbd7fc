import { Chart, Duration, Size } from 'cdk8s';
import { Gpu, ModelServer, ModelSource, Replicas, Runtime, Scaling } from 'cdk8s-ml';
import type { Construct } from 'constructs';

/** Serves a language model with vLLM, two to eight replicas by the requests in flight. */
export class LlmServer extends Chart {
  constructor(scope: Construct, id: string) {
    super(scope, id, { namespace: 'ml-serving' });

    new ModelServer(this, 'chat', {
      runtime: Runtime.vllm({ maxModelLen: 8192 }),
      model: ModelSource.huggingFace('Qwen/Qwen2.5-7B-Instruct', {
        revision: 'a09a35458c702b33eeacc393d103063234e8bc28',
      }),
      gpu: Gpu.l40s(1),
      memory: Size.gibibytes(48),
      loadTime: Duration.minutes(4),
      replicas: Replicas.between(2, 8),
      scaling: Scaling.inFlightRequests(10),
    });
  }
}
