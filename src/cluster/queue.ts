import { dnsSubdomainProblem } from '../core/names';
import { checkArgument, text } from '../core/shape';

/**
 * A Kueue LocalQueue in the namespace of the workload, by name.
 *
 * CLU002 when the profile lists queues and this is none of them.
 *
 * @see https://kueue.sigs.k8s.io/docs/concepts/local_queue/
 */
export class Queue {
  /** The LocalQueue of that name. */
  public static named(queueName: string): Queue {
    checkArgument(
      'queueName',
      queueName,
      text({ max: 63, grammar: (name) => dnsSubdomainProblem(name, 63), fix: 'Take the name of a LocalQueue.' }),
    );
    return new Queue(queueName);
  }

  private constructor(
    /** Name of the LocalQueue. */
    public readonly queueName: string,
  ) {}
}
