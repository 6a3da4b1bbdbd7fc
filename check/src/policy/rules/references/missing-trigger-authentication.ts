import type { Rule, Scope } from '../../rule';
import { closedWorld } from './closed-world';

export const missingTriggerAuthentication: Rule<Scope.SET> = closedWorld('trigger-authentication', {
  name: 'missing-trigger-authentication',
  why: 'A trigger whose credentials are not there never scales. https://keda.sh/docs/2.20/concepts/authentication/',
  fix: 'Add the TriggerAuthentication, correct the name, or declare it external.',
});
