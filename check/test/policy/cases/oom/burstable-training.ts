import { Severity } from '../../../../src/policy/finding';
import { burstableTraining } from '../../../../src/policy/rules/oom/burstable-training';
import { CONTAINER, jobWith } from '../job-manifests';
import type { RuleCase } from '../../rule-case';

const at = `${CONTAINER}.resources.requests.memory`;
const manifest = (request: string): string =>
  jobWith({ container: `resources: { requests: { memory: ${request} }, limits: { memory: 64Gi } }` });

export const BURSTABLE_TRAINING: RuleCase = {
  rule: burstableTraining,
  good: manifest('32Gi'),
  flips: [
    { change: { [at]: '16Gi' }, at, says: /a request of 16Gi of memory and a limit of 64Gi/, severity: Severity.INFO },
  ],
  silent: { 'no training': manifest('1Gi').replaceAll('train', 'work') },
};
