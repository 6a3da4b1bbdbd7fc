import type { Container, Mount } from '../../../inventory/container';
import { normalPath } from '../../../inventory/container';
import { isOpen } from '../../../inventory/open-text';
import type { SavePlace } from './checkpoint-contract';
import { expanded } from './checkpoint-contract';

/** What becomes of what is saved in a place. */
export type Fate =
  /** It goes to an object store or comes out in another way. */
  | { readonly to: 'elsewhere' }
  /** It is in a volume. */
  | { readonly to: 'volume'; readonly mount: Mount }
  /** It is in the container itself, and gone with it. */
  | { readonly to: 'container'; readonly path: string }
  | { readonly to: 'unknown' };

const UNKNOWN: Fate = { to: 'unknown' };
const ELSEWHERE: Fate = { to: 'elsewhere' };

/** What becomes of what a run saves in a place. */
export function fateOf(place: SavePlace): Fate {
  const { container } = place;
  const path = expanded(place.written, container).replace(/^file:\/\//, '');
  if (/^[A-Za-z][\w+.-]*:\//.test(path) || isUploaded(place)) return ELSEWHERE;
  if (path.startsWith('*') || path.startsWith('~') || /^\/(dev|proc)(\/|$)/.test(path)) return UNKNOWN;
  const hosts = hostsOf(container);
  const mounts = hosts.flatMap((host) => host.mounts);
  if (mounts.some(({ field }) => isOpen(field.at('mountPath')))) return UNKNOWN;
  const absolute = absolutePath(path, container);
  if (absolute === undefined)
    return mounts.some(mayKeep) || container.pod.partial ? UNKNOWN : { to: 'container', path };
  const star = absolute.indexOf('*');
  const known = star < 0 ? normalPath(absolute) : normalPath(absolute.slice(0, absolute.lastIndexOf('/', star)));
  if (isArtifact(container, known)) return ELSEWHERE;
  const mount = hosts.map((host) => host.mountOf(known)).find((each) => each !== undefined);
  if (mount) return mount.volume ? { to: 'volume', mount } : UNKNOWN;
  if (star >= 0 && mounts.some((each) => each.path.startsWith(`${known}/`))) return UNKNOWN;
  return container.pod.partial ? UNKNOWN : { to: 'container', path: star < 0 ? known : absolute };
}

/** The containers in which the program of a container really runs: a launcher starts it in those of the workers. */
function hostsOf(container: Container): Container[] {
  const { workload, role } = container.pod;
  const { kind } = workload.resource;
  const isLauncher =
    (kind === 'MPIJob' && role.name === 'Launcher') ||
    (kind === 'TrainJob' && role.name === 'launcher') ||
    kind === 'RayJob';
  return isLauncher ? workload.pods.flatMap(({ containers }) => containers) : [container];
}

function absolutePath(path: string, { field }: Container): string | undefined {
  if (path.startsWith('/')) return path;
  const directory = field.at('workingDir').text;
  return directory?.startsWith('/') ? `${directory}/${path}` : undefined;
}

const LASTING: ReadonlySet<string | undefined> = new Set(['claim', 'network', 'unknown', undefined]);

/** Whether the working directory, which the image says, may lie in it and last. */
function mayKeep({ readOnly, volume }: Mount): boolean {
  return !readOnly && LASTING.has(volume?.nature);
}

/** Whether Argo takes it out of the pod. */
function isArtifact({ pod }: Container, path: string): boolean {
  const outputs = pod.at('outputs');
  const artifacts = outputs.at('artifacts').items.map((artifact) => artifact.at('path').text);
  const parameters = outputs.at('parameters').items.map((parameter) => parameter.at('valueFrom', 'path').text);
  return [...artifacts, ...parameters].some((taken) => {
    const other = normalPath(taken ?? '');
    return taken !== undefined && (`${path}/`.startsWith(`${other}/`) || `${other}/`.startsWith(`${path}/`));
  });
}

const UPLOAD = /\b(aws s3|s5cmd|gsutil|gcloud storage|azcopy|rclone|mc|rsync|huggingface-cli upload|hf upload)\b/;
const UPLOADER = /upload|sync|rclone|s5cmd|gsutil|gcloud|aws-?cli|azcopy|backup|copier|persist|rsync/i;

/** Whether the script itself or a container beside it brings the content of the volume out. */
function isUploaded({ container, written }: SavePlace): boolean {
  if (UPLOAD.test(container.words.join(' '))) return true;
  const volumes = new Set(container.mounts.map(({ volumeName }) => volumeName));
  return container.pod.everyContainer.some(
    (other) =>
      other !== container &&
      other.part !== 'init' &&
      other.mounts.some(({ volumeName }) => volumes.has(volumeName)) &&
      (UPLOADER.test([other.name, other.image ?? '', ...other.words].join(' ')) || other.words.includes(written)),
  );
}
