import { Duration, Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-28';
import { cpu, millisOf, secondsOf, size } from '../core/amounts';
import type { Problem } from '../core/diagnostics';
import { DiagnosticError, show } from '../core/diagnostics';
import { dnsLabelProblem } from '../core/names';
import { WRONG_TYPE } from '../core/rules';
import type { Check, Shape } from '../core/shape';
import { enumOf, mapOf, optional, record, text } from '../core/shape';
import { isPlainObject, snapshot } from '../core/snapshot';
import { goDuration, parseGoDuration } from '../kinds/go-duration';
import { GpuModel } from '../kinds/gpu';
import { parseQuantity } from '../kinds/parse-quantity';
import { cpuMillis, cpuQuantity, memoryQuantity } from '../kinds/quantity';
import { BAD_PROFILE } from './diagnostics';
import type { GpuPoolProps } from './gpu-pool';
import { drainTime, gpuPoolShape, LEAST_NODE_MEMORY_MIB } from './gpu-pool';
import { taintShape } from '../kinds/toleration';
import type { TimeSlicingOptions } from './gpu-sharing';
import { GpuSharing, migProfile, RENAMED_RESOURCE, SharingStrategy, timeSlicingShape } from './gpu-sharing';
import { LARGEST_DOCUMENT, readJson, tooLarge } from './json-text';
import { profileProblems, soundParts } from './profile-checks';
import type { ClusterProfileProps } from './profile-props';
import { clusterProfileShape, MOST_POOLS, storageClassShape, waitTime } from './profile-props';
import { gangSchedulerShape, priorityClassShape, queueShape } from './scheduling-specs';
import { tolerationShape } from '../kinds/toleration';

// The cluster profile as one JSON document, both ways. Its schema is schema/cluster-profile.v1.schema.json; a test holds
// the two together. Within a version only optional properties may be added.

/** `apiVersion` of the document. */
export const DOCUMENT_VERSION = 'cdk8s-ml.dev/v1';
/** `kind` of the document. */
export const DOCUMENT_KIND = 'ClusterProfile';
/** Value of the label `cdk8s-ml.dev/document` on an object that holds the document. */
export const DOCUMENT_LABEL_VALUE = 'cluster-profile';
/** Key under which a ConfigMap holds it. */
export const DOCUMENT_KEY = 'profile.json';

/** The document of a profile whose props were checked. */
export function encodeProfile(props: ClusterProfileProps): string {
  const document = { apiVersion: DOCUMENT_VERSION, kind: DOCUMENT_KIND, ...toDocument(props) };
  const json = `${JSON.stringify(document, undefined, 2)}\n`;
  if (json.length > LARGEST_DOCUMENT) throw new DiagnosticError([tooLarge(json.length)]);
  return json;
}

/** The props that a JSON text holds; one error with all problems. */
export function profileOfText(json: unknown): ClusterProfileProps {
  const { value, problems } = readJson(json);
  if (value === undefined) throw new DiagnosticError(problems);
  return decode(value, problems);
}

/** The props that a document holds; one error with all problems. */
export function profileOfDocument(document: unknown): ClusterProfileProps {
  return decode(document, []);
}

function toDocument(props: ClusterProfileProps): object {
  return inOrder(clusterProfileShape, props, {
    kueueWaitForPodsReady: (time) => goDuration(secondsOf(time)),
    pools: (pools) => mapValues(pools, poolDocument),
    queues: (queues) =>
      queues.map((queue) =>
        inOrder(queueShape, queue, { tolerations: (all) => all.map((one) => inOrder(tolerationShape, one)) }),
      ),
    gangScheduler: (one) => inOrder(gangSchedulerShape, one),
    priorityClasses: (classes) => classes.map((one) => inOrder(priorityClassShape, one)),
    storageClasses: (classes) => classes.map((one) => inOrder(storageClassShape, one)),
  });
}

function poolDocument(pool: GpuPoolProps): object {
  return inOrder(gpuPoolShape, pool, {
    gpu: ({ key }) => key,
    nodeCpu: (amount) => cpuQuantity(cpuMillis(amount)),
    nodeMemory: memoryQuantity,
    taints: (taints) => taints.map((taint) => inOrder(taintShape, taint)),
    terminationGracePeriod: (time) => goDuration(secondsOf(time)),
    sharing: ({ strategy, migProfile, replicas, resourceName }) => ({
      strategy,
      migProfile,
      replicas,
      renamed: resourceName === RENAMED_RESOURCE || undefined,
    }),
  });
}

/** Conversions of those properties of an interface that the document writes in another form. */
type Converters<T> = { readonly [K in keyof T]?: (value: NonNullable<T[K]>) => unknown };

/** The properties that are set, in the order of the shape. */
function inOrder<T extends object>(shape: Shape<T>, value: T, converters: Converters<T> = {}): object {
  const keys = (Object.keys(shape) as (keyof T)[]).filter((key) => value[key] !== undefined);
  return Object.fromEntries(keys.map((key) => [key, convert(value[key], converters[key])]));
}

function convert<V>(value: V, converter: ((value: NonNullable<V>) => unknown) | undefined): unknown {
  return converter ? converter(value as NonNullable<V>) : value;
}

function mapValues<V, R>(map: { readonly [key: string]: V }, change: (value: V) => R): { [key: string]: R } {
  return Object.fromEntries(Object.entries(map).map(([key, value]) => [key, change(value)]));
}

/** A pool as the document writes it. */
type PoolDocument = Omit<GpuPoolProps, 'gpu' | 'nodeCpu' | 'nodeMemory' | 'terminationGracePeriod' | 'sharing'> & {
  readonly gpu: string;
  readonly nodeCpu?: string;
  readonly nodeMemory?: string;
  readonly terminationGracePeriod?: string;
  readonly sharing?: SharingDocument;
};

interface SharingDocument {
  readonly strategy: string;
  readonly migProfile?: string;
  readonly replicas?: number;
  readonly renamed?: boolean;
}

type ProfileDocument = Omit<ClusterProfileProps, 'pools' | 'kueueWaitForPodsReady'> & {
  readonly $schema?: string;
  readonly apiVersion: string;
  readonly kind: string;
  readonly pools?: { readonly [name: string]: PoolDocument };
  readonly kueueWaitForPodsReady?: string;
};

/** The props of a document, or one error with everything that is wrong with it. */
function decode(value: unknown, textProblems: readonly Problem[]): ClusterProfileProps {
  const given = snapshot(value);
  if (!isPlainObject(given)) throw new DiagnosticError([notAnObject(value)]);
  const document = given as ProfileDocument;
  const problems: Problem[] = [];
  record('ClusterProfile', profileDocumentShape)(document, '', problems);
  const foreign = problems.filter(({ rule, property }) => rule === BAD_PROFILE && HEAD.includes(property!));
  if (foreign.length > 0) throw new DiagnosticError(foreign); // the rest is written by rules that are not known here
  const sound = fromDocument(soundParts(document, problems));
  problems.push(...profileProblems(sound, document), ...textProblems);
  if (problems.length > 0) throw new DiagnosticError(problems);
  return sound as ClusterProfileProps;
}

function notAnObject(value: unknown): Problem {
  const fix = 'Give an object with apiVersion, kind and name, as ClusterProfile.toJson() writes it.';
  return { rule: WRONG_TYPE, value: show(value), message: `the document is ${show(value)}, not an object.`, fix };
}

function fromDocument(document: Partial<ProfileDocument>): Partial<ClusterProfileProps> {
  const { $schema: _schema, apiVersion: _version, kind: _kind, pools, kueueWaitForPodsReady, ...rest } = document;
  return {
    ...rest,
    ...(pools ? { pools: mapValues(pools, poolOf) } : {}),
    ...(kueueWaitForPodsReady === undefined ? {} : { kueueWaitForPodsReady: durationOf(kueueWaitForPodsReady) }),
  };
}

function poolOf({ gpu, nodeCpu, nodeMemory, terminationGracePeriod, sharing, ...rest }: PoolDocument): GpuPoolProps {
  return {
    ...rest,
    gpu: GpuModel.custom(gpu),
    nodeCpu: nodeCpu === undefined ? undefined : cpuOf(nodeCpu),
    nodeMemory: nodeMemory === undefined ? undefined : sizeOf(nodeMemory),
    terminationGracePeriod: terminationGracePeriod === undefined ? undefined : durationOf(terminationGracePeriod),
    sharing: sharing && sharingOf(sharing),
  };
}

function cpuOf(quantity: string): Cpu {
  const millis = millisOf(quantity);
  return millis % 1000 === 0 ? Cpu.units(millis / 1000) : Cpu.millis(millis);
}

function sizeOf(quantity: string): Size {
  return Size.kibibytes(Number(parseQuantity(quantity)! / NANO) / 1024);
}

function durationOf(text: string): Duration {
  return Duration.seconds(parseGoDuration(text)!);
}

function sharingOf({ strategy, migProfile, replicas, renamed }: SharingDocument): GpuSharing {
  switch (strategy) {
    case SharingStrategy.MIG_SINGLE:
      return GpuSharing.migSingle(migProfile!);
    case SharingStrategy.MIG_MIXED:
      return GpuSharing.migMixed();
    case SharingStrategy.TIME_SLICED:
      return GpuSharing.timeSliced({ replicas: replicas!, renamed });
    default:
      return GpuSharing.whole();
  }
}

const HEAD: readonly string[] = ['apiVersion', 'kind'];

const modelKey = text({
  max: 40,
  grammar: (key) =>
    /^[a-z0-9][a-z0-9-]*$/.test(key) ? undefined : "must consist of lower-case letters, digits and '-'",
  fix: `Take the key of a GpuModel, such as '${GpuModel.H100.key}'.`,
});

const CPU = /^(\d{1,9}(\.\d{1,3})?|\d{1,12}m)$/;
const MEMORY = /^\d{1,18}(\.\d{1,9})?(Ki|Mi|Gi|Ti|Pi|k|M|G|T|P)?$/;
const NANO = 1_000_000_000n;

function memoryProblem(quantity: string): string | undefined {
  if (!MEMORY.test(quantity)) return 'is no amount of memory';
  return parseQuantity(quantity)! % NANO === 0n ? undefined : 'is no whole number of bytes';
}

const cpuText = text({
  grammar: (quantity) => (CPU.test(quantity) ? undefined : 'is no amount of CPU'),
  fix: "Write a Kubernetes quantity, such as '190' or '191450m'.",
});
const memoryText = text({ grammar: memoryProblem, fix: "Write a Kubernetes quantity, such as '1900Gi' or '2T'." });

const durationText = text({
  grammar: (written) => (parseGoDuration(written) === undefined ? 'is no time' : undefined),
  fix: "Write hours, minutes or seconds, such as '96h' or '90m'.",
});

/** A check of the text, and of the amount that it stands for. */
function amount(written: Check, read: (quantity: string) => unknown, bounds: Check): Check {
  return (value, property, problems) => {
    const before = problems.length;
    written(value, property, problems);
    if (problems.length === before) bounds(read(value as string), property, problems);
  };
}

const strategy = enumOf('strategy of sharing', SharingStrategy);

/** By strategy, which other properties there are. */
const sharingChecks: ReadonlyMap<unknown, Check> = new Map([
  [SharingStrategy.WHOLE, record<{ strategy: string }>('sharing', { strategy })],
  [SharingStrategy.MIG_SINGLE, record<{ strategy: string; migProfile: string }>('sharing', { strategy, migProfile })],
  [SharingStrategy.MIG_MIXED, record<{ strategy: string }>('sharing', { strategy })],
  [
    SharingStrategy.TIME_SLICED,
    record<{ strategy: string } & TimeSlicingOptions>('sharing', { strategy, ...timeSlicingShape }),
  ],
]);

/** The text alone decides which properties may stand beside it, so nothing else is looked at while it is wrong. */
const sharing: Check = (value, property, problems) => {
  const given: unknown = isPlainObject(value) ? (value as { strategy?: unknown }).strategy : undefined;
  const known = sharingChecks.get(given);
  if (known) known(value, property, problems);
  else if (given === undefined) record<{ strategy: string }>('sharing', { strategy })(value, property, problems);
  else strategy(given, `${property}.strategy`, problems);
};

const poolDocumentShape: Shape<PoolDocument> = {
  ...gpuPoolShape,
  gpu: modelKey,
  nodeCpu: optional(amount(cpuText, cpuOf, cpu)),
  nodeMemory: optional(amount(memoryText, sizeOf, size({ minMib: LEAST_NODE_MEMORY_MIB }))),
  terminationGracePeriod: optional(amount(durationText, durationOf, drainTime)),
  sharing: optional(sharing),
};

const profileDocumentShape: Shape<ProfileDocument> = {
  $schema: optional(text({ max: 500 })),
  apiVersion: exactly(DOCUMENT_VERSION, (given) =>
    /^cdk8s-ml\.dev\/v\d+$/.test(given) ? 'Upgrade cdk8s-ml, or write the document of this version.' : undefined,
  ),
  kind: exactly(DOCUMENT_KIND, (given) =>
    given === 'ConfigMap' ? `Give the text under data['${DOCUMENT_KEY}'] of it.` : undefined,
  ),
  ...clusterProfileShape,
  kueueWaitForPodsReady: optional(amount(durationText, durationOf, waitTime)),
  pools: optional(mapOf(record('GpuPoolProps', poolDocumentShape), (name) => dnsLabelProblem(name), MOST_POOLS)),
};

/** One text and no other; anything else means that the document is not for this code. */
function exactly(expected: string, fix: (given: string) => string | undefined): Check {
  return (value, property, problems) => {
    if (typeof value !== 'string') return text()(value, property, problems);
    if (value === expected) return;
    const message = `${property} is ${show(value)}, and this version of cdk8s-ml reads '${expected}'.`;
    const way = fix(value) ?? `Write '${expected}'.`;
    problems.push({ rule: BAD_PROFILE, property, value: show(value), message, fix: way });
  };
}
