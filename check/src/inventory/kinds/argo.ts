import type { Field } from '../field';
import type { Resource } from '../resource';
import type { RoleDescription, WorkloadDescription } from '../workload';
import { bound, Nature } from '../workload';
import { timetableOf } from './core';
import type { KindReader } from './kind-reader';

// Kinds of Argo Workflows. A role is a template that runs a container; resource templates embed other objects.

function rolesOf(spec: Field): RoleDescription[] {
  return spec.at('templates').items.flatMap((template): RoleDescription[] => {
    const containers = ['container', 'script'].map((key) => template.at(key)).filter(({ exists }) => exists);
    const set = template.at('containerSet', 'containers').items;
    const all = [...containers, ...set];
    if (all.length === 0) return [];
    return [
      {
        name: template.at('name').text ?? '',
        pod: {
          metadata: template.at('metadata').exists ? template.at('metadata') : spec.at('podMetadata'),
          specs: [template, spec.at('templateDefaults'), spec],
          containers: all.map((field) => ({ field })),
          claimTemplates: spec.at('volumeClaimTemplates').items,
          // what the steps have in common may stand in a template that is named
          partial: spec.at('workflowTemplateRef').exists,
        },
      },
    ];
  });
}

function describe(spec: Field): WorkloadDescription {
  return {
    nature: Nature.RUN,
    roles: rolesOf(spec),
    run: {
      deadline: bound(spec.at('activeDeadlineSeconds')),
      ttl: bound(spec.at('ttlStrategy', 'secondsAfterCompletion')),
    },
    queueMetadata: spec.at('podMetadata'),
  };
}

/** Where the spec of a workflow stands in each kind. */
export function workflowSpec({ kind, top }: Resource): Field {
  return kind === 'CronWorkflow' ? top.at('spec', 'workflowSpec') : top.at('spec');
}

export const WORKFLOWS: KindReader = {
  group: 'argoproj.io',
  kinds: ['Workflow', 'WorkflowTemplate', 'ClusterWorkflowTemplate'],
  read: (workflow) => describe(workflowSpec(workflow)),
};

export const CRON_WORKFLOWS: KindReader = {
  group: 'argoproj.io',
  kinds: ['CronWorkflow'],
  read: (workflow) => {
    const spec = workflow.at('spec');
    const schedules = spec.at('schedules').exists ? spec.at('schedules').items : [spec.at('schedule')];
    return { ...describe(workflowSpec(workflow)), timetable: timetableOf(spec, schedules, spec.at('timezone')) };
  },
};
