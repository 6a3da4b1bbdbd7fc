import { Severity } from '../../../../src/policy/finding';
import { noTtlAfterFinished } from '../../../../src/policy/rules/clutter/no-ttl-after-finished';
import { cronJobWith } from '../cron-job-manifest';
import { jobWith } from '../job-manifests';
import type { RuleCase } from '../../rule-case';

const at = 'spec.ttlSecondsAfterFinished';
const marked = (metadata: string): string => jobWith({ metadata: `{ name: x, ${metadata} }` });
const workflow = (spec: string): string => `
apiVersion: argoproj.io/v1alpha1
kind: Workflow
metadata: { generateName: x- }
spec: { entrypoint: a, ${spec} }
`;

export const NO_TTL_AFTER_FINISHED: RuleCase = {
  rule: noTtlAfterFinished,
  good: jobWith({ spec: 'ttlSecondsAfterFinished: 86400' }),
  flips: [
    { change: { [at]: undefined }, at, says: /stays when it has ended: it has no TTL/, severity: Severity.WARNING },
  ],
  silent: {
    'a hook of Helm': marked('annotations: { helm.sh/hook: post-install }'),
    'a hook of Argo CD': marked('annotations: { argocd.argoproj.io/hook: PreSync }'),
    'a declared run of ours': marked('labels: { cdk8s-ml.dev/run: v1 }'),
    'a run that Argo CD asks about before it goes': marked(
      'annotations: { argocd.argoproj.io/sync-options: Prune=confirm }',
    ),
    'a run that Flux leaves': marked('annotations: { kustomize.toolkit.fluxcd.io/prune: disabled }'),
    'a run that a GitOps tool holds': marked('annotations: { argocd.argoproj.io/tracking-id: a }'),
    'a CronJob has history limits': cronJobWith('schedule: "0 2 * * 0"'),
    'one of the times of a workflow will do': workflow('ttlStrategy: { secondsAfterSuccess: 60 }'),
    'a template may say it': workflow('workflowTemplateRef: { name: t }'),
    'made by another object': marked('ownerReferences: [{ kind: Workflow, name: w }]'),
    'a TrainJob has no such field': `
apiVersion: trainer.kubeflow.org/v1alpha1
kind: TrainJob
metadata: { name: x }
spec: { runtimeRef: { name: torch } }
`,
  },
};

const RUN_POLICY = 'spec.runPolicy.ttlSecondsAfterFinished';

export const NO_TTL_OF_OPERATORS: RuleCase = {
  rule: noTtlAfterFinished,
  good: `
apiVersion: kubeflow.org/v1
kind: PyTorchJob
metadata: { name: x, namespace: ml }
spec:
  runPolicy: { ttlSecondsAfterFinished: 86400 }
  pytorchReplicaSpecs: { Worker: { replicas: 1, template: { spec: { containers: [{ name: pytorch, image: 'a.example.com/a:1' }] } } } }
`,
  flips: [{ change: { [RUN_POLICY]: undefined }, at: RUN_POLICY, says: /has no TTL/, severity: Severity.WARNING }],
};
