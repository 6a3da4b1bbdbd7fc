import { sourceOf } from '../../src/inventory/source';
import { readBaseline } from '../../src/report/baseline';
import { identityOf } from '../../src/report/fingerprint';
import type { ReportOptions } from '../../src/report/make-report';
import { makeReport } from '../../src/report/make-report';
import type { Report } from '../../src/report/report';

/** A run on GPUs without a deadline. */
export const job = (name: string, annotations = ''): string => `
apiVersion: batch/v1
kind: Job
metadata: { name: ${name}, namespace: ml, annotations: { ${annotations} } }
spec:
  template:
    spec: { restartPolicy: Never, containers: [{ name: main, image: 'a/b:1', resources: { limits: { nvidia.com/gpu: 1 } } }] }
`;

/** What is in the sample, by file. */
export const FILES: { readonly [file: string]: string } = {
  'dist/train.yaml': [
    job('plain'),
    job('ours', `cdk8s-ml.dev/path: 'demo/ours'`),
    job('waived', `cdk8s-ml.dev/waive-gpu-run-deadline: 'Ends <by> "itself" & soon'`),
    job('known'),
    job('unused', `cdk8s-ml.dev/waive-gpu-run-dedline: 'because'`),
    job('"\\e[31m::error::a|b]]>&amp;\\r\\n## ${x},%"'),
    'apiVersion: example.com/v1\nkind: Widget\nmetadata: { name: w }\n',
  ].join('---\n'),
  'dist/clean.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: c, namespace: ml }\n',
  './broken one.yaml': 'a: [',
  '/abs/olute.yaml': 'apiVersion: v1\n',
  '-': '- 1\n',
};

export const SOURCES = Object.entries(FILES).map(([file, text]) => sourceOf(file, text));
export const RULES_OF_SAMPLE = ['reading', 'gpu-run-deadline'];

/** A report with every sort of finding. */
export function sampleReport(options: ReportOptions = {}): Report {
  const first = makeReport(SOURCES, { rules: RULES_OF_SAMPLE, ...options });
  const known = first.findings.filter(({ object, rule }) => object?.name === 'known' && rule === 'gpu-run-deadline');
  const findings = Object.fromEntries(known.map((finding) => [identityOf(finding), 1]));
  const baseline = readBaseline(JSON.stringify({ version: 1, findings }), 'baseline.json');
  return makeReport(SOURCES, { rules: RULES_OF_SAMPLE, baseline, ...options });
}
