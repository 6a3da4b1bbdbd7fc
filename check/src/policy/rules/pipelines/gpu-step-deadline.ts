import { specOfWorkflow } from '../../../inventory/workflow-steps';
import { warning } from '../../finding';
import type { Rule } from '../../rule';
import { Group, Scope } from '../../rule';

export const gpuStepDeadline: Rule<Scope.RUN> = {
  name: 'gpu-step-deadline',
  group: Group.PIPELINES,
  packs: [Group.RUNAWAY],
  facts: ['ML-ARGO-001'],
  scope: Scope.RUN,
  why: 'Whoever submits the template may give no deadline, and a step that hangs then holds its GPUs until somebody notices. https://argo-workflows.readthedocs.io/en/latest/fields/#template',
  fix: 'Set activeDeadlineSeconds of the step, or of the whole workflow.',
  check: ({ resource, pods, bounds: { deadline } }) => {
    const spec = specOfWorkflow(resource);
    // A workflow that runs by itself is the business of gpu-run-deadline.
    if (!spec || !resource.kind.endsWith('WorkflowTemplate') || deadline?.field.exists) return [];
    const open = pods.find(
      (pod) => pod.deviceCount > 0 && !pod.at('activeDeadlineSeconds').exists && !pod.at('timeout').exists,
    );
    if (open === undefined) return [];
    return [
      warning(open.field.at('activeDeadlineSeconds'), `has the step ${open.role.name} with GPUs and no deadline.`),
    ];
  },
};
