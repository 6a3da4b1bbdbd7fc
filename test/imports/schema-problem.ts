import type { ErrorObject } from 'ajv';
import type { Span } from './kubernetes';
import { fieldVersions } from './kubernetes';

/** Where and what is wrong, in one line: `spec.template.spec.containers[0].imagePullPolicy: is "never", must be ...`. */
export function problem(error: ErrorObject, manifest: unknown): string {
  const { title } = error.parentSchema as { title?: string };
  const path = readable(error.instancePath, manifest);
  const at = (field = ''): string => `${path}${field && step(field)}`.replace(/^\./, '');
  switch (error.keyword) {
    case 'additionalProperties': {
      const field = error.params.additionalProperty as string;
      return `${at(field)}: unknown field${title ? ` of ${title}` : ''}${otherVersions(fieldVersions.fields[`${title}.${field}`])}`;
    }
    case 'required':
      return `${at(error.params.missingProperty)}: required`;
    case 'enum':
      return `${at()}: is ${JSON.stringify(error.data)}, must be one of ${error.params.allowedValues.join(', ')}`;
    default:
      return `${at()}: is ${JSON.stringify(error.data)}, ${error.message}`;
  }
}

/** Says that some other version of Kubernetes has it, if one has. */
export function otherVersions(span: Span | undefined): string {
  if (!span) return '';
  const bounds = [span.since && `from ${span.since}`, span.until && `up to ${span.until}`].filter(Boolean);
  return ` in this version of Kubernetes; it exists ${bounds.join(' ')}`;
}

/** A JSON pointer as one writes it in code: `.spec.containers[0].limits["nvidia.com/gpu"]`. */
function readable(pointer: string, manifest: unknown): string {
  let value = manifest as { [key: string]: unknown };
  let path = '';
  for (const encoded of pointer.split('/').slice(1)) {
    const key = encoded.replaceAll('~1', '/').replaceAll('~0', '~');
    path += Array.isArray(value) ? `[${key}]` : step(key);
    value = value[key] as typeof value;
  }
  return path;
}

function step(key: string): string {
  return /^[A-Za-z_$][\w$-]*$/.test(key) ? `.${key}` : `[${JSON.stringify(key)}]`;
}
