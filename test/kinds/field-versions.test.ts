import { KubernetesVersion } from 'cdk8s-ml';
import published from '../../imports/openapi/field-versions.json';
import { FIELD_VERSIONS, KIND_VERSIONS, VALUE_VERSIONS, versionProblem } from '../../src/kinds/field-versions';
import { atLeast } from '../../src/kinds/version';

describe('field versions', () => {
  test('are those of the API servers', () => {
    expect(KIND_VERSIONS).toEqual(published.kinds);
    expect(FIELD_VERSIONS).toEqual(published.fields);
    expect(VALUE_VERSIONS).toEqual(published.values);
    expect(Object.values(KubernetesVersion)).toEqual(published.versions);
  });

  test('say since when and until when', () => {
    const span = { since: KubernetesVersion.V1_34, until: KubernetesVersion.V1_35 };
    expect(Object.values(KubernetesVersion).map((version) => versionProblem(version, span))).toEqual([
      'is new in Kubernetes 1.34',
      undefined,
      undefined,
      'is gone since Kubernetes 1.35',
    ]);
  });

  test('say nothing of what every version knows', () => {
    expect(versionProblem(KubernetesVersion.V1_33, undefined)).toBeUndefined();
    expect(versionProblem(KubernetesVersion.V1_33, {})).toBeUndefined();
  });
});

describe('atLeast', () => {
  test('compares versions by number', () => {
    expect(atLeast(KubernetesVersion.V1_35, KubernetesVersion.V1_34)).toBe(true);
    expect(atLeast(KubernetesVersion.V1_34, KubernetesVersion.V1_34)).toBe(true);
    expect(atLeast(KubernetesVersion.V1_33, KubernetesVersion.V1_34)).toBe(false);
  });
});
