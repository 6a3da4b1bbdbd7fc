/**
 * Whether a text fits a pattern: `*` stands for any characters but a slash, `**` for any characters, with a slash behind
 * it for folders or none, `?` for one character. Linear in the text for a given pattern, whatever either holds.
 */
export function fitsGlob(pattern: string, text: string): boolean {
  const tokens = pattern.match(/\*\*\/?|\*|[^]/gu) ?? [];
  let reached = withSkipped(tokens, new Set([0]));
  for (const character of text) {
    const next = new Set<number>();
    for (const at of reached) for (const to of steps(tokens, at, character)) next.add(to);
    reached = withSkipped(tokens, next);
    if (reached.size === 0) return false;
  }
  return reached.has(tokens.length);
}

/** A place half behind that of folders, which only a slash leaves. */
const INSIDE = 0.5;

function steps(tokens: readonly string[], at: number, character: string): number[] {
  const token = tokens[Math.floor(at)];
  if (token === '**/') return [Math.floor(at) + INSIDE, ...(character === '/' ? [Math.floor(at) + 1] : [])];
  if (token === '**' || (token === '*' && character !== '/')) return [at];
  return token === character || (token === '?' && character !== '/') ? [at + 1] : [];
}

/** With the places behind stars, which may stand for nothing. */
function withSkipped(tokens: readonly string[], places: Set<number>): Set<number> {
  for (const at of places) if (tokens[at]?.startsWith('*')) places.add(at + 1);
  return places;
}
