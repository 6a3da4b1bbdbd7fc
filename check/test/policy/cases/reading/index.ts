import type { RuleCase } from '../../rule-case';
import { DEPRECATED_FIELD } from './deprecated-field';
import { PLACEHOLDER_LEFT_IN } from './placeholder-left-in';
import { REMOVED_API_VERSIONS } from './removed-api-version';
import { SCHEMA_CASES } from './schema';
import { UNREADABLE_PROFILE } from './unreadable-profile';

export const READING_CASES: readonly RuleCase[] = [
  ...SCHEMA_CASES,
  ...REMOVED_API_VERSIONS,
  DEPRECATED_FIELD,
  PLACEHOLDER_LEFT_IN,
  UNREADABLE_PROFILE,
];
