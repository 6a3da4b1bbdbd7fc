import type { Container } from './container';

const PARAMETERS = /(?:^|[-_/ ])(\d{1,4}(?:\.\d)?)b(?:$|[-_/. ])/i;
/** Longer texts are scripts and lists, in which such a number may stand for anything. */
const LONGEST = 300;

/** Billions of parameters of the model that a text names, such as 70 for `llama-3-70b`. */
export function parametersIn(text: string): number | undefined {
  const found = text.length < LONGEST ? PARAMETERS.exec(text)?.[1] : undefined;
  return found === undefined ? undefined : Number(found);
}

/** What the command and environment of a container say, each option and variable by itself. */
export function saidBy({ words, env }: Container): string[] {
  return [...words, ...env.flatMap(({ name, value }) => (value === undefined ? [] : [value, `${name}=${value}`]))];
}

/** Billions of parameters of the first model that a container names. */
export function parametersOf(container: Container): number | undefined {
  return saidBy(container)
    .map(parametersIn)
    .find((each) => each !== undefined);
}
