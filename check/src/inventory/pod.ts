import { Container } from './container';
import type { Device } from './device';
import type { Field } from './field';
import { once } from './once';
import type { Volume } from './volume';
import { templatedVolume, volumeOf } from './volume';
import type { Role, Workload } from './workload';

/** A container that stands elsewhere than in `containers`. */
export interface ContainerPlace {
  readonly field: Field;
  /** @default resources */
  readonly resourcesKey?: string;
  /** The one of `containers` that it takes the place of. */
  readonly replaces?: Field;
}

/** Where the parts of a pod stand in an object. */
export interface PodPlaces {
  /** Metadata of the pods, where the kind has some. */
  readonly metadata: Field;
  /** Places that hold fields of the pod's spec; of a field that is in several, the first counts, but volumes add up. */
  readonly specs: readonly Field[];
  /** Containers that stand elsewhere than in `containers`, such as the model of an InferenceService. */
  readonly containers?: readonly ContainerPlace[];
  /** Templates of claims that become volumes of the pod. */
  readonly claimTemplates?: readonly Field[];
  /** Whether the rest of the pod is decided elsewhere, as by a runtime that is not here: what is absent is then unknown. */
  readonly partial?: boolean;
}

/** Containers of runtimes whose resources an InferenceService or TrainJob sets instead. */
const OVERRIDDEN: ReadonlySet<string> = new Set(['kserve-container', 'node', 'trainer']);

/** The pods of a role: their template, whatever object holds it. */
export class PodFacts {
  public readonly containers: readonly Container[];
  /** Main containers whose resources count: those that the object gives take the place of those of its runtime. */
  public readonly sized: readonly Container[];
  public readonly initContainers: readonly Container[];
  public readonly volumes: readonly Volume[];

  constructor(
    public readonly workload: Workload,
    public readonly role: Role,
    private readonly places: PodPlaces,
  ) {
    const elsewhere = places.containers ?? [];
    this.volumes = [
      ...places.specs.flatMap((spec) => spec.at('volumes').items.map(volumeOf)),
      ...(places.claimTemplates ?? []).map(templatedVolume),
    ];
    const inPlace = new Map(elsewhere.map((place) => [place.replaces?.value, place]));
    const own = this.at('containers').items.map((field) => this.main(inPlace.get(field.value) ?? { field }));
    const others = elsewhere.filter(({ replaces }) => replaces === undefined).map((place) => this.main(place));
    this.containers = [...own, ...others];
    this.sized = others.some(({ resources }) => resources.exists)
      ? [...own.filter(({ name }) => !OVERRIDDEN.has(name)), ...others]
      : this.containers;
    this.initContainers = this.at('initContainers').items.map(
      (field) => new Container(field, this, field.at('restartPolicy').text === 'Always' ? 'sidecar' : 'init'),
    );
  }

  private main({ field, resourcesKey }: ContainerPlace): Container {
    return new Container(field, this, 'main', resourcesKey);
  }

  /** A place in the spec of the pod. */
  public at(...keys: (string | number)[]): Field {
    const found = this.places.specs.map((spec) => spec.at(...keys)).find(({ exists }) => exists);
    return found ?? this.places.specs[0].at(...keys);
  }

  /** Where its spec stands. */
  public get field(): Field {
    return this.places.specs[0];
  }

  /** Whether the rest of the pod is decided elsewhere, so that what is absent is unknown. */
  public get partial(): boolean {
    return this.places.partial ?? false;
  }

  public get metadata(): Field {
    return this.places.metadata;
  }

  @once
  public get labels(): { readonly [key: string]: string } {
    return this.places.metadata.at('labels').labels;
  }

  @once
  public get annotations(): { readonly [key: string]: string } {
    return this.places.metadata.at('annotations').labels;
  }

  /** Containers of every part. */
  @once
  public get everyContainer(): readonly Container[] {
    return [...this.initContainers, ...this.containers];
  }

  /** Accelerators that its containers and sidecars ask for, together; those of an init container when it asks for more. */
  @once
  public get devices(): readonly Device[] {
    const sidecars = this.initContainers.filter(({ part }) => part === 'sidecar');
    const together = [...this.sized, ...sidecars].flatMap(({ devices }) => devices);
    return this.initContainers.reduce<readonly Device[]>(
      (most, { devices }) => (countOf(devices) > countOf(most) ? devices : most),
      together,
    );
  }

  /** Accelerators that it gets; 1 or more also when a count cannot be read or a claim decides it. */
  @once
  public get deviceCount(): number {
    return countOf(this.devices) || this.deviceClaims.length;
  }

  /** Claims on devices of dynamic resource allocation. */
  public get deviceClaims(): readonly Field[] {
    return this.at('resourceClaims').items;
  }

  /** Labels that its nodes must have. */
  @once
  public get nodeSelector(): { readonly [label: string]: string } {
    return this.at('nodeSelector').labels;
  }

  /** Demands on labels of nodes that hold whatever else is chosen: those of `nodeSelector`, and of a single required term. */
  @once
  public get nodeDemands(): readonly NodeDemand[] {
    const selected = this.at('nodeSelector').entries.map(([key, field]) => ({
      field,
      key,
      operator: 'In',
      values: field.text === undefined ? [] : [field.text],
    }));
    const terms = this.nodeTerms;
    return [...selected, ...(terms.length === 1 ? demandsOf(terms[0]) : [])];
  }

  /** The required terms of node affinity, of which one must hold. */
  @once
  public get nodeTerms(): readonly Field[] {
    const required = this.at('affinity', 'nodeAffinity', 'requiredDuringSchedulingIgnoredDuringExecution');
    return required.at('nodeSelectorTerms').items;
  }

  @once
  public get tolerations(): readonly Field[] {
    return this.at('tolerations').items;
  }

  /** Whether it tolerates taints of a key, with some value and effect NoSchedule. */
  public tolerates(key: string): boolean {
    return this.tolerations.some((toleration) => {
      const itsKey = toleration.at('key').text;
      const effect = toleration.at('effect').text;
      if (effect !== undefined && effect !== '' && effect !== 'NoSchedule') return false;
      if (itsKey === undefined || itsKey === '') return toleration.at('operator').text === 'Exists';
      return itsKey === key;
    });
  }
}

function countOf(devices: readonly Device[]): number {
  return devices.reduce((sum, { count }) => sum + (count ?? 1), 0);
}

/** A demand on a label of nodes. */
export interface NodeDemand {
  readonly field: Field;
  readonly key: string;
  /** `In`, `NotIn`, `Exists`, `DoesNotExist`, `Gt` or `Lt`. */
  readonly operator: string;
  readonly values: readonly string[];
}

/** The demands of a term of node affinity, all of which must hold. */
export function demandsOf(term: Field): NodeDemand[] {
  return term.at('matchExpressions').items.map((field) => ({
    field,
    key: field.at('key').text ?? '',
    operator: field.at('operator').text ?? '',
    values: field.at('values').texts,
  }));
}
