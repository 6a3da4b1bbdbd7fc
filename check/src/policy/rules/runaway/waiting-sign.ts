import type { Container } from '../../../inventory/container';

/** Images that people work in. */
const WORKSHOP = /(jupyter|code-server|codeserver|rstudio|(^|\/)[^/]*notebook[^/]*$|(^|\/)vscode)/i;

/** What shows that a container waits for somebody, and the key where it stands. */
export interface WaitingSign {
  readonly key: string;
  readonly shown: string;
}

/** What shows that a container waits: a command that never ends and does nothing, or an image that people work in. */
export function waitingSign({ words, command, args, image }: Container): WaitingSign | undefined {
  const key = args.length > 0 ? 'args' : 'command';
  const script = [...command, ...args].join(' ').slice(0, 65536);
  if (/\b(sleep (infinity|inf)\b|tail -f \/dev\/null|while (true|:) ?; ?do sleep )/.test(script)) {
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

function withoutTag(image: string): string {
  return image.replace(/[:@][^/]*$/, '');
}
