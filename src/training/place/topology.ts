import { labelKeyProblem } from '../../core/names';
import { checkArgument, text } from '../../core/shape';

/** How binding a wish for nearness is. */
export type TopologyMode = 'required' | 'preferred' | 'unconstrained';

/**
 * How near to each other the nodes of a gang must be.
 *
 * A level is a name of the profile's `topologyLevels`, such as `zone` or `rack`, or the node label itself, such as `example.com/rack`.
 *
 * @see https://kueue.sigs.k8s.io/docs/concepts/topology_aware_scheduling/
 */
export class Topology {
  /** All pods in one domain of the level: in one rack. The run waits until one has room. */
  public static required(level: string): Topology {
    return new Topology('required', checkedLevel(level));
  }

  /** All pods in one domain of the level where one has room, and else as near as they get. */
  public static preferred(level: string): Topology {
    return new Topology('preferred', checkedLevel(level));
  }

  /** Any nodes, of different zones too. */
  public static unconstrained(): Topology {
    return new Topology('unconstrained');
  }

  private constructor(
    /** @internal */
    public readonly _mode: TopologyMode,
    /** @internal */
    public readonly _level?: string,
  ) {}
}

function checkedLevel(level: string): string {
  const fix = "Take a level of the profile, such as 'zone' or 'rack', or a node label.";
  return checkArgument('level', level, text({ max: 317, grammar: labelKeyProblem, fix }));
}
