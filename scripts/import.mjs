/**
 * Writes the types of imports/ from the schemas kept beside them, offline and always the same.
 *
 *   npm run import              write
 *   npm run import:check        write nothing; fail when a file is not what would be written
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compile } from 'json-schema-to-typescript';

const GVK = 'x-kubernetes-group-version-kind';
const OPENAPI = 'imports/openapi/kubernetes-1.35.json';
const BANNER = `// Types of Kubernetes, written by \`npm run import\` from ${OPENAPI}. Do not edit.\n`;
const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');

writeFileSync(join(ROOT, 'imports/k8s.ts'), await kubernetesTypes());

/** Every definition as an interface or alias of its own name, sorted, and the union of the kinds. */
async function kubernetesTypes() {
  const text = readFileSync(join(ROOT, OPENAPI), 'utf8');
  const definitions = JSON.parse(text.replaceAll('#/components/schemas/', '#/definitions/')).components.schemas;
  for (const schema of Object.values(definitions)) {
    nameTheKind(schema);
    // An object of which nothing is said holds anything; all the others are closed.
    if (schema.type === 'object' && !schema.properties) schema.additionalProperties ??= true;
  }
  const kinds = Object.keys(definitions).filter((name) => definitions[name][GVK]);
  const root = { oneOf: kinds.map((kind) => ({ $ref: `#/definitions/${kind}` })), definitions };
  const types = await compile(root, 'KubernetesObject', {
    additionalProperties: false,
    bannerComment: '',
    style: { singleQuote: true, printWidth: 120, objectWrap: 'collapse' },
    unreachableDefinitions: true,
  });
  const declarations = types.split(/^(?=export )/m).filter((declaration) => declaration.trim());
  const named = new Map(declarations.map((text) => [text.match(/^export (?:interface|type) (\w+)/)[1], text.trim()]));
  const lost = Object.keys(definitions).filter((name) => !named.has(name));
  if (lost.length > 0) throw new Error(`definitions without a type of their name: ${lost.join(', ')}`);
  return [BANNER, ...[...named.keys()].sort().map((name) => `${named.get(name)}\n`)].join('\n');
}

/** Narrows `apiVersion` and `kind` to what the kind is called. */
function nameTheKind(schema) {
  const kind = schema[GVK]?.[0];
  if (!kind) return;
  schema.properties.apiVersion.enum = [kind.group ? `${kind.group}/${kind.version}` : kind.version];
  schema.properties.kind.enum = [kind.kind];
}
