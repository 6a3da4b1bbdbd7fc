import { ValidationContext } from 'cdk8s-cli/plugins';
import { writeFileSync } from 'node:fs';
import type { ManifestCheckProps } from '../../src/plugin/manifest-check';
import { ManifestCheck } from '../../src/plugin/manifest-check';
import { useFolder } from '../cli/command-line';
import { job } from '../report/sample';

useFolder({
  'dist/train.k8s.yaml': job('train'),
  'dist/octal.k8s.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: c, namespace: ml }\ndata: { a: 010 }\n',
  'dist/broken.k8s.yaml': 'a: [',
});

/** Runs the plugin as the CLI of cdk8s does. */
async function validate(files: readonly string[], props?: ManifestCheckProps): Promise<ValidationContext> {
  const metadata = { train: { path: 'demo/train/Resource' } };
  const context = new ValidationContext(files, 'cdk8s-ml-check', '0.1.0', metadata, false);
  await new ManifestCheck(props).validate(context);
  return context;
}

test('a finding at the level fails the synthesis, with the construct that the CLI knows', async () => {
  const { report } = await validate(['dist/train.k8s.yaml'], { rules: 'gpu-run-deadline', failOn: 'warning' });
  expect(report.success).toBe(false);
  expect(report.toJson().violations).toEqual([
    {
      ruleName: 'gpu-run-deadline',
      recommendation: expect.stringMatching(/^A run that hangs.* https:\/\//),
      fix: 'Set activeDeadlineSeconds to the longest that the run may take.',
      violatingConstructs: [
        {
          resourceName: 'train',
          constructPath: 'demo/train/Resource',
          manifestPath: 'dist/train.k8s.yaml',
          locations: ['warning: line 5, spec.activeDeadlineSeconds: Job ml/train holds GPUs and has no deadline.'],
        },
      ],
    },
  ]);
});

test('what is below the level is shown and does not fail', async () => {
  const { report } = await validate(['dist/train.k8s.yaml'], { rules: ['gpu-run-deadline'] });
  expect(report.success).toBe(true);
  expect(report.toJson().violations).toHaveLength(1);
  expect(report.toJson().summary.metadata).toEqual({ Findings: '1 warning in 1 object of 1 file.' });
});

test('files are read as the API server reads them, and one that it cannot read is a finding', async () => {
  const { report } = await validate(['dist/octal.k8s.yaml', 'dist/broken.k8s.yaml'], { rules: 'reading' });
  const rules = report.toJson().violations.map(({ ruleName }) => ruleName);
  expect(rules).toEqual(expect.arrayContaining(['wrong-type', 'unparsable-document']));
  expect(report.success).toBe(false);
});

test('properties are those of the command line', async () => {
  writeFileSync('check.yaml', 'waivers: [{ rule: gpu-run-deadline, object: { kind: Job }, reason: because }]');
  const props = { rules: 'gpu-run-deadline', failOn: 'info', config: 'check.yaml' } as const;
  const { report } = await validate(['dist/train.k8s.yaml'], props);
  expect([report.success, report.toJson().violations]).toEqual([true, []]);
});

test('a property that is none is refused with the nearest', () => {
  expect(() => new ManifestCheck({ failon: 'error' } as ManifestCheckProps)).toThrow(
    "takes no 'failon' (did you mean 'failOn'?)",
  );
  expect(() => new ManifestCheck({ failOn: 'fatal' } as unknown as ManifestCheckProps)).toThrow("failOn is 'fatal'");
});
