import { labelKeyProblem } from '../../src/core/names';
import * as labels from '../../src/kinds/labels';

describe('labels', () => {
  test('are all keys that the API server takes', () => {
    const keys = Object.entries(labels).filter(([name]) => /_(LABEL|ANNOTATION)$/.test(name));
    expect(keys.length).toBeGreaterThan(15);
    for (const [, key] of keys) expect(labelKeyProblem(key as string)).toBeUndefined();
  });

  test('carry the reason of a waiver under the name of its rule', () => {
    expect(labels.waiverAnnotation('plain-secret')).toBe('cdk8s-ml.dev/waive-plain-secret');
  });

  test.each([
    ['cdk8s-ml.dev/run', 'cdk8s-ml'],
    ['app.kubernetes.io/name', 'cdk8s-ml'],
    ['app.kubernetes.io/managed-by', 'cdk8s-ml'],
    ['batch.kubernetes.io/job-name', 'the Job controller'],
    ['job-name', 'the Job controller'],
    ['training.kubeflow.org/replica-type', 'the training operator'],
    ['jobset.sigs.k8s.io/jobset-name', 'JobSet'],
  ])('%s is not for users', (label, owner) => {
    expect(labels.reservedLabelOwner(label)).toBe(owner);
  });

  test.each(['team', 'app.kubernetes.io/part-of', 'example.com/job-name', 'job-names'])('%s is for users', (label) => {
    expect(labels.reservedLabelOwner(label)).toBeUndefined();
  });
});
