/** A field that operators of today still read, and the newest no longer have. */
export interface FormerField {
  /** Group and kind. */
  readonly kind: string;
  readonly place: string;
  /** What took its place. */
  readonly successor: string;
  /** Since when it is deprecated. */
  readonly since: string;
}

export const FORMER_FIELDS: readonly FormerField[] = [
  // https://github.com/argoproj/argo-workflows/blob/v3.7.3/pkg/apis/workflow/v1alpha1/cron_workflow_types.go
  {
    kind: 'argoproj.io/CronWorkflow',
    place: 'spec.schedule',
    successor: 'spec.schedules',
    since: 'Argo Workflows 3.6',
  },
];
