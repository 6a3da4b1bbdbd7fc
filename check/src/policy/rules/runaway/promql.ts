/** Words of PromQL that are no names of series. */
const KEYWORDS: ReadonlySet<string> = new Set([
  'and',
  'or',
  'unless',
  'offset',
  'bool',
  'inf',
  'nan',
  'start',
  'end',
  'atan2',
]);
const LONGEST = 20_000;

/** Names of the series in an expression of PromQL, in lower case. */
export function seriesIn(expression: string): string[] {
  const plain = expression
    .slice(0, LONGEST)
    .replace(/#[^\n]*/g, ' ')
    .replace(/"[^"]*"|'[^']*'|`[^`]*`/g, ' ')
    .replace(/\{[^{}]*\}|\[[^[\]]*\]/g, ' ')
    .replace(/\b(by|without|on|ignoring|group_left|group_right)\s*\([^()]*\)/gi, ' ')
    .replace(/\b(by|without|on|ignoring|group_left|group_right)\b/gi, ' ');
  const names = plain.matchAll(/(?<![\w:.$])([a-zA-Z_:][\w:]*)\b(?!\s*\()/g);
  return [...names].map(([name]) => name.toLowerCase()).filter((name) => !KEYWORDS.has(name));
}
