import type { ISecret } from 'cdk8s-plus-28';
import { EnvValue } from 'cdk8s-plus-28';
import { dnsSubdomainProblem } from '../core/names';
import { checkArgument, text } from '../core/shape';
import { fieldPathProblem, keyProblem } from './env-source';

/** Short ways to an `EnvValue` of cdk8s-plus: its own factories are taken everywhere as well. */
export class Env {
  /** Plain text. `$(NAME)` is replaced by a variable that stands before it; `literal` keeps it. */
  public static value(value: string): EnvValue {
    checkArgument('value', value, text({ min: 0 }));
    return EnvValue.fromValue(value);
  }

  /** Plain text in which nothing is replaced: every `$` is doubled. */
  public static literal(value: string): EnvValue {
    checkArgument('value', value, text({ min: 0 }));
    return EnvValue.fromValue(value.replaceAll('$', '$$$$'));
  }

  /** A key of a Secret; of cdk8s-plus, give its `.name`. */
  public static secret(secretName: string, key: string): EnvValue {
    checkReference(secretName, key);
    return EnvValue.fromSecretValue({ secret: { name: secretName } as ISecret, key });
  }

  /** A key of a ConfigMap; of cdk8s-plus, give its `.name`. */
  public static configMap(configMapName: string, key: string): EnvValue {
    checkReference(configMapName, key);
    return EnvValue.fromConfigMap({ name: configMapName } as Parameters<typeof EnvValue.fromConfigMap>[0], key);
  }

  /** A field of the pod, such as `status.podIP` or `metadata.labels['team']`. */
  public static field(fieldPath: string): EnvValue {
    const fix = "Write status.podIP, metadata.name, metadata.labels['team'] or the like.";
    checkArgument('fieldPath', fieldPath, text({ max: 500, grammar: fieldPathProblem, fix }));
    return EnvValue.fromFieldRef(fieldPath as Parameters<typeof EnvValue.fromFieldRef>[0]);
  }

  private constructor() {}
}

function checkReference(name: string, key: string): void {
  checkArgument('name', name, text({ max: 253, grammar: dnsSubdomainProblem }));
  checkArgument('key', key, text({ max: 253, grammar: keyProblem }));
}
