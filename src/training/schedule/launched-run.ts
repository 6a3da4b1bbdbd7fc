import type { PolicyRule } from '../../../imports/k8s';
import { SCHEDULE_LABEL } from '../../kinds/labels';
import type { Manifest } from '../../render/api-object';
import type { RunEnds } from '../backends/backend-row';
import type { RunBounds } from '../run-bounds';

/** A text in the template for which what makes the run puts its name; to a container it means the same. */
export const RUN_REFERENCE = '$(RUN)';

/** A run whose object something makes at every tick. */
export interface LaunchedRun {
  /** Name of the schedule, and of everything that belongs to it. */
  readonly name: string;
  readonly namespace: string | undefined;
  /** What the name of a run ends with that a Job makes, after the name of that Job. */
  readonly nameSuffix?: string;
  /** The object, of which the name is not used. */
  readonly template: Manifest;
  /** The group that its pods wait for, under the text for which its name is put. */
  readonly group?: Manifest;
  /** Spec of the object as plain values. */
  spec(): unknown;
  readonly bounds: RunBounds;
  /** Whether a queue decides when it starts. */
  readonly queued: boolean;
  /** How its status says that it has ended. */
  readonly ends: RunEnds;
}

/** An object without its name, as plain values. */
export interface ObjectTemplate extends Pick<Manifest, 'apiVersion' | 'kind'> {
  readonly metadata: Pick<Manifest['metadata'], 'labels' | 'annotations'>;
  readonly spec: unknown;
}

/** The group of a run. */
export function groupTemplateOf(group: Manifest): ObjectTemplate {
  const { apiVersion, kind, metadata, spec } = group;
  return { apiVersion, kind, metadata: { labels: metadata.labels, annotations: metadata.annotations }, spec };
}

/** The object of a run; by its label the runs of a schedule are found. */
export function templateOf(run: LaunchedRun): ObjectTemplate {
  const { apiVersion, kind, metadata } = run.template;
  const { labels, annotations } = metadata;
  return {
    apiVersion,
    kind,
    metadata: { labels: { ...labels, [SCHEDULE_LABEL]: run.name }, annotations },
    spec: run.spec(),
  };
}

/** Name of the kind in addresses of the API. */
export function resourceOf({ kind }: Manifest): string {
  return `${kind.toLowerCase()}s`;
}

/** The right to do something with all objects of the kind, and with no others. */
export function ruleOf(object: Manifest, verbs: string[]): PolicyRule {
  const [apiGroup] = object.apiVersion.split('/');
  return { apiGroups: [apiGroup], resources: [resourceOf(object)], verbs };
}

/** An account in the namespace of the runs with these rights. */
export function accountOf(
  { name, namespace }: LaunchedRun,
  labels: { readonly [label: string]: string },
  rules: PolicyRule[],
): Manifest[] {
  const metadata = { name, labels };
  const rbac = 'rbac.authorization.k8s.io';
  return [
    { apiVersion: 'v1', kind: 'ServiceAccount', metadata, fields: { automountServiceAccountToken: false } },
    { apiVersion: `${rbac}/v1`, kind: 'Role', metadata, fields: { rules } },
    {
      apiVersion: `${rbac}/v1`,
      kind: 'RoleBinding',
      metadata,
      fields: {
        roleRef: { apiGroup: rbac, kind: 'Role', name },
        subjects: [{ kind: 'ServiceAccount', name, namespace }],
      },
    },
  ];
}
