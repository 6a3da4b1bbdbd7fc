/**
 * Writes the types of imports/ from the schemas kept beside them: offline, and always the same.
 *
 *   npm run import              write
 *   npm run import:check        write nothing; fail when a file is not what would be written
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { compile } from 'json-schema-to-typescript';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const IMPORTS = join(ROOT, 'imports');
const OPENAPI = 'imports/openapi/kubernetes-1.35.json';
const BANNER = `// Types of Kubernetes, written by \`npm run import\` from ${OPENAPI}. Do not edit.\n`;
const GVK = 'x-kubernetes-group-version-kind';

const fresh = new Map([['k8s.ts', await kubernetesTypes()], ...customResourceTypes()]);
const present = readdirSync(IMPORTS).filter((file) => file.endsWith('.ts'));
const changed = [...fresh].filter(([file, text]) => text !== read(join(IMPORTS, file))).map(([file]) => file);
const orphaned = present.filter((file) => !fresh.has(file));

if (process.argv.includes('--check')) {
  for (const file of changed) console.error(`imports/${file} is out of date. Fix: npm run import`);
  for (const file of orphaned)
    console.error(`imports/${file} comes from no schema. Fix: npm run import, which removes it`);
  process.exitCode = changed.length + orphaned.length > 0 ? 1 : 0;
} else {
  for (const file of changed) writeFileSync(join(IMPORTS, file), fresh.get(file));
  for (const file of orphaned) rmSync(join(IMPORTS, file));
}

function read(file) {
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined;
}

/** What `cdk8s import` makes of the schemas that cdk8s.yaml lists: file -> text. */
function customResourceTypes() {
  const cdk8s = join(dirname(createRequire(import.meta.url).resolve('cdk8s-cli/package.json')), 'bin', 'cdk8s');
  const output = mkdtempSync(join(tmpdir(), 'cdk8s-ml-import-'));
  // Asking for upgrades is asking the network.
  const options = ['--language', 'typescript', '--output', output, '--no-save', '--no-check-upgrade'];
  try {
    execFileSync(process.execPath, [cdk8s, 'import', ...options], { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] });
    return readdirSync(output).map((file) => [file, readFileSync(join(output, file), 'utf8')]);
  } finally {
    rmSync(output, { recursive: true });
  }
}

/** Every definition as an interface or alias of its own name, sorted, and the union of the kinds. */
async function kubernetesTypes() {
  const text = readFileSync(join(ROOT, OPENAPI), 'utf8');
  const definitions = JSON.parse(text.replaceAll('#/components/schemas/', '#/definitions/')).components.schemas;
  for (const schema of Object.values(definitions)) {
    nameTheKind(schema);
    if (schema['x-kubernetes-preserve-unknown-fields']) schema.additionalProperties = true;
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
