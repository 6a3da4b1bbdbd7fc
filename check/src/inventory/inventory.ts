import type { ManifestDocument } from './document';
import type { FindConfigMap } from './embedded';
import { embeddedIn } from './embedded';
import { groupBy } from './group-by';
import { KIND_READERS } from './kinds';
import type { KindReader } from './kinds/kind-reader';
import { karpenterPool, nodeAsPool } from './node-pools';
import type { PodFacts } from './pod';
import type { Pool } from './pool';
import type { ProfileFacts, PublishedProfile } from './profile';
import { publishedIn } from './profile';
import type { Resource } from './resource';
import { resourcesIn } from './resource';
import type { SchemaSet } from './schema/schema-set';
import { patchFiles } from './patches';
import type { Unchecked } from './unchecked';
import { nothingToCheck } from './unchecked';
import { Nature, Workload } from './workload';

/** An object that is named and may be elsewhere. */
export interface NamedObject {
  readonly kind: string;
  readonly namespace?: string;
  readonly name: string;
}

/** What is said beside the manifests. */
export interface InventoryOptions {
  /** What the cluster is like. */
  readonly profile?: ProfileFacts;
  /** Whether everything that the cluster holds is in the set, so that what is named must be there. */
  readonly complete?: boolean;
  /** Whether an object that is named is somewhere else on purpose. */
  readonly isExternal?: (target: NamedObject) => boolean;
  /** Schemas of kinds; those that come with the library unless others are given. */
  readonly schemas?: SchemaSet;
}

const READERS: ReadonlyMap<string, KindReader> = new Map(
  KIND_READERS.flatMap((reader) => reader.kinds.map((kind) => [`${reader.group}/${kind}`, reader] as const)),
);

/** Everything that a set of manifests says: objects, and the same facts of all that carry pods. */
export class Inventory {
  /** Every object, in the order of the files; those embedded in others behind the one that holds them. */
  public readonly resources: readonly Resource[];
  /** Objects that are not looked into, and why: templates, parts of others, what is not of a form that can be read. */
  public readonly unchecked: ReadonlyMap<Resource, Unchecked>;
  public readonly complete: boolean;
  /** Whether an object that is named is somewhere else on purpose. */
  public readonly isExternal: (target: NamedObject) => boolean;
  public readonly schemas?: SchemaSet;
  private readonly given?: ProfileFacts;
  private readonly byId = new Map<string, Resource[]>();
  private readonly byKind = new Map<string, Resource[]>();
  private readonly memo = new Map<string, unknown>();

  constructor(
    public readonly documents: readonly ManifestDocument[],
    { profile, complete = false, schemas, isExternal = () => false }: InventoryOptions = {},
  ) {
    this.given = profile;
    this.complete = complete;
    this.isExternal = isExternal;
    this.schemas = schemas;
    const top = documents.flatMap(resourcesIn);
    const configMaps = groupBy(
      top.filter((resource) => resource.is('ConfigMap', '')),
      ({ name }) => name,
    );
    const findConfigMap: FindConfigMap = (name, namespace) => fitting(configMaps.get(name) ?? [], namespace);
    const found = top.flatMap((resource) => [resource, ...embeddedIn(resource, findConfigMap)]);
    const patches = patchFiles(found);
    this.unchecked = new Map(
      found.flatMap((resource) => {
        const why = nothingToCheck(resource, patches);
        return why ? [[resource, why] as const] : [];
      }),
    );
    this.resources = found.filter((resource) => !this.unchecked.has(resource));
    for (const resource of this.resources) {
      const kind = `${resource.group}/${resource.kind}`;
      push(this.byKind, kind, resource);
      push(this.byId, `${kind}/${resource.name}`, resource);
    }
  }

  /** Objects of a kind in any version; the group of the core is empty. */
  public of(group: string, kind: string): readonly Resource[] {
    return this.byKind.get(`${group}/${kind}`) ?? [];
  }

  /**
   * An object by name. A namespace that either side leaves open fits any; of several that fit, the one that names the
   * namespace is taken.
   */
  public find(group: string, kind: string, name: string, namespace: string | undefined): Resource | undefined {
    return fitting(this.byId.get(`${group}/${kind}/${name}`) ?? [], namespace);
  }

  /** Objects of this name in whatever namespace. */
  public named(group: string, kind: string, name: string): readonly Resource[] {
    return this.byId.get(`${group}/${kind}/${name}`) ?? [];
  }

  /** Everything that has pods. */
  public get workloads(): readonly Workload[] {
    return this.once('workloads', () => this.carriers.filter(({ nature }) => nature !== Nature.TEMPLATE));
  }

  /** Everything that has pods, and what others make pods from. */
  private get carriers(): readonly Workload[] {
    return this.once('carriers', () => this.resources.flatMap((resource) => this.workloadOf(resource) ?? []));
  }

  /** The workload that an object is. */
  public workloadOf(resource: Resource): Workload | undefined {
    return this.once(resource, () => {
      const description = READERS.get(`${resource.group}/${resource.kind}`)?.read(resource, this);
      return description && new Workload(resource, description);
    });
  }

  /** Whether the kind is read as one that carries pods. */
  public static carriesPods({ group, kind }: Resource): boolean {
    return READERS.has(`${group}/${kind}`);
  }

  public get runs(): readonly Workload[] {
    return this.once('runs', () => this.workloads.filter(({ nature }) => nature === Nature.RUN));
  }

  public get gangs(): readonly Workload[] {
    return this.once('gangs', () => this.workloads.filter(({ isGang }) => isGang));
  }

  public get servers(): readonly Workload[] {
    return this.once('servers', () => this.workloads.filter(({ nature }) => nature === Nature.SERVER));
  }

  /** The pods of everything, and those that others make from templates. */
  public get pods(): readonly PodFacts[] {
    return this.once('pods', () => this.carriers.flatMap(({ pods }) => pods));
  }

  /** What the cluster is like: the profile that was given, or the only one that the set publishes. */
  public get profile(): ProfileFacts | undefined {
    return this.given ?? this.once('profile', () => onlyOne(this.publishedProfiles));
  }

  /** Cluster profiles that ConfigMaps of the set hold. */
  public get publishedProfiles(): readonly PublishedProfile[] {
    return this.once('published profiles', () => this.of('', 'ConfigMap').flatMap((each) => publishedIn(each) ?? []));
  }

  /** Nodes, by groups that are alike: from the profile, and from NodePools and Nodes in the set; undefined when nobody says. */
  public get pools(): readonly Pool[] | undefined {
    return this.once('pools', () => {
      const pools = [
        ...withNodePools(this.profile?.pools ?? [], this.of('karpenter.sh', 'NodePool').map(karpenterPool)),
        ...this.of('', 'Node').map(nodeAsPool),
      ];
      return pools.length === 0 ? undefined : pools;
    });
  }

  /** A value that is computed when it is first asked for. Rules may keep indexes of the set here, by a key of their own. */
  public once<T>(key: string | object, compute: () => T): T {
    const memo = this.memo as Map<unknown, unknown>;
    if (!memo.has(key)) memo.set(key, compute());
    return memo.get(key) as T;
  }

  /** As `once`, with a value for each of the set's members, such as each pod. */
  public oncePer<T>(name: string, member: object, compute: () => T): T {
    const known = this.once(name, () => new Map<object, T>());
    if (!known.has(member)) known.set(member, compute());
    return known.get(member)!;
  }
}

/** Whether two namespaces can be one; one that is left open can be any. */
export function sameNamespace(a: string | undefined, b: string | undefined): boolean {
  return a === undefined || b === undefined || a === b;
}

/** Of objects of one name, the one that fits a namespace; of several, the one that names it. */
function fitting(named: readonly Resource[], namespace: string | undefined): Resource | undefined {
  const all = named.filter((each) => sameNamespace(each.namespace, namespace));
  return all.find((each) => each.namespace === namespace) ?? all[0];
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const known = map.get(key);
  if (known) known.push(value);
  else map.set(key, [value]);
}

/** The profile that several objects hold as one; undefined when they differ, as it is then not known which one holds. */
function onlyOne(published: readonly PublishedProfile[]): ProfileFacts | undefined {
  const texts = new Set(published.map(({ field }) => field.text));
  return texts.size === 1 ? published[0].facts : undefined;
}

/** Pools of a profile, and those of NodePools; one that both describe is what the NodePool says, and the profile the rest. */
function withNodePools(ofProfile: readonly Pool[], nodePools: readonly Pool[]): Pool[] {
  const rest = new Map(ofProfile.map((pool) => [pool.name, pool]));
  const both = nodePools.map((pool) => {
    const same = rest.get(pool.name);
    rest.delete(pool.name);
    const known = Object.fromEntries(Object.entries(pool).filter(([, value]) => value !== undefined));
    return same === undefined ? pool : { ...same, ...known, labels: { ...same.labels, ...pool.labels } };
  });
  return [...rest.values(), ...both] as Pool[];
}
