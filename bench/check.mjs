// Time and memory of cdk8s-ml-check beside kubeconform and kube-score, on the same documents, in one run.
// Needs the go command the first time, to build the other two; /usr/bin/time tells the memory.
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, homedir, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const ROUNDS = Number(process.argv[2] ?? 3);
const SIZES = [100, 1000, 10_000];
const DOCUMENTS_PER_FILE = 50;
const OTHERS = {
  kubeconform: 'github.com/yannh/kubeconform/cmd/kubeconform@v0.8.0',
  'kube-score': 'github.com/zegl/kube-score/cmd/kube-score@v1.20.0',
};

/** The documents of the examples. */
function documents() {
  const examples = join(ROOT, 'examples');
  return readdirSync(examples, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.k8s.yaml'))
    .sort()
    .flatMap((file) => readFileSync(join(examples, file), 'utf8').split(/^---$/m))
    .filter((text) => text.trim() !== '');
}

/** A folder with so many documents, each of a name of its own. */
function corpus(within, size) {
  const all = documents();
  const folder = join(within, String(size));
  mkdirSync(folder);
  for (let from = 0; from < size; from += DOCUMENTS_PER_FILE) {
    const texts = [];
    for (let i = from; i < Math.min(size, from + DOCUMENTS_PER_FILE); i++) {
      texts.push(all[i % all.length].trim().replace(/^  name: (.*)$/m, `  name: $1-${i}`));
    }
    writeFileSync(join(folder, `${String(from).padStart(6, '0')}.yaml`), `${texts.join('\n---\n')}\n`);
  }
  return folder;
}

/** Schemas for kubeconform, which otherwise fetches its own. */
function schemas(within) {
  const folder = join(within, 'schemas');
  mkdirSync(folder);
  const openapi = join(ROOT, 'imports', 'openapi', 'kubernetes-1.35.json');
  writeFileSync(join(folder, 'all.json'), readFileSync(openapi));
  for (const [name, schema] of Object.entries(JSON.parse(readFileSync(openapi, 'utf8')).components.schemas)) {
    for (const { group, version } of schema['x-kubernetes-group-version-kind'] ?? []) {
      const suffix = [...(group === '' ? [] : [group.split('.')[0]]), version].join('-');
      const file = `${name.toLowerCase()}-${suffix}.json`;
      writeFileSync(join(folder, file), JSON.stringify({ $ref: `all.json#/components/schemas/${name}` }));
    }
  }
  return `${folder}/{{ .ResourceKind }}{{ .KindSuffix }}.json`;
}

function tool(name) {
  const bin = join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'cdk8s-ml', 'bench');
  const path = join(bin, name);
  if (!existsSync(path)) {
    console.error(`building ${OTHERS[name]}`);
    execFileSync('go', ['install', OTHERS[name]], { env: { ...process.env, GOBIN: bin }, stdio: 'inherit' });
  }
  return path;
}

/** Seconds and MiB of one run of a command. */
function measured(command, args) {
  const started = process.hrtime.bigint();
  const run = spawnSync('/usr/bin/time', ['-f', 'KIB %M', command, ...args], { maxBuffer: 1 << 30 });
  const seconds = Number(process.hrtime.bigint() - started) / 1e9;
  const kib = /KIB (\d+)\s*$/.exec(run.stderr.toString());
  if (!kib) throw new Error(`${command} did not run: ${run.stderr}`);
  return { seconds, mib: Number(kib[1]) / 1024, output: run.stdout.toString() };
}

const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];

const work = mkdtempSync(join(tmpdir(), 'bench-check-'));
try {
  const location = schemas(work);
  const files = (folder) => readdirSync(folder).map((file) => join(folder, file));
  const cli = join(ROOT, 'check', 'bin', 'cdk8s-ml-check.js');
  const commands = {
    'cdk8s-ml-check': (folder) => [process.execPath, [cli, folder, '--format', 'json', '--fail-on', 'none']],
    kubeconform: (folder) => [
      tool('kubeconform'),
      ['-strict', '-n', '2', '-ignore-missing-schemas', '-summary', '-schema-location', location, folder],
    ],
    'kube-score': (folder) => [tool('kube-score'), ['score', '--output-format', 'json', ...files(folder)]],
  };
  console.log(
    `Node ${process.version}, ${cpus()[0].model}, ${cpus().length} cores; medians of ${ROUNDS} runs, one tool after the other\n`,
  );
  const one = corpus(work, 1);
  const figures = new Map();
  for (const size of [1, ...SIZES]) {
    const folder = size === 1 ? one : corpus(work, size);
    const runs = Object.fromEntries(Object.keys(commands).map((name) => [name, []]));
    for (let round = 0; round < ROUNDS; round++) {
      for (const [name, command] of Object.entries(commands)) runs[name].push(measured(...command(folder)));
    }
    for (const [name, all] of Object.entries(runs)) {
      figures.set(`${name} ${size}`, {
        seconds: median(all.map((r) => r.seconds)),
        mib: median(all.map((r) => r.mib)),
      });
    }
  }
  const rows = Object.keys(commands).map((name) => {
    const at = (size) => figures.get(`${name} ${size}`);
    const perDocument = SIZES.map((size) => `${(((at(size).seconds - at(1).seconds) / size) * 1000).toFixed(3)} ms`);
    return [
      name,
      `${at(1).seconds.toFixed(2)} s`,
      ...perDocument,
      `${at(1).mib.toFixed(0)} / ${at(10_000).mib.toFixed(0)} MiB`,
    ];
  });
  const head = ['tool', 'start (1 document)', ...SIZES.map((size) => `per document of ${size}`), 'memory of 1 / 10000'];
  console.log([head, head.map(() => '---'), ...rows].map((row) => `| ${row.join(' | ')} |`).join('\n'));
  const total = (name) => figures.get(`${name} 10000`).seconds;
  console.log(
    `\n10000 documents: ${(total('cdk8s-ml-check') / total('kube-score')).toFixed(2)} of the time of kube-score, ` +
      `${(total('cdk8s-ml-check') / total('kubeconform')).toFixed(2)} of that of kubeconform.`,
  );
} finally {
  rmSync(work, { recursive: true });
}
