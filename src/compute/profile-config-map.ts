import type { ApiObject } from 'cdk8s';
import { Construct } from 'constructs';
import { ClusterProfile } from '../cluster/profile';
import { DOCUMENT_KEY, DOCUMENT_LABEL_VALUE } from '../cluster/profile-document';
import { DiagnosticError } from '../core/diagnostics';
import { dnsSubdomainProblem } from '../core/names';
import { MISSING_PROPERTY } from '../core/rules';
import type { Shape } from '../core/shape';
import { checkShape, instanceOf, optional, text } from '../core/shape';
import { DOCUMENT_LABEL } from '../kinds/labels';
import { apiObject } from '../render/api-object';
import { objectName } from '../render/object-name';

/** Properties of a published profile. */
export interface ProfileConfigMapProps {
  /**
   * Profile to publish.
   *
   * @default - the one that holds at the construct; COR003 when none is attached
   */
  readonly profile?: ClusterProfile;
  /**
   * Name of the ConfigMap.
   *
   * @default - the name of the cluster and `-profile`
   */
  readonly name?: string;
}

const profileConfigMapShape: Shape<ProfileConfigMapProps> = {
  profile: optional(instanceOf(ClusterProfile, 'new ClusterProfile({...}) or ClusterProfile.fromJson(...)')),
  name: optional(text({ max: 253, grammar: dnsSubdomainProblem })),
};

/**
 * The cluster profile beside the manifests, for tools that read them: `cdk8s-ml-check` finds it by its label.
 *
 * Renders: ConfigMap, labelled `cdk8s-ml.dev/document: cluster-profile`, with the document under `profile.json`. It is not
 * for the cluster, and nothing in the cluster reads it:
 *
 * - Argo CD does not apply it, and neither its sync status nor its health counts it (`argocd.argoproj.io/hook: Skip`).
 * - Kustomize leaves it out of what it builds (`config.kubernetes.io/local-config`), and with that Flux, `kubectl apply -k`
 *   and Argo CD where it builds with Kustomize never see it; `kpt live apply` leaves it out as well.
 * - `kubectl apply -f` and Helm know neither annotation and create it, which does no harm;
 *   `kubectl apply -f dist/ -l 'cdk8s-ml.dev/document!=cluster-profile'` leaves it out.
 *
 * @see https://kubernetes.io/docs/reference/labels-annotations-taints/#config-kubernetes-io-local-config
 */
export class ProfileConfigMap extends Construct {
  /** Profile in it. */
  public readonly profile: ClusterProfile;
  /** The ConfigMap. */
  public readonly resource: ApiObject;

  constructor(scope: Construct, id: string, props: ProfileConfigMapProps = {}) {
    super(scope, id);
    const { profile, name } = checkShape(this, 'ProfileConfigMapProps', props, profileConfigMapShape);
    this.profile = profile ?? this.attachedProfile();
    this.resource = apiObject(this, 'Resource', {
      apiVersion: 'v1',
      kind: 'ConfigMap',
      metadata: {
        name: objectName(this, name ?? `${this.profile.name}-profile`),
        labels: { [DOCUMENT_LABEL]: DOCUMENT_LABEL_VALUE },
        annotations: KEPT_FROM_CLUSTERS,
      },
      fields: { data: { [DOCUMENT_KEY]: this.profile.toJson() } },
    });
  }

  private attachedProfile(): ClusterProfile {
    const attached = ClusterProfile.of(this);
    if (attached.isKnown) return attached;
    const message = 'profile is not set, and none is attached to the construct or above it.';
    const fix = 'Set profile, or attach one with ClusterProfile.attach.';
    throw new DiagnosticError([{ rule: MISSING_PROPERTY, property: 'profile', message, fix }], this.node.path);
  }
}

/**
 * What makes tools leave the object out.
 *
 * https://argo-cd.readthedocs.io/en/stable/user-guide/sync-waves/
 * https://github.com/argoproj/argo-cd/pull/3986
 * https://github.com/kubernetes-sigs/kustomize/pull/1709
 */
const KEPT_FROM_CLUSTERS = {
  'argocd.argoproj.io/hook': 'Skip',
  'config.kubernetes.io/local-config': 'true',
};
