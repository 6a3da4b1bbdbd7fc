// Puts the first example and its YAML into README.md, between its markers; with --check only says whether they are there.
import { readFileSync, writeFileSync } from 'node:fs';

const EXAMPLE = 'examples/first-job';
const parts = {
  example: ['ts', `${EXAMPLE}/chart.ts`],
  yaml: ['yaml', `${EXAMPLE}/first-job.k8s.yaml`],
};

const readme = readFileSync('README.md', 'utf8');
let wanted = readme;
for (const [name, [language, file]] of Object.entries(parts)) {
  const marker = new RegExp(`(<!-- ${name} -->\n)[^]*?(<!-- /${name} -->)`);
  if (!marker.test(wanted)) throw new Error(`README.md has no marker <!-- ${name} -->`);
  wanted = wanted.replace(
    marker,
    (_, start, end) => `${start}\n\`\`\`${language}\n${readFileSync(file, 'utf8')}\`\`\`\n\n${end}`,
  );
}
if (process.argv.includes('--check')) {
  if (wanted !== readme) {
    console.error('README.md is out of date: run npm run docs');
    process.exitCode = 1;
  }
} else {
  writeFileSync('README.md', wanted);
}
