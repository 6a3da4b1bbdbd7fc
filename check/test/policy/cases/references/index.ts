import type { RuleCase } from '../../rule-case';
import { QUOTES_IN_ARGUMENT } from './quotes-in-argument';
import { SHELL_SYNTAX_WITHOUT_SHELL } from './shell-syntax-without-shell';
import { UNDEFINED_VARIABLE } from './undefined-variable';
import { SHELL_VARIABLE_NOT_EXPANDED } from './shell-variable-not-expanded';
import { VARIABLE_DEFINED_TWICE } from './variable-defined-twice';

export const REFERENCES_CASES: readonly RuleCase[] = [
  VARIABLE_DEFINED_TWICE,
  SHELL_VARIABLE_NOT_EXPANDED,
  UNDEFINED_VARIABLE,
  SHELL_SYNTAX_WITHOUT_SHELL,
  QUOTES_IN_ARGUMENT,
];
