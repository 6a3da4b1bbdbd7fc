import type { Container } from '../../../inventory/container';

/** Images that people work in. */
const WORKSHOP = /(jupyter|code-server|codeserver|rstudio|(^|\/)[^/]*notebook[^/]*$|(^|\/)vscode)/i;

/** What shows that a container waits for somebody, and the key where it stands. */
export interface WaitingSign {
  readonly key: string;
  readonly shown: string;
}

/** What shows that a container waits: a command that never ends and does nothing, or an image that people work in. */
export function waitingSign({ words, command, args, image, pod }: Container): WaitingSign | undefined {
  const restarts = (pod.at('restartPolicy').text ?? 'Always') === 'Always';
  const key = args.length > 0 ? 'args' : 'command';
  const script = commandsOf([...command, ...args].join(' '));
  if (FOR_EVER.test(script) || (restarts && sleepsAtEnd(script))) {
    const inBackground = /[^&>]&(?![&>])/.test(script);
    return inBackground ? undefined : { key, shown: /sleep/.test(script) ? 'sleep' : 'tail -f /dev/null' };
  }
  const tool = words.find((word) =>
    /^(\S*\/)?(jupyter(-lab|-notebook|lab)?|code-server|start-notebook\.(sh|py))$/.test(word),
  );
  if (tool !== undefined) return { key, shown: tool };
  return words.length === 0 && image !== undefined && WORKSHOP.test(withoutTag(image))
    ? { key: 'image', shown: image }
    : undefined;
}

/** A command that never ends: of a loop, one whose body says something at most before it sleeps. */
const FOR_EVER =
  /\b(sleep (infinity|inf)\b|tail -[fF] \/dev\/null|while (true|:|1|\[\[? 1 \]\]?); do ((echo|date|nvidia-smi)[^;]*; )*sleep )/;
/** A sleep at the end of a script that is longer than a pause. */
const LEAST_SLEEP = 300;
const SECONDS: { readonly [unit: string]: number } = { s: 1, m: 60, h: 3600, d: 86400 };
const LONGEST_SCRIPT = 65536;

/** The commands of a script, joined by semicolons; a sleep in the background that is waited for is one in front. */
function commandsOf(script: string): string {
  return script
    .slice(0, LONGEST_SCRIPT)
    .replace(/[^\S\n]+/g, ' ')
    .replace(/ ?[;\n][\s;]*/g, '; ')
    .replaceAll('do; ', 'do ')
    .replace(/\b(sleep infinity) ?& ?(?:; )?wait\b/g, '$1');
}

/** Whether the last command does nothing for long; where the container then starts again, it does nothing for ever. */
function sleepsAtEnd(script: string): boolean {
  const [, count, unit] = /(?:^|[;&|]\s*|c )sleep (\d{1,9})([smhd])?[;\s]*$/.exec(script) ?? [];
  return Number(count ?? 0) * SECONDS[unit ?? 's'] >= LEAST_SLEEP;
}

function withoutTag(image: string): string {
  return image.replace(/[:@][^/]*$/, '');
}
