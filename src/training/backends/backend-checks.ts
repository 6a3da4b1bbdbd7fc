import { componentOf } from '../../cluster/backend-components';
import type { ClusterProfile } from '../../cluster/profile';
import { Component, TrainingBackend } from '../../cluster/settings';
import { secondsOf } from '../../core/amounts';
import type { Problem } from '../../core/diagnostics';
import { BACKEND_LACKS, BACKEND_MISSING, TWO_MPI_OPERATORS } from '../diagnostics';
import type { DeclaredRunProps } from '../declared-run';
import type { DistributedRunProps } from '../gang-props';
import { MpiImplementation } from '../frameworks/mpi-options';
import { TensorflowSuccess } from '../frameworks/tensorflow-options';
import { GangRole } from '../gang-role';
import type { BackendRow } from './backend-row';
import { RestartScope } from './backend-row';
import { BACKEND_TABLE } from './table';

/** What backends are asked for: by a run, and by how it is declared. */
export type BackendRequests = DistributedRunProps & Pick<DeclaredRunProps, 'ttl'>;

/** A request that not every backend can fulfil. */
interface Demand {
  readonly property: keyof BackendRequests;
  /** What is asked, as messages show it; undefined when nothing is. */
  readonly asked: string | undefined;
  readonly isMet: (row: BackendRow) => boolean;
  /** What is wrong with a kind that does not fulfil it. */
  readonly message: (resource: string) => string;
}

/** Whether a backend can do what is asked. */
export function isAbleTo(kind: TrainingBackend, props: DistributedRunProps): boolean {
  return demandsOf(props).every(({ asked, isMet }) => asked === undefined || isMet(BACKEND_TABLE[kind]));
}

/** What a backend restarts that has not the scope. */
const RESTARTS: { readonly [scope in RestartScope]: string } = {
  [RestartScope.GANG]: 'single pods only',
  [RestartScope.POD]: 'the whole gang',
};

/** What a backend cannot do of what is asked, by the table of backends, and what the cluster lacks for it. */
export function backendProblems(profile: ClusterProfile, props: BackendRequests, kind: TrainingBackend): Problem[] {
  const demands = demandsOf(props).filter(({ asked }) => asked !== undefined);
  const row = BACKEND_TABLE[kind];
  const unmet = demands.filter(({ isMet }) => !isMet(row));
  const fix = otherwise(profile, demands, kind);
  return [
    ...unmet.map(({ property, asked, message }): Problem => ({
      rule: BACKEND_LACKS,
      property,
      value: asked,
      message: message(row.title ?? row.resource),
      fix: fix ?? `Leave ${property} out: no backend has all that is asked.`,
    })),
    ...installationProblems(profile, kind, fix),
    ...twoOperatorsProblems(profile, kind),
  ];
}

function demandsOf({
  framework,
  failOnExitCodes = [],
  restartScope,
  retryOutOfMemory,
  ttl,
  elastic,
}: BackendRequests): Demand[] {
  const codes = failOnExitCodes.join(', ');
  const { implementation = MpiImplementation.OPEN_MPI } = framework._mpi ?? {};
  const needed = framework._roles.filter(({ isOptional }) => !isOptional).map(({ role }) => role);
  const roles = needed.join(', ');
  return [
    {
      property: 'framework',
      asked: framework.name,
      isMet: ({ frameworks }) => frameworks.includes(framework.name),
      message: (resource) => `framework is ${framework.name}, which a ${resource} does not run.`,
    },
    {
      property: 'framework',
      asked: roles === '' ? undefined : roles,
      isMet: (row) => needed.every((role) => row.roles?.includes(role) ?? false),
      message: (resource) => `framework has ${roles}, which a ${resource} has not.`,
    },
    {
      property: 'framework',
      asked: implementation === MpiImplementation.OPEN_MPI ? undefined : implementation,
      isMet: ({ mpi }) => mpi?.includes(implementation) ?? false,
      message: (resource) => `framework is started by MPI of ${implementation}, which a ${resource} does not know.`,
    },
    {
      property: 'framework',
      asked: roles === '' && framework._success === TensorflowSuccess.CHIEF ? framework._success : undefined,
      isMet: (row) => row.roles?.includes(GangRole.CHIEF) ?? false,
      message: (resource) => `success is ${framework._success}, and a ${resource} has succeeded when every pod has.`,
    },
    {
      property: 'failOnExitCodes',
      asked: codes === '' ? undefined : codes,
      isMet: ({ endsOnExitCodes }) => endsOnExitCodes,
      message: (resource) => `a ${resource} cannot end at once for exit codes ${codes}.`,
    },
    {
      property: 'retryOutOfMemory',
      asked: retryOutOfMemory === false ? 'false' : undefined,
      isMet: ({ endsOnExitCodes }) => endsOnExitCodes,
      message: (resource) => `retryOutOfMemory is false, and a ${resource} cannot end at once for exit code 137.`,
    },
    {
      property: 'restartScope',
      asked: restartScope,
      isMet: ({ restarts }) => restartScope !== undefined && restarts.includes(restartScope),
      message: (resource) => `restartScope is ${restartScope}, and a ${resource} restarts ${RESTARTS[restartScope!]}.`,
    },
    {
      property: 'elastic',
      asked: elastic && `minNodes ${elastic.minNodes}`,
      isMet: ({ elastic: frameworks = [] }) => frameworks.includes(framework.name),
      message: (resource) =>
        `elastic is set, and a ${resource} with framework ${framework.name} has a fixed number of nodes.`,
    },
    {
      property: 'ttl',
      asked: ttl && `${secondsOf(ttl)} s`,
      isMet: (row) => row.ttl,
      message: (resource) => `ttl is set, and nothing removes a ${resource} that ended.`,
    },
  ];
}

/** The nearest backend that can do all that is asked: one that the cluster has, or else one that it could have. */
function otherwise(profile: ClusterProfile, demands: readonly Demand[], kind: TrainingBackend): string | undefined {
  const others = Object.values(TrainingBackend).filter((other) => other !== kind);
  const able = others.filter((other) => demands.every(({ isMet }) => isMet(BACKEND_TABLE[other])));
  const isInstalled = (other: TrainingBackend): boolean => {
    const component = componentOf(other);
    return component === undefined || profile.components.includes(component);
  };
  const best = able.find(isInstalled) ?? able.at(0);
  if (best === undefined) return undefined;
  const name = `TrainingBackend.${nameOf(best)} ('${best}')`;
  if (isInstalled(best)) return `Set backend to ${name}.`;
  return `Set backend to ${name}, and add its component '${componentOf(best)}' to the cluster and the profile.`;
}

function nameOf(kind: TrainingBackend): string {
  return Object.entries(TrainingBackend).find(([, value]) => value === kind)![0];
}

function installationProblems(profile: ClusterProfile, kind: TrainingBackend, fix: string | undefined): Problem[] {
  const component = componentOf(kind);
  if (component === undefined || profile.components.includes(component)) return [];
  const lack = profile.isKnown
    ? `the profile ${profile.name} has no ${component}${insteadOf(profile, kind)}`
    : `no profile is attached that has ${component}`;
  const install = `Add the component '${component}' to the profile.`;
  return [
    {
      rule: BACKEND_MISSING,
      property: 'backend',
      value: kind,
      message: `the backend is ${kind}, and ${lack}.`,
      fix: fix === undefined ? install : `${fix.slice(0, -1)}, or add the component '${component}' to the profile.`,
    },
  ];
}

/** What a cluster has that looks like a backend which it lacks. */
function insteadOf({ components }: ClusterProfile, kind: TrainingBackend): string {
  if (kind !== TrainingBackend.MPI_JOB || !components.includes(Component.TRAINING_OPERATOR)) return '';
  return ' but that of the training-operator, MPIJob v1';
}

const BOTH = [Component.TRAINING_OPERATOR, Component.MPI_OPERATOR];

/** The name of the definition can be only one's: the training operator then has to do without, which no manifest shows. */
function twoOperatorsProblems({ name, components }: ClusterProfile, kind: TrainingBackend): Problem[] {
  const isMpi = kind === TrainingBackend.MPI_JOB || kind === TrainingBackend.MPI_JOB_V1;
  if (!isMpi || !BOTH.every((operator) => components.includes(operator))) return [];
  return [
    {
      rule: TWO_MPI_OPERATORS,
      property: 'backend',
      value: kind,
      message: `the backend is ${kind}, and the profile ${name} has the ${BOTH.join(' and the ')}.`,
      fix:
        kind === TrainingBackend.MPI_JOB
          ? 'Leave the one that is not there out of the profile. Or run the training operator without MPIJob (--enable-scheme for its other kinds, and not its definition of MPIJob), and acknowledge it.'
          : `Set backend to TrainingBackend.MPI_JOB ('${TrainingBackend.MPI_JOB}'), or leave the one that is not there out of the profile.`,
    },
  ];
}
