import type { IConstruct } from 'constructs';
import { DiagnosticError, show } from '../core/diagnostics';
import { dnsSubdomainProblem } from '../core/names';
import { BAD_NAME } from '../core/rules';

/**
 * Name of the object of a construct: the one given, or the id, and after it the run.
 *
 * Never changed to fit: references elsewhere would break. COR005 when it is no name of Kubernetes.
 */
export function objectName(
  scope: IConstruct,
  given: string | undefined,
  run?: string,
  nameProblem = dnsSubdomainProblem,
): string {
  const base = given ?? scope.node.id;
  const name = run === undefined ? base : `${base}-${run}`;
  const problem = nameProblem(name);
  if (problem === undefined) return name;
  const property = given === undefined ? 'id' : 'name';
  const message = `the name ${show(name)}, made from ${run === undefined ? property : `${property} and run`}, ${problem}.`;
  const own = given === undefined ? 'Give another id, or set name' : 'Change name';
  const fix = run === undefined ? `${own}.` : `${own}, or change run.`;
  throw new DiagnosticError([{ rule: BAD_NAME, property, value: show(name), message, fix }], scope.node.path);
}
