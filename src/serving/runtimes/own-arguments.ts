import type { Problem } from '../../core/diagnostics';
import { show } from '../../core/diagnostics';
import { OWN_ARGUMENT } from '../diagnostics';

/** Arguments of the user that the runtime sets itself; `owners` says which prop each of them belongs to. */
export function ownArgumentProblems(
  args: readonly string[],
  owners: { readonly [flag: string]: string | undefined },
): Problem[] {
  return args.flatMap((arg, i) => {
    // vLLM takes --served_model_name as well.
    const flag = arg.split('=')[0].replaceAll('_', '-');
    const owner = Object.hasOwn(owners, flag) ? owners[flag] : undefined;
    if (owner === undefined) return [];
    const property = `runtime.args[${i}]`;
    const message = `${property} is ${show(arg)}, and the runtime writes ${flag} itself.`;
    return [{ rule: OWN_ARGUMENT, property, value: show(arg), message, fix: `Remove it, and set ${owner}.` }];
  });
}
