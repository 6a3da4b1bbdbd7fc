import type { ApiObject, Size } from 'cdk8s';
import { Construct } from 'constructs';
import type { PersistentVolumeClaimSpec } from '../../imports/k8s';
import { DELETED_VOLUME, STORAGE_CLASS_MODE, UNKNOWN_STORAGE_CLASS } from '../cluster/diagnostics';
import { ClusterProfile } from '../cluster/profile';
import { AccessMode, Stage } from '../cluster/settings';
import { size } from '../core/amounts';
import type { Problem } from '../core/diagnostics';
import { dnsSubdomainProblem, labelKeyProblem, labelValueProblem } from '../core/names';
import { didYouMean } from '../core/nearest';
import { report } from '../core/report';
import type { Shape } from '../core/shape';
import { checkShape, enumOf, mapOf, optional, text } from '../core/shape';
import { ARGO_SYNC_OPTIONS_ANNOTATION, FLUX_PRUNE_ANNOTATION, NAME_LABEL } from '../kinds/labels';
import { memoryQuantity } from '../kinds/quantity';
import { apiObject } from '../render/api-object';
import { reservedLabelProblems } from '../render/metadata-checks';
import { objectName } from '../render/object-name';

/** Properties of a claim. */
export interface ClaimProps {
  /** Size of the volume. `spec.resources.requests.storage` */
  readonly size: Size;
  /**
   * How many nodes may mount it. CLU011 when the profile says that the class does not offer it.
   *
   * @default AccessMode.READ_WRITE_MANY
   */
  readonly accessMode?: AccessMode;
  /**
   * Class that provides the volume. CLU010 when the profile lists classes and this is none of them; CLU012 (unsafe) in
   * production when its volumes go with their claims.
   *
   * @default - the default class of the cluster
   */
  readonly storageClassName?: string;
  /**
   * Name of the claim.
   *
   * @default - the id of the construct
   */
  readonly name?: string;
  /**
   * Labels of the claim. KUB005 for labels that we or controllers set.
   *
   * @default - only our own
   */
  readonly labels?: { readonly [label: string]: string };
}

const claimShape: Shape<ClaimProps> = {
  size: size({ minMib: 1 }),
  accessMode: optional(enumOf('AccessMode', AccessMode)),
  storageClassName: optional(
    text({ min: 0, max: 253, grammar: (name) => (name === '' ? undefined : dnsSubdomainProblem(name)) }),
  ),
  name: optional(text({ max: 253, grammar: dnsSubdomainProblem })),
  labels: optional(mapOf(text({ min: 0, max: 63 }), labelKeyProblem, 200)),
};

/** A PersistentVolumeClaim, made here or known by name. */
export interface IClaim {
  /** Name of the PersistentVolumeClaim. */
  readonly claimName: string;
  /**
   * How many nodes may mount it.
   *
   * @default - unknown; nothing is checked
   */
  readonly accessMode?: AccessMode;
}

/**
 * A PersistentVolumeClaim with a fixed name, which GitOps tools do not delete.
 *
 * Renders: PersistentVolumeClaim. Argo CD neither prunes it nor deletes it with its application, Flux does not prune it.
 *
 * @see https://kubernetes.io/docs/concepts/storage/persistent-volumes/
 */
export class Claim extends Construct implements IClaim {
  /** Name of the PersistentVolumeClaim. */
  public readonly claimName: string;
  /** How many nodes may mount it. */
  public readonly accessMode?: AccessMode;
  /** Size of the volume. */
  public readonly size: Size;
  /** Class that provides the volume; undefined for the default class of the cluster. */
  public readonly storageClassName?: string;
  /** The PersistentVolumeClaim. */
  public readonly resource: ApiObject;

  constructor(scope: Construct, id: string, props: ClaimProps) {
    super(scope, id);
    const { labels, ...given } = checkShape(this, 'ClaimProps', props, claimShape);
    this.claimName = objectName(this, given.name);
    this.size = given.size;
    this.accessMode = given.accessMode ?? AccessMode.READ_WRITE_MANY;
    this.storageClassName = given.storageClassName;
    report(this, () => [...reservedLabelProblems(labels), ...this.storageClassProblems()]);
    this.resource = apiObject(this, 'Resource', {
      apiVersion: 'v1',
      kind: 'PersistentVolumeClaim',
      metadata: {
        name: this.claimName,
        labels: { ...labels, ...nameLabel(this.claimName) },
        annotations: KEPT_FROM_PRUNING,
      },
      spec: () => this.toSpec(),
    });
  }

  private toSpec(): PersistentVolumeClaimSpec {
    return {
      accessModes: [this.accessMode!],
      storageClassName: this.storageClassName,
      resources: { requests: { storage: memoryQuantity(this.size) } },
    };
  }

  private storageClassProblems(): Problem[] {
    const profile = ClusterProfile.of(this);
    const classes = profile.storageClasses;
    const name = this.storageClassName;
    if (classes === undefined || name === undefined || name === '') return [];
    const property = 'storageClassName';
    const known = classes.find((one) => one.name === name);
    if (known === undefined) {
      const names = classes.map((one) => one.name);
      const message = `the profile ${profile.name} has no storage class ${name}${didYouMean(name, names)}.`;
      return [{ rule: UNKNOWN_STORAGE_CLASS, property, value: name, message, fix: `Take one of ${names.join(', ')}.` }];
    }
    const problems: Problem[] = [];
    const { accessMode: value } = this;
    if (!known.accessModes.includes(value!)) {
      const message = `storage class ${name} does not offer ${value}.`;
      const fix = `Take one of ${known.accessModes.join(', ')}, or another class.`;
      problems.push({ rule: STORAGE_CLASS_MODE, property: 'accessMode', value, message, fix });
    }
    if (profile.stage === Stage.PRODUCTION && !known.retains) {
      const message = `storage class ${name} deletes the volume with its claim.`;
      const fix = 'Take a class with reclaim policy Retain.';
      problems.push({ rule: DELETED_VOLUME, property, value: name, message, fix });
    }
    return problems;
  }
}

/** A claim may have a longer name than the value of a label. */
function nameLabel(name: string): { [label: string]: string } {
  return labelValueProblem(name) === undefined ? { [NAME_LABEL]: name } : {};
}

/** Argo CD: neither prune nor delete with the application; Flux: never prune. */
const KEPT_FROM_PRUNING = {
  [ARGO_SYNC_OPTIONS_ANNOTATION]: 'Prune=false,Delete=false',
  [FLUX_PRUNE_ANNOTATION]: 'disabled',
};
