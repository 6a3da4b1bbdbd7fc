import type { Problem, Rule } from '../core/diagnostics';
import { SHELL_IN_EXEC, UNEXPANDED_VARIABLE } from '../kinds/diagnostics';
import type { ContainerDescription } from './pod-description';
import { showUnlessSecret } from './secret-checks';

/** One item of `command` or `args`, at its place. */
interface Word {
  readonly property: string;
  readonly text: string;
  /** Whether a shell stands before it, which acts on what Kubernetes does not. */
  readonly inShell: boolean;
}

const SHELL = /^([\w.-]*\/)*(ba|da|z|k|a)?sh$/;
const OPERATORS = ['&&', '||', '|', ';', '>', '>>', '<', '2>&1', '&'];
const QUOTED = /^(--?[\w.-]+=)?(["']).*\2$/s;
const REFERENCE = /\$\$|\$\(([-._a-zA-Z][-._a-zA-Z0-9]*)\)/g;
const SHELL_VARIABLE = /(^|[^$])\$(\{[A-Za-z_]\w*\}|[A-Za-z_]\w*)/;
const LONGEST_SCANNED = 64 * 1024;

/** What reaches the program as text although it looks meant for Kubernetes or a shell. */
export function commandProblems(
  place: string,
  container: ContainerDescription,
  injected: readonly string[],
): Problem[] {
  const known = new Set([...container.env.map(({ name }) => name), ...injected]);
  const words = wordsOf(place, container);
  return [
    ...lonelyCommandProblems(place, container),
    ...words.flatMap((word) => [
      ...(word.inShell ? [] : shellProblems(word)),
      ...referenceProblems(word, known),
      ...variableProblems(word),
    ]),
    ...environmentProblems(place, container),
  ];
}

function wordsOf(place: string, { command = [], args = [] }: ContainerDescription): Word[] {
  const texts = [...command, ...args];
  const shell = texts.findIndex((text) => SHELL.test(text));
  return texts.map((text, i) => ({
    property: place + (i < command.length ? `command[${i}]` : `args[${i - command.length}]`),
    text,
    inShell: shell >= 0 && i > shell,
  }));
}

function lonelyCommandProblems(place: string, { command = [] }: ContainerDescription): Problem[] {
  if (command.length !== 1 || !/\s/.test(command[0])) return [];
  const what = 'one program name with spaces';
  return [found(SHELL_IN_EXEC, `${place}command[0]`, command[0], what, 'Give one list item per argument.')];
}

function shellProblems({ property, text }: Word): Problem[] {
  if (OPERATORS.includes(text)) {
    const fix = "Start the command with 'sh', '-c', and give it one script.";
    return [found(SHELL_IN_EXEC, property, text, 'and there is no shell to act on it', fix)];
  }
  if (!QUOTED.test(text)) return [];
  return [found(SHELL_IN_EXEC, property, text, 'and the quotes reach the program', 'Leave the quotes out.')];
}

/** In a shell `$(name)` is a command as well; only what is written like a variable is then taken for one. */
function referenceProblems({ property, text, inShell }: Word, known: ReadonlySet<string>): Problem[] {
  const names = undefinedReferences(text, known).filter((name) => !inShell || /^[A-Z][A-Z0-9_]*$/.test(name));
  return names.map((name) => {
    const fix = `Set env.${name}, or write $$(${name}) to keep the text.`;
    return found(UNEXPANDED_VARIABLE, property, text, `and refers to $(${name}), which env does not set`, fix);
  });
}

function variableProblems({ property, text, inShell }: Word): Problem[] {
  if (inShell || !SHELL_VARIABLE.test(text.slice(0, LONGEST_SCANNED))) return [];
  const what = 'and there is no shell to replace the variable';
  return [found(UNEXPANDED_VARIABLE, property, text, what, 'Write $(NAME) for a variable of env.')];
}

function environmentProblems(place: string, { env }: ContainerDescription): Problem[] {
  const earlier = new Set<string>();
  return env.flatMap(({ name, value = '' }) => {
    const property = `${place}env.${name}`;
    const problems = undefinedReferences(value, earlier).map((missing) => {
      const fix = `Set env.${missing} before it, or write $$(${missing}) to keep the text.`;
      const what = `and refers to $(${missing}), which no variable before it sets`;
      return found(UNEXPANDED_VARIABLE, property, value, what, fix, name);
    });
    earlier.add(name);
    if (SHELL_VARIABLE.test(value.slice(0, LONGEST_SCANNED))) {
      const fix =
        'Write $(NAME) for a variable that stands before it, or use Env.literal(...) to keep the text in any case.';
      problems.push(found(UNEXPANDED_VARIABLE, property, value, 'and nothing replaces a shell variable', fix, name));
    }
    return problems;
  });
}

function found(rule: Rule, property: string, value: string, what: string, fix: string, name = ''): Problem {
  const shown = showUnlessSecret(name, value);
  return { rule, property, value: shown, message: `${property} is ${shown}, ${what}.`, fix };
}

function undefinedReferences(text: string, known: ReadonlySet<string>): string[] {
  return [...text.slice(0, LONGEST_SCANNED).matchAll(REFERENCE)].flatMap(([, name]) =>
    name === undefined || known.has(name) ? [] : [name],
  );
}
