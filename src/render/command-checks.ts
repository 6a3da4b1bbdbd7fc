import type { Problem, Rule } from '../core/diagnostics';
import { show } from '../core/diagnostics';
import { SHELL_IN_EXEC, UNEXPANDED_VARIABLE } from '../kinds/diagnostics';
import type { ContainerDescription } from './pod-description';
import { showUnlessSecret } from './secret-checks';

const SHELLS = /(^|\/)(ba|da|z|k|a)?sh$/;
const OPERATORS = ['&&', '||', '|', ';', '>', '>>', '<', '2>&1', '&'];
const REFERENCE = /\$\$|\$\(([-._a-zA-Z][-._a-zA-Z0-9]*)\)/g;
const SHELL_VARIABLE = /(^|[^$])\$(\{[A-Za-z_]\w*\}|[A-Za-z_]\w*)/;
const LONGEST_SCANNED = 64 * 1024;

/** What reaches the program as text although it looks meant for Kubernetes or a shell. */
export function commandProblems(
  place: string,
  container: ContainerDescription,
  injected: readonly string[],
): Problem[] {
  const { command = [], args = [], env } = container;
  const usesShell = SHELLS.test(command[0] ?? '') || (command.length === 0 && SHELLS.test(args[0] ?? ''));
  const known = new Set([...env.map(({ name }) => name), ...injected]);
  const problems: Problem[] = [];
  const found = (rule: Rule, property: string, value: string, message: string, fix: string): void => {
    problems.push({
      rule,
      property: place + property,
      value: showUnlessSecret('', value),
      message: `${place}${property} ${message}`,
      fix,
    });
  };
  if (command.length === 1 && /\s/.test(command[0])) {
    found(
      SHELL_IN_EXEC,
      'command[0]',
      command[0],
      `is ${showUnlessSecret('', command[0])}, one program name with spaces.`,
      'Give one list item per argument.',
    );
  }
  for (const [property, text] of words(command, args)) {
    if (!usesShell && OPERATORS.includes(text)) {
      found(
        SHELL_IN_EXEC,
        property,
        text,
        `is ${show(text)}, and there is no shell to act on it.`,
        "Start the command with 'sh', '-c', and give it one script.",
      );
    }
    for (const name of undefinedReferences(text, known)) {
      found(
        UNEXPANDED_VARIABLE,
        property,
        text,
        `refers to $(${name}), which env does not set.`,
        `Set env.${name}, or write $$(${name}) to keep the text.`,
      );
    }
    if (!usesShell && SHELL_VARIABLE.test(text.slice(0, LONGEST_SCANNED))) {
      found(
        UNEXPANDED_VARIABLE,
        property,
        text,
        `is ${showUnlessSecret('', text)}, and there is no shell to replace the variable.`,
        'Write $(NAME) for a variable of env.',
      );
    }
  }
  return [...problems, ...environmentProblems(place, container)];
}

function environmentProblems(place: string, { env }: ContainerDescription): Problem[] {
  const earlier = new Set<string>();
  return env.flatMap(({ name, value = '' }) => {
    const property = `${place}env.${name}`;
    const problem = (message: string, fix: string): Problem => ({
      rule: UNEXPANDED_VARIABLE,
      property,
      value: showUnlessSecret(name, value),
      message: `${property} ${message}`,
      fix,
    });
    const problems = undefinedReferences(value, earlier).map((missing) =>
      problem(
        `refers to $(${missing}), which no variable before it sets.`,
        `Set env.${missing} before it, or write $$(${missing}) to keep the text.`,
      ),
    );
    earlier.add(name);
    if (SHELL_VARIABLE.test(value.slice(0, LONGEST_SCANNED))) {
      problems.push(
        problem(
          'contains a shell variable, which nothing replaces.',
          'Write $(NAME) for a variable that stands before it, or use Env.literal(...) to keep the text.',
        ),
      );
    }
    return problems;
  });
}

function words(command: readonly string[], args: readonly string[]): [string, string][] {
  return [
    ...command.map((text, i): [string, string] => [`command[${i}]`, text]),
    ...args.map((text, i): [string, string] => [`args[${i}]`, text]),
  ];
}

function undefinedReferences(text: string, known: ReadonlySet<string>): string[] {
  return [...text.slice(0, LONGEST_SCANNED).matchAll(REFERENCE)].flatMap(([, name]) =>
    name === undefined || known.has(name) ? [] : [name],
  );
}
