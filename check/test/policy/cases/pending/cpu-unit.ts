import { Severity } from '../../../../src/policy/finding';
import { cpuUnit } from '../../../../src/policy/rules/pending/cpu-unit';
import type { RuleCase } from '../../rule-case';
import { podWith, RESOURCES } from './manifests';

const at = `${RESOURCES}.requests.cpu`;

export const CPU_UNIT: RuleCase = {
  rule: cpuUnit,
  good: podWith('{ requests: { cpu: 4 } }'),
  flips: [
    { change: { [at]: '4Gi' }, at, says: /asks for 4Gi of cpu, which is 4294967296 cores/, severity: Severity.ERROR },
    { change: { [at]: 1000 }, at, says: /asks for 1000 cores, and no node/, severity: Severity.WARNING },
  ],
  silent: {
    'thousandths of a core': podWith('{ requests: { cpu: 1500m } }'),
    'a large machine': podWith('{ requests: { cpu: 191450m } }'),
    'a limit above any machine stops nothing': podWith('{ requests: { cpu: 1 }, limits: { cpu: 1000 } }'),
  },
  cluster: 'leaves pending',
};
