import type { Rule, Scope } from '../../rule';
import { closedWorld } from './closed-world';

export const missingService: Rule<Scope.SET> = closedWorld('service', {
  name: 'missing-service',
  why: 'What is sent to a Service that is not there is lost; pods of a StatefulSet without its Service cannot find each other. https://kubernetes.io/docs/concepts/services-networking/service/',
  fix: 'Add the Service, correct the name, or declare it external.',
});
