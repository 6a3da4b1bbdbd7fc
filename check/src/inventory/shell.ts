import type { Container } from './container';

const SHELL = /(^|\/)(ba|da|z|k|a)?sh$/;
const LAUNCHER = /(^|\/)(bash|sh|tini|dumb-init|env|conda|exec|nsenter|su|sudo|gosu|srun|ssh)$/;

/** Whether a shell may read what a container is given: it says so, or its image decides. */
export function runsShell({ field, command }: Container): boolean {
  if (field.at('source').exists) return true;
  if (command.length === 0) return true;
  return SHELL.test(command[0]) || LAUNCHER.test(command[0]) || command.some((word) => SHELL.test(word));
}
