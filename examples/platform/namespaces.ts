import { ApiObject, Chart } from 'cdk8s';
import type { Construct } from 'constructs';

/** Namespaces for training and serving, in which only pods of the level `restricted` run. */
export class Namespaces extends Chart {
  constructor(scope: Construct, id: string) {
    super(scope, id);
    for (const name of ['ml-training', 'ml-serving']) {
      const labels = {
        'pod-security.kubernetes.io/enforce': 'restricted',
        'pod-security.kubernetes.io/warn': 'restricted',
      };
      new ApiObject(this, name, { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } });
    }
  }
}
