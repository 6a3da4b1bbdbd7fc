export { check } from './policy/check';
export type { CheckOptions, CheckResult } from './policy/check';
