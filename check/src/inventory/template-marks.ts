/** A mark of a template engine in a text. */
export interface TemplateMark {
  /** Line from 0. */
  readonly line: number;
  readonly message: string;
}

// Actions of Helm and other Go templates. Argo (`{{inputs.parameters.x}}`) and Prometheus (`{{ $labels.x }}`) use braces too.
const HELM =
  /\{\{-?\s*(?:\.Values|\.Release|\.Chart|\.Capabilities|\.Files|\.Template|include\b|template\b|range\b|if\b|else\b|end\b|with\b|define\b|toYaml\b|required\b|default\b|printf\b|tpl\b|fromYaml\b|lookup\b|-?\s*\/\*|\$\.Values)/;
const JINJA = /^[^\S\n]*\{%-?\s*\w+/m;

/** The first mark of a template engine that was not run over a text. */
export function templateMark(text: string): TemplateMark | undefined {
  if (!text.includes('{{') && !text.includes('{%')) return undefined;
  const found = HELM.exec(text) ?? JINJA.exec(text);
  if (!found) return undefined;
  const line = text.slice(0, found.index).split('\n').length - 1;
  return { line, message: `is a template that was not expanded: it has ${found[0].trim()}` };
}

const VARIABLE = /\$\{[A-Za-z_][\w.-]*(?::?[-=+?][^}]*)?\}|^\$[A-Z_][A-Z0-9_]*$/;
const PLACEHOLDER = /^<[A-Za-z][\w .:/-]*>$|<[A-Z][A-Z0-9_-]+>|^\{\{.*\}\}$/;

/** What a text in a place that takes no templates shows to be left to fill in; undefined when it is whole. */
export function placeholderIn(text: string): string | undefined {
  const found = VARIABLE.exec(text) ?? PLACEHOLDER.exec(text);
  return found?.[0];
}
