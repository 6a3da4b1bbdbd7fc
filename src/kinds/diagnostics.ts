import { invalid, unsafe } from '../core/diagnostics';

/** KUB: what Kubernetes itself takes and refuses, whatever construct it comes from. */
export const UNRENDERABLE = invalid(
  'KUB001',
  'unrenderable-value',
  'Class instances, functions, NaN and the like cannot stand in a manifest.',
);
export const AMBIGUOUS_TEXT = invalid(
  'KUB002',
  'ambiguous-yaml-text',
  'cdk8s writes the text in a way that the API server reads as something else, such as a number or a merge key.',
  'https://yaml.org/type/',
);
export const DUPLICATE_OBJECT = invalid(
  'KUB003',
  'duplicate-object',
  'kubectl applies one after the other, and the last one wins in silence.',
);
export const DEEP_OR_CYCLIC = invalid(
  'KUB004',
  'deep-or-cyclic-value',
  'A cycle or extreme nesting cannot be written.',
);
export const LABEL = invalid(
  'KUB005',
  'bad-label',
  'The API server refuses the object, or a controller loses its pods.',
  'https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/',
);
export const LARGE_ANNOTATIONS = invalid(
  'KUB006',
  'large-annotations',
  'The API server refuses annotations above 262,144 bytes in total.',
);
export const BAD_IMAGE = invalid(
  'KUB007',
  'bad-image',
  'The pod would stay in InvalidImageName.',
  'https://github.com/distribution/reference',
);
export const BAD_ENV = invalid(
  'KUB008',
  'bad-env',
  'The variable would be refused, hidden by another one, or read as another value.',
);
export const PLAIN_SECRET = unsafe(
  'KUB009',
  'plain-secret',
  'Everybody who may read pods or the Git repository reads the secret.',
  'https://kubernetes.io/docs/concepts/configuration/secret/',
);
export const UNEXPANDED_VARIABLE = unsafe(
  'KUB010',
  'unexpanded-variable',
  'Kubernetes expands only $(NAME) of a variable it knows; anything else reaches the program as text.',
  'https://kubernetes.io/docs/tasks/inject-data-application/define-interdependent-environment-variables/',
);
export const SHELL_IN_EXEC = unsafe(
  'KUB011',
  'shell-in-exec',
  'A command without a shell passes operators and quotes on as arguments, or is not found.',
);
export const MOUNT_CONFLICT = invalid(
  'KUB012',
  'mount-conflict',
  'Two mounts at one path hide each other or are refused.',
);
export const BAD_MOUNT_PATH = invalid(
  'KUB013',
  'bad-mount-path',
  'The container would not start, or its own files would vanish.',
);
export const HIDDEN_IMAGE_FILES = unsafe(
  'KUB014',
  'mount-hides-image-files',
  'The files of the image below the mount vanish.',
);
export const BAD_VOLUME = invalid(
  'KUB015',
  'bad-volume',
  'The API server refuses the volume, and with it every pod that has it.',
);
export const SCARCE_MEMORY = invalid(
  'KUB016',
  'memory-volume-above-limit',
  'A volume in memory counts against the container, which is then killed.',
);
export const HOST_ACCESS = unsafe(
  'KUB017',
  'host-access',
  'The Pod Security levels baseline and restricted refuse it, and a pod that has it can reach other tenants.',
  'https://kubernetes.io/docs/concepts/security/pod-security-standards/',
);
export const BAD_QUANTITY = invalid(
  'KUB018',
  'bad-quantity',
  'The API server refuses the amount, or it is not what was meant.',
);
export const UNPINNED_IMAGE = unsafe(
  'KUB019',
  'unpinned-image',
  'A moving tag gives pods of one run different code, and last month’s run cannot be repeated.',
  'https://kubernetes.io/docs/concepts/containers/images/#image-names',
);
export const VERSION_LACKS_FIELD = invalid(
  'KUB020',
  'version-lacks-field',
  'The API server of that version refuses the field, or drops it in silence.',
);
export const NAME_TOO_LONG = invalid(
  'KUB021',
  'derived-name-too-long',
  'Objects that controllers derive from it would be refused.',
);
export const SYSTEM_NAMESPACE = unsafe(
  'KUB022',
  'system-namespace',
  'Workloads beside the control plane share its quota, its network policies and its fate.',
);
export const NESTED_MOUNT = unsafe(
  'KUB026',
  'mount-in-read-only-volume',
  'The runtime cannot make the directory for the inner mount, and the container does not start.',
);
export const SAME_CONTAINER_NAME = invalid(
  'KUB027',
  'duplicate-container-name',
  'The API server refuses a pod in which two containers have one name.',
);
export const DEPRECATED_METADATA = unsafe(
  'KUB028',
  'deprecated-metadata',
  'The API server warns of it at every apply; nodes need not carry such a label, and nothing need read such an annotation.',
  'https://kubernetes.io/docs/reference/labels-annotations-taints/',
);
