import type { Container } from '../inventory/container';
import type { Inventory } from '../inventory/inventory';
import type { PodFacts } from '../inventory/pod';
import type { Resource } from '../inventory/resource';
import type { Workload } from '../inventory/workload';
import type { ReadingTrouble } from '../inventory/document';
import type { Remark, Severity } from './finding';

/** What a rule defends against; the attacks have the names of the packs. */
export enum Group {
  /** Texts that are no objects, fields that the API server does not know. */
  READING = 'reading',
  /** Rejected, or waits for ever. */
  PENDING = 'pending',
  /** Hours of training lost. */
  LOST_WORK = 'lost-work',
  /** Expensive GPUs that wait for each other. */
  SLOW_GANG = 'slow-gang',
  /** Killed for memory. */
  OOM = 'oom',
  /** Finished objects that fill the cluster. */
  CLUTTER = 'clutter',
  /** Left running over the weekend. */
  RUNAWAY = 'runaway',
  /** Servers that fail their users. */
  SERVING = 'serving',
  /** Secrets, privileges, images that nobody can trust. */
  SECURITY = 'security',
  /** Workflows that hang or repeat. */
  PIPELINES = 'pipelines',
  /** Names that lead nowhere, and objects that contradict each other. */
  REFERENCES = 'references',
}

/** What a rule looks at, one at a time. */
export enum Scope {
  /** Every object. */
  OBJECT = 'object',
  /** Every object that carries pods. */
  WORKLOAD = 'workload',
  /** Workloads that come to an end. */
  RUN = 'run',
  /** Workloads whose pods work as one. */
  GANG = 'gang',
  /** Workloads that answer requests. */
  SERVER = 'server',
  /** Pods of every workload. */
  POD = 'pod',
  /** Containers of every pod, also those that run first. */
  CONTAINER = 'container',
  /** The set as a whole. */
  SET = 'set',
}

/** What must be known beside the manifests. Without it the rule is not judged, and the report says so. */
export enum Need {
  /** A cluster profile. */
  PROFILE = 'profile',
  /** Nodes: from a profile, from NodePools or Nodes in the set. */
  POOLS = 'pools',
  /** That everything is in the set (`--complete`). */
  COMPLETE = 'complete',
}

/** What a rule of each scope is given. */
export interface Subjects {
  [Scope.OBJECT]: Resource;
  [Scope.WORKLOAD]: Workload;
  [Scope.RUN]: Workload;
  [Scope.GANG]: Workload;
  [Scope.SERVER]: Workload;
  [Scope.POD]: PodFacts;
  [Scope.CONTAINER]: Container;
  [Scope.SET]: Inventory;
}

/** What is said of every rule. */
export interface RuleDescription {
  /** Kebab-case, and the name of its file; its identity. */
  readonly name: string;
  readonly group: Group;
  /** Other packs that it is in. */
  readonly packs?: readonly Group[];
  /** Identifiers of the operational facts it stands for, such as `ML-COST-001`. */
  readonly facts: readonly string[];
  /** Why it matters: a sentence or two, and the source. */
  readonly why: string;
  /** What to do, in the words of YAML. */
  readonly fix: string;
  /** What to do in the props of cdk8s-ml, where it differs. */
  readonly props?: string;
}

/** A rule over the facts of objects: data, and a check. */
export interface Rule<S extends Scope = Scope> extends RuleDescription {
  readonly scope: S;
  readonly needs?: readonly Need[];
  /** Whether what it finds makes a place unreadable, so that other rules have nothing to say about it. */
  readonly spoils?: boolean;
  readonly check: (subject: Subjects[S], inventory: Inventory) => readonly Remark[];
}

/** A rule over facts of some scope, as lists hold them. */
export type FactRule = { [S in Scope]: Rule<S> }[Scope];

/** Kinds of trouble with a waiver. */
export type WaiverTrouble = 'waiver-without-reason' | 'waiver-for-unknown-rule' | 'unused-waiver' | 'expired-waiver';

/** A rule about what is not a fact of objects: texts that are not yet objects, and waivers. */
export interface ReadingRule extends RuleDescription {
  /** What the reader calls it. */
  readonly trouble: ReadingTrouble | WaiverTrouble;
  readonly severity: Severity;
}

/** Any rule. */
export type AnyRule = FactRule | ReadingRule;

/** Whether a rule is about texts that are not yet objects, or about waivers. */
export function isReadingRule(rule: AnyRule): rule is ReadingRule {
  return 'trouble' in rule;
}
