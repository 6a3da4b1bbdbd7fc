import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import * as library from '../src';

// Every TypeScript block of a page compiles against the library. A page may leave out imports and what surrounds a fragment:
// this is what it then stands in.
const ROOT = join(__dirname, '..');
const PRELUDE = `
import { ApiObject, App, Chart, Cron, Duration, Include, JsonPatch, Size, Testing } from 'cdk8s';
import * as kplus from 'cdk8s-plus-28';
import { Cpu } from 'cdk8s-plus-28';
import * as ml from 'cdk8s-ml';
declare const chart: Chart;
declare const job: ml.GpuTrainingJob;
declare const rest: ml.GpuTrainingJobProps;
`;

interface Snippet {
  readonly title: string;
  readonly file: string;
  readonly source: string;
}

function snippets(): Snippet[] {
  const pages = ['README.md', ...readdirSync(join(ROOT, 'docs')).map((name) => `docs/${name}`)].filter((name) =>
    name.endsWith('.md'),
  );
  return pages.flatMap((page) => {
    const blocks = [...readFileSync(join(ROOT, page), 'utf8').matchAll(/^```ts\n([^]*?)^```$/gm)];
    return blocks.map(([, source], i) => ({
      title: `${page} block ${i + 1}`,
      file: join(ROOT, 'test', `${page.replace(/\W/g, '-')}-${i}.ts`),
      source: complete(source),
    }));
  });
}

function complete(source: string): string {
  if (/^import /m.test(source)) return source;
  const named = readFileSync(join(ROOT, 'src', 'index.ts'), 'utf8').matchAll(/\b([A-Z]\w+)\b/g);
  const exported = [...Object.keys(library), ...[...named].map(([, name]) => name)];
  const used = [...new Set(exported)].filter(
    (name) => new RegExp(`\\b${name}\\b`).test(source) && !PRELUDE.includes(`, ${name}`),
  );
  return `${PRELUDE}\nimport { ${used.join(', ')} } from 'cdk8s-ml';\n${source}`;
}

function errorsOf(all: readonly Snippet[]): Map<string, string[]> {
  const { config } = ts.readConfigFile(join(ROOT, 'tsconfig.json'), (file) => ts.sys.readFile(file)) as {
    config: { compilerOptions: object };
  };
  const { options } = ts.convertCompilerOptionsFromJson(
    { ...config.compilerOptions, noUnusedLocals: false, isolatedModules: false },
    ROOT,
  );
  const host = ts.createCompilerHost(options);
  const texts = new Map(all.map(({ file, source }) => [file, source]));
  const { readFile, fileExists, getSourceFile } = host;
  host.readFile = (file) => texts.get(file) ?? readFile.call(host, file);
  host.fileExists = (file) => texts.has(file) || fileExists.call(host, file);
  host.getSourceFile = (file, version, ...others) => {
    const text = texts.get(file);
    return text === undefined
      ? getSourceFile.call(host, file, version, ...others)
      : ts.createSourceFile(file, text, version);
  };
  const program = ts.createProgram([...texts.keys()], options, host);
  const errors = new Map<string, string[]>(all.map(({ file }) => [file, []]));
  for (const [file, found] of errors) {
    const source = program.getSourceFile(file)!;
    for (const { messageText } of [
      ...program.getSyntacticDiagnostics(source),
      ...program.getSemanticDiagnostics(source),
    ]) {
      found.push(ts.flattenDiagnosticMessageText(messageText, '\n'));
    }
  }
  return errors;
}

describe('the code of the pages', () => {
  const all = snippets();
  const errors = errorsOf(all);

  test('is found', () => {
    expect(all.length).toBeGreaterThanOrEqual(3);
  });

  test.each(all)('compiles: $title', ({ file }) => {
    expect(errors.get(file)).toEqual([]);
  });
});
