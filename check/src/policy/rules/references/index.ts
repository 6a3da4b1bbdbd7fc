import type { AnyRule } from '../../rule';
import { quotesInArgument } from './quotes-in-argument';
import { shellSyntaxWithoutShell } from './shell-syntax-without-shell';
import { undefinedVariable } from './undefined-variable';
import { shellVariableNotExpanded } from './shell-variable-not-expanded';
import { variableDefinedTwice } from './variable-defined-twice';

/** Rules of the group references. */
export const REFERENCES: readonly AnyRule[] = [
  variableDefinedTwice,
  shellVariableNotExpanded,
  undefinedVariable,
  shellSyntaxWithoutShell,
  quotesInArgument,
];
