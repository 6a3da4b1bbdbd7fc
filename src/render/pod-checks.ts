import type { Problem, Rule } from '../core/diagnostics';
import { show } from '../core/diagnostics';
import { Stage } from '../cluster/settings';
import {
  BAD_ENV,
  BAD_IMAGE,
  HIDDEN_IMAGE_FILES,
  HOST_ACCESS,
  LABEL,
  MOUNT_CONFLICT,
  NESTED_MOUNT,
  SCARCE_MEMORY,
  UNPINNED_IMAGE,
} from '../kinds/diagnostics';
import { imageProblem, isPinned } from '../kinds/image';
import { kibibyteQuantity } from '../kinds/quantity';
import { reservedLabelOwner } from '../kinds/labels';
import { kibibytes } from '../core/amounts';
import { commandProblems } from './command-checks';
import { secretProblems } from './secret-checks';
import type { ContainerDescription, NamedVolume, PodDescription } from './pod-description';
import type { PodProps } from './pod-props';

/** What is wrong with a pod beyond the shapes of its props, in the words of the props. */
export function podProblems(props: PodProps, pod: PodDescription, ownEnv: readonly string[], stage: Stage): Problem[] {
  const containers: [string, ContainerDescription][] = [
    ['', pod.main],
    ...pod.initContainers.map((container, i): [string, ContainerDescription] => [`initContainers[${i}].`, container]),
    ...pod.sidecars.map((container, i): [string, ContainerDescription] => [`sidecars[${i}].`, container]),
  ];
  return [
    ...containers.flatMap(([place, container]) => containerProblems(place, container, ownEnv, stage)),
    ...ownEnvProblems(props, ownEnv),
    ...containerNameProblems(containers),
    ...memoryProblems(pod.main),
    ...Object.keys(props.labels ?? {}).flatMap(reservedLabelProblems),
  ];
}

function containerProblems(
  place: string,
  container: ContainerDescription,
  ownEnv: readonly string[],
  stage: Stage,
): Problem[] {
  return [
    ...imageProblems(place, container.image, stage),
    ...commandProblems(place, container, ownEnv),
    ...secretProblems(place, container),
    ...mountProblems(place, container),
  ];
}

function imageProblems(place: string, image: string, stage: Stage): Problem[] {
  const property = `${place}image`;
  const found = (rule: Rule, message: string, fix: string): Problem[] => [
    { rule, property, value: show(image), message, fix },
  ];
  const problem = imageProblem(image);
  if (problem !== undefined)
    return found(
      BAD_IMAGE,
      `${property} ${show(image)} ${problem}.`,
      'Write it as registry/repository:tag or registry/repository@sha256:….',
    );
  if (stage !== Stage.PRODUCTION || isPinned(image)) return [];
  return found(UNPINNED_IMAGE, `${property} ${show(image)} has no fixed tag.`, 'Name a version or, better, a digest.');
}

function ownEnvProblems(props: PodProps, ownEnv: readonly string[]): Problem[] {
  const taken = Object.keys(props.env ?? {}).filter((name) => ownEnv.includes(name));
  return taken.map((name) => ({
    rule: BAD_ENV,
    property: `env.${name}`,
    message: `env.${name} is set, but the construct or the operator sets ${name} itself.`,
    fix: 'Take another name.',
  }));
}

function containerNameProblems(containers: readonly [string, ContainerDescription][]): Problem[] {
  const seen = new Set<string>();
  return containers.flatMap(([place, { name }]) => {
    if (!seen.has(name)) {
      seen.add(name);
      return [];
    }
    const message = `two containers of the pod are called ${show(name)}.`;
    return [{ rule: MOUNT_CONFLICT, property: `${place}name`, value: show(name), message, fix: 'Rename one of them.' }];
  });
}

function mountProblems(place: string, { volumes, workingDir }: ContainerDescription): Problem[] {
  return volumes.flatMap(({ volume }, index) => {
    const { mountPath } = volume;
    const found = (rule: Rule, message: string, fix: string): Problem => ({
      rule,
      property: `${place}volumes`,
      value: show(mountPath),
      message,
      fix,
    });
    const before = volumes.slice(0, index);
    const problems: Problem[] = [];
    if (before.some((other) => other.volume.mountPath === mountPath)) {
      problems.push(found(MOUNT_CONFLICT, `two volumes are mounted at ${mountPath}.`, 'Mount one of them elsewhere.'));
    }
    if (volumes.some((other) => other.volume.readOnly && isBelow(mountPath, other.volume.mountPath))) {
      problems.push(
        found(
          NESTED_MOUNT,
          `${mountPath} is mounted inside a volume that is read-only.`,
          'Mount it beside that volume.',
        ),
      );
    }
    if (hidesImageFiles(mountPath) || mountPath === workingDir) {
      problems.push(
        found(
          HIDDEN_IMAGE_FILES,
          `a volume is mounted at ${mountPath}, where the image keeps its own files.`,
          'Mount it at a path of its own, such as /data.',
        ),
      );
    }
    if (volume._source.hostPath)
      problems.push(
        found(HOST_ACCESS, `${volume._source.hostPath.path} of the node is mounted.`, 'Use a claim or a CSI volume.'),
      );
    return problems;
  });
}

/** Whether `path` lies inside `parent`, by path segments: `/data-old` is not inside `/data`. */
export function isBelow(path: string, parent: string): boolean {
  return path.startsWith(`${parent}/`);
}

const IMAGE_DIRECTORIES = [
  '/bin',
  '/boot',
  '/dev',
  '/etc',
  '/lib',
  '/lib64',
  '/proc',
  '/root',
  '/sbin',
  '/sys',
  '/usr',
  '/usr/bin',
  '/usr/lib',
  '/usr/local',
  '/var',
];

function hidesImageFiles(mountPath: string): boolean {
  return IMAGE_DIRECTORIES.includes(mountPath);
}

function memoryProblems(main: ContainerDescription): Problem[] {
  if (main.memoryKib === undefined) return [];
  const inMemory = main.volumes.reduce((sum, named) => sum + memoryOf(named), 0);
  if (inMemory < main.memoryKib) return [];
  const message = `volumes in memory may hold ${kibibyteQuantity(inMemory)}, and the memory of the container is ${kibibyteQuantity(main.memoryKib)}.`;
  return [
    {
      rule: SCARCE_MEMORY,
      property: 'sharedMemory',
      value: kibibyteQuantity(inMemory),
      message,
      fix: 'Give more memory or less sharedMemory.',
    },
  ];
}

function memoryOf({ volume }: NamedVolume): number {
  return volume._memory === undefined ? 0 : kibibytes(volume._memory);
}

function reservedLabelProblems(label: string): Problem[] {
  const owner = reservedLabelOwner(label);
  if (owner === undefined) return [];
  return [
    {
      rule: LABEL,
      property: `labels.${label}`,
      message: `the label ${label} belongs to ${owner}.`,
      fix: 'Take a key of your own, such as team.',
    },
  ];
}
