import type { CustomRuntimeOptions } from './runtimes/custom';
import { custom } from './runtimes/custom';
import type { Engine } from './runtimes/engine';
import type { TritonOptions } from './runtimes/triton';
import { triton } from './runtimes/triton';
import type { VllmOptions } from './runtimes/vllm';
import { vllm } from './runtimes/vllm';

/** The program that loads a model and answers requests. */
export class Runtime {
  /**
   * vLLM, for large language models, with the interface of OpenAI.
   *
   * It is told the model, its revision, how many GPUs share it, and how long requests may take when it has to stop. It needs
   * `model` (SRV017) and NVIDIA GPUs, unless its image says otherwise (SRV018).
   */
  public static vllm(options: VllmOptions = {}): Runtime {
    return new Runtime('vllm', vllm(options));
  }

  /**
   * NVIDIA Triton, for a repository of models of any kind, over HTTP on port 8000 and gRPC on port 8001.
   *
   * It needs `model` to be a directory (SRV017).
   */
  public static triton(options: TritonOptions): Runtime {
    return new Runtime('triton', triton(options));
  }

  /** A program of your own. It must end on SIGTERM once the requests at hand are answered. */
  public static custom(options: CustomRuntimeOptions): Runtime {
    return new Runtime('custom', custom(options));
  }

  private constructor(
    /** `vllm`, `triton` or `custom`. */
    public readonly kind: string,
    /** @internal */
    public readonly _engine: Engine,
  ) {}

  /** Image of the container. */
  public get image(): string {
    return this._engine.image;
  }

  /** Port on which the program speaks HTTP. */
  public get port(): number {
    return this._engine.port;
  }

  /** Path of the metrics; undefined when there are none. */
  public get metricsPath(): string | undefined {
    return this._engine.metricsPath;
  }

  /** Port of the metrics. */
  public get metricsPort(): number {
    return this._engine.metricsPort;
  }
}
