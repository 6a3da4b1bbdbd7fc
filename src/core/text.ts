/** A character that must not be in a manifest. */
export interface ForbiddenCharacter {
  /** Position in UTF-16 units. */
  readonly index: number;
  /** The code point as `U+200F`. */
  readonly codePoint: string;
}

// C0 without tab, line feed and carriage return, DEL, C1; line and paragraph separators, which YAML 1.1 reads as line
// breaks; direction marks, byte order mark, what stands for bytes that were no UTF-8, non-characters.
const FORBIDDEN =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff\ufffd-\uffff]/;
const SURROGATE = /[\ud800-\udfff]/;

// What manifests mostly hold; one look tells that nothing below can be in it.
const HARMLESS = /^[\n\x20-\x7e]*$/;

/** The first character of `text` that does not survive YAML or hides what a manifest says. Linear. */
export function forbiddenCharacter(text: string): ForbiddenCharacter | undefined {
  if (HARMLESS.test(text)) return undefined;
  const index = text.search(FORBIDDEN);
  const lone = SURROGATE.test(text) ? loneSurrogate(text) : -1;
  const first = index < 0 ? lone : lone < 0 ? index : Math.min(index, lone);
  return first < 0 ? undefined : { index: first, codePoint: codePointAt(text, first) };
}

/** `U+00E9` of the character at `index`. */
export function codePointAt(text: string, index: number): string {
  return `U+${text.codePointAt(index)!.toString(16).toUpperCase().padStart(4, '0')}`;
}

function loneSurrogate(text: string): number {
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit < 0xd800 || unit > 0xdfff) continue;
    const next = text.charCodeAt(i + 1);
    if (unit < 0xdc00 && next >= 0xdc00 && next <= 0xdfff) i++;
    else return i;
  }
  return -1;
}
