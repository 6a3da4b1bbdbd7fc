import type { Field } from '../../../inventory/field';
import type { Resource } from '../../../inventory/resource';
import type { Step, StepTemplate } from '../../../inventory/workflow-steps';
import { specOfWorkflow, stepTemplates } from '../../../inventory/workflow-steps';

/** Where the value of a parameter comes from. */
export enum Origin {
  /** From whoever submits the workflow or calls its templates. */
  GIVEN = 'given',
  /** From a step at work, or it is not known. */
  MADE = 'made',
  /** From the workflow itself, as it stands. */
  WRITTEN = 'written',
}

/** Calls that are followed upwards; longer chains are not known. */
const FARTHEST = 8;

const memo = new WeakMap<Resource, Origins>();

/** Where the value of a parameter of a template comes from, such as of `inputs.parameters.name`. */
export function originOf(parameter: string, template: string, resource: Resource): Origin {
  const name = /^inputs\.parameters\.(.+)$/.exec(parameter)?.[1];
  const spec = specOfWorkflow(resource);
  if (name === undefined || spec === undefined || resource.kind.endsWith('WorkflowTemplate')) return Origin.GIVEN;
  let origins = memo.get(resource);
  if (!origins) memo.set(resource, (origins = new Origins(spec, stepTemplates(resource))));
  return origins.ofInput(name, template, 0);
}

interface Call {
  readonly step: Step;
  readonly caller: string;
}

/** Where the inputs of the templates of one workflow come from, each found once. */
class Origins {
  private readonly known = new Map<string, Origin>();
  private readonly inputs = new Map<string, Field>();
  private readonly calls = new Map<string, Call[]>();

  constructor(
    private readonly spec: Field,
    templates: readonly StepTemplate[],
  ) {
    for (const { name: caller, field, steps } of templates) {
      this.inputs.set(caller, field.at('inputs', 'parameters'));
      for (const step of steps) {
        const called = step.field.at('template').text ?? '';
        const calls = this.calls.get(called);
        if (calls) calls.push({ step, caller });
        else this.calls.set(called, [{ step, caller }]);
      }
    }
  }

  public ofInput(name: string, template: string, depth: number): Origin {
    const key = `${template} ${name}`;
    const known = this.known.get(key);
    if (known !== undefined) return known;
    this.known.set(key, Origin.MADE); // for templates that call themselves
    const origin = this.findInput(name, template, depth);
    this.known.set(key, origin);
    return origin;
  }

  private findInput(name: string, template: string, depth: number): Origin {
    const isStart = [this.spec.at('entrypoint'), this.spec.at('onExit')].some(({ text }) => text === template);
    if (isStart && named(this.spec.at('arguments', 'parameters'), name) !== undefined) return Origin.GIVEN;
    const calls = this.calls.get(template) ?? [];
    if (depth > FARTHEST || (calls.length === 0 && !isStart)) return Origin.MADE;
    const own = this.inputs.get(template);
    const ownValue = own && named(own, name);
    return worst(
      calls.map(({ step, caller }) => {
        const value = named(step.field.at('arguments', 'parameters'), name) ?? ownValue;
        return value === undefined ? Origin.MADE : this.ofValue(value, step, caller, depth);
      }),
    );
  }

  /** Where a value of an argument comes from: what is pasted into it comes from elsewhere. */
  private ofValue(value: Field, { field }: Step, caller: string, depth: number): Origin {
    if (value.at('valueFrom').exists || !value.at('value').exists) return Origin.MADE;
    const text = String(value.at('value').value);
    if (text.includes('{{=')) return Origin.MADE;
    const pasted = [...text.matchAll(/\{\{([^{}]*)\}\}/g)].map(([, inner]) => inner.trim());
    return worst(
      pasted.map((inner) => {
        const input = /^inputs\.parameters\.(.+)$/.exec(inner)?.[1];
        if (input !== undefined) return this.ofInput(input, caller, depth + 1);
        if (inner.startsWith('workflow.parameters.')) return Origin.GIVEN;
        const isWritten = /^item(\.|$)/.test(inner) ? loopsOverText(field) : OF_WORKFLOW.test(inner);
        return isWritten ? Origin.WRITTEN : Origin.MADE;
      }),
    );
  }
}

/** What Argo says of a workflow, in letters that no shell minds. */
const OF_WORKFLOW = /^workflow\.(name|namespace|uid|status|serviceAccountName|creationTimestamp)/;

/** Whether the items of a loop stand in the step. */
function loopsOverText(step: Field): boolean {
  const items = step.at('withItems');
  return items.exists ? !JSON.stringify(items.value).includes('{{') : step.at('withSequence').exists;
}

function named(parameters: Field, name: string): Field | undefined {
  return parameters.items.find((each) => each.at('name').text === name);
}

function worst(origins: readonly Origin[]): Origin {
  return [Origin.GIVEN, Origin.MADE].find((each) => origins.includes(each)) ?? Origin.WRITTEN;
}
