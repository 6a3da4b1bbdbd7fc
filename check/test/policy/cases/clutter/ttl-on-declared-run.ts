import { Severity } from '../../../../src/policy/finding';
import { ttlOnDeclaredRun } from '../../../../src/policy/rules/clutter/ttl-on-declared-run';
import { jobWith } from '../job-manifests';
import type { Flip, RuleCase } from '../../rule-case';

const TTL = 'ttlSecondsAfterFinished: 600';
const annotated = (annotations: string): string =>
  jobWith({ metadata: `{ name: x, annotations: { ${annotations} } }`, spec: TTL });
const held = (change: Flip['change']): Flip => ({
  change,
  at: 'spec.ttlSecondsAfterFinished',
  says: /is removed 600 seconds after its end, and made again by the tool that holds it/,
  severity: Severity.WARNING,
});

export const TTL_ON_DECLARED_RUN: RuleCase = {
  rule: ttlOnDeclaredRun,
  good: jobWith({ spec: TTL }),
  flips: [
    held({ "metadata.annotations['argocd.argoproj.io/tracking-id']": 'app:batch/Job:ml/x' }),
    held({ "metadata.annotations['argocd.argoproj.io/sync-options']": 'Prune=confirm' }),
    held({ "metadata.labels['kustomize.toolkit.fluxcd.io/name']": 'apps' }),
  ],
  silent: {
    'a hook is made anew on purpose': annotated('argocd.argoproj.io/hook: Sync, argocd.argoproj.io/sync-wave: "1"'),
    'a run of ours that is made once': jobWith({
      metadata: '{ name: x, labels: { cdk8s-ml.dev/run: v1 } }',
      spec: TTL,
    }),
  },
};
