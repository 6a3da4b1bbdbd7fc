import { Stage } from '../cluster/settings';
import type { Problem, Rule } from '../core/diagnostics';
import { show } from '../core/diagnostics';
import { BAD_ENV, BAD_IMAGE, BAD_QUANTITY, SAME_CONTAINER_NAME, UNPINNED_IMAGE } from '../kinds/diagnostics';
import { imageProblem, isPinned } from '../kinds/image';
import { cpuQuantity, kibibyteQuantity } from '../kinds/quantity';
import { commandProblems } from './command-checks';
import { annotationSizeProblems, reservedLabelProblems } from './metadata-checks';
import { memoryProblems, mountProblems } from './mount-checks';
import { deprecationProblems } from './deprecation-checks';
import type { ContainerDescription, PodDescription } from './pod-description';
import type { PodProps } from './pod-props';
import { secretProblems } from './secret-checks';

type Placed = readonly [place: string, container: ContainerDescription];

/** What is wrong with a pod beyond the shapes of its props, in the words of the props. */
export function podProblems(props: PodProps, pod: PodDescription, ownEnv: readonly string[], stage: Stage): Problem[] {
  const others: Placed[] = [
    ...pod.initContainers.map((container, i): Placed => [`initContainers[${i}].`, container]),
    ...pod.sidecars.map((container, i): Placed => [`sidecars[${i}].`, container]),
  ];
  return [
    ...containerProblems('', pod.main, ownEnv, stage),
    ...others.flatMap(([place, container]) => containerProblems(place, container, [], stage)),
    ...ownEnvProblems(props, ownEnv),
    ...containerNameProblems([['', pod.main], ...others]),
    ...shareProblems(pod),
    ...memoryProblems(pod.main),
    ...deprecationProblems(pod),
    ...reservedLabelProblems(props.labels),
    ...annotationSizeProblems(pod.annotations, 'annotations'),
  ];
}

/** `injected` are variables that the construct or the operator sets: in the main container only. */
function containerProblems(
  place: string,
  container: ContainerDescription,
  injected: readonly string[],
  stage: Stage,
): Problem[] {
  return [
    ...imageProblems(place, container.image, stage),
    ...commandProblems(place, container, injected),
    ...secretProblems(place, container),
    ...mountProblems(place, container),
  ];
}

function imageProblems(place: string, image: string, stage: Stage): Problem[] {
  const property = `${place}image`;
  const found = (rule: Rule, what: string, fix: string): Problem[] => [
    { rule, property, value: show(image), message: `${property} ${show(image)} ${what}.`, fix },
  ];
  const problem = imageProblem(image);
  if (problem !== undefined)
    return found(BAD_IMAGE, problem, 'Write it as registry/repository:tag or registry/repository@sha256:….');
  if (stage !== Stage.PRODUCTION || isPinned(image)) return [];
  return found(UNPINNED_IMAGE, 'has no fixed tag', 'Name a version or, better, a digest.');
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

/** A share of a node of which sidecars leave nothing. */
function shareProblems({ main, sidecars }: PodDescription): Problem[] {
  const compare = (
    what: string,
    amount: (container: ContainerDescription) => number | undefined,
    quantity: (amount: number) => string,
  ): Problem[] => {
    const left = amount(main);
    if (left === undefined || left > 0) return [];
    const taken = sidecars.reduce((sum, sidecar) => sum + (amount(sidecar) ?? 0), 0);
    const message = `the share of a node is ${quantity(left + taken)} of ${what}, and the sidecars take ${quantity(taken)}.`;
    const fix = `Give the sidecars less ${what}, or set ${what}.`;
    return [{ rule: BAD_QUANTITY, property: 'sidecars', value: quantity(taken), message, fix }];
  };
  return [
    ...compare('cpu', ({ cpuMillis }) => cpuMillis, cpuQuantity),
    ...compare('memory', ({ memoryKib }) => memoryKib, kibibyteQuantity),
  ];
}

function containerNameProblems(containers: readonly Placed[]): Problem[] {
  const names = containers.map(([, { name }]) => name);
  return containers.flatMap(([place, { name }], index) => {
    if (names.indexOf(name) === index) return [];
    const message = `two containers of the pod are called ${show(name)}.`;
    return [
      { rule: SAME_CONTAINER_NAME, property: `${place}name`, value: show(name), message, fix: 'Rename one of them.' },
    ];
  });
}
