// Image references. https://github.com/distribution/reference/blob/main/reference.go

const COMPONENT = '[a-z0-9]+(?:(?:\\.|_|__|-+)[a-z0-9]+)*';
const NAME = new RegExp(`^${COMPONENT}(?:/${COMPONENT})*$`);
const HOST_PART = '(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])';
const DOMAIN = new RegExp(`^(?:${HOST_PART}(?:\\.${HOST_PART})*|\\[[a-fA-F0-9:]+\\])(?::[0-9]{1,5})?$`);
const TAG = /^[\w][\w.-]{0,127}$/;
const DIGEST = /^(?:sha256:[0-9a-f]{64}|sha384:[0-9a-f]{96}|sha512:[0-9a-f]{128})$/;
const IMAGE_ID = /^[0-9a-f]{64}$/;
const LONGEST_REPOSITORY = 255;
const MOVING_TAGS = ['latest', 'main', 'master', 'nightly', 'dev', 'edge', 'stable'];
/** The newest of some build: `latest-gpu`, `cuda-latest`. */
const NEWEST = /^latest[-_.]|[-_.]latest$/;

interface ImageReference {
  readonly name: string;
  readonly tag?: string;
  readonly digest?: string;
}

function split(image: string): ImageReference {
  const at = image.indexOf('@');
  const named = at < 0 ? image : image.slice(0, at);
  const digest = at < 0 ? undefined : image.slice(at + 1);
  // A colon before the last slash belongs to the port of the registry.
  const colon = named.lastIndexOf(':');
  if (colon <= named.lastIndexOf('/')) return { name: named, digest };
  return { name: named.slice(0, colon), tag: named.slice(colon + 1), digest };
}

/** Why the kubelet would refuse the image, or nothing. */
export function imageProblem(image: string): string | undefined {
  if (image.length > 512) return 'is longer than 512 characters';
  if (image !== image.trim()) return 'has white space around it';
  if (/\s/.test(image)) return 'contains white space';
  if (image.includes('://')) return 'starts with a scheme, which image references do not have';
  const { name, tag, digest } = split(image);
  if (tag !== undefined && !TAG.test(tag)) return tag === '' ? 'ends with a colon' : 'has a tag that no registry takes';
  if (digest !== undefined && !DIGEST.test(digest)) return 'has a digest that is not sha256: and 64 hexadecimal digits';
  return nameProblem(name);
}

function nameProblem(name: string): string | undefined {
  const slash = name.indexOf('/');
  const first = slash < 0 ? '' : name.slice(0, slash);
  const isDomain = first.includes('.') || first.includes(':') || first === 'localhost' || first !== first.toLowerCase();
  if (isDomain && !DOMAIN.test(first)) return 'has no valid registry before the first slash';
  const repository = isDomain ? name.slice(slash + 1) : name;
  if (repository !== repository.toLowerCase()) return 'has upper-case letters in its repository';
  if (repository.length > LONGEST_REPOSITORY) return `has a repository of more than ${LONGEST_REPOSITORY} characters`;
  if (IMAGE_ID.test(name)) return 'is an image ID, which no registry can look up';
  return NAME.test(repository) ? undefined : 'is no image reference';
}

/** Whether the image stays the same: a digest, or a tag that is not known to move. */
export function isPinned(image: string): boolean {
  const { tag, digest } = split(image);
  return digest !== undefined || (tag !== undefined && !MOVING_TAGS.includes(tag) && !NEWEST.test(tag));
}
