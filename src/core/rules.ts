import { invalid } from './diagnostics';

/** Diagnostics about the shape of what users pass, whatever construct it is passed to. */
export const WRONG_TYPE = invalid(
  'COR001',
  'wrong-type',
  'A value of another type would be rendered as something nobody asked for.',
);
export const UNKNOWN_PROPERTY = invalid(
  'COR002',
  'unknown-property',
  'A misspelt property would be ignored in silence.',
);
export const MISSING_PROPERTY = invalid('COR003', 'missing-property', 'Nothing can be derived in its place.');
export const OUT_OF_RANGE = invalid(
  'COR004',
  'out-of-range',
  'Kubernetes or the program in the pod refuses values outside the range.',
);
export const BAD_NAME = invalid(
  'COR005',
  'bad-name',
  'The API server refuses names outside its grammar, some of them only on derived objects.',
  'https://kubernetes.io/docs/concepts/overview/working-with-objects/names/',
);
export const UNPRINTABLE_TEXT = invalid(
  'COR006',
  'unprintable-text',
  'Control characters, byte order marks, direction marks and broken surrogates do not survive YAML, or hide what a manifest says.',
  'https://yaml.org/spec/1.2.2/#51-character-set',
);
export const EMPTY_REASON = invalid(
  'COR007',
  'acknowledge-without-reason',
  'A waiver nobody can judge later protects nobody.',
);
export const UNKNOWN_RULE = invalid(
  'COR008',
  'acknowledge-unknown-rule',
  'A waiver for a rule that does not exist waives nothing.',
);
export const CANNOT_ACKNOWLEDGE = invalid(
  'COR009',
  'acknowledge-invalid',
  'What Kubernetes rejects stays rejected, whatever the reason.',
);
export const BROKEN_CHECK = invalid('COR010', 'broken-check', 'A check that threw has not proven anything.');
export const TOO_LARGE = invalid(
  'COR011',
  'too-large',
  'The API server and etcd refuse objects above about 1.5 MiB.',
  'https://etcd.io/docs/v3.6/dev-guide/limit/',
);
