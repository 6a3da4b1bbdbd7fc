import { ApiObject, App, Chart, Testing } from 'cdk8s';
import { Construct } from 'constructs';
import { Acknowledge, Claim, ClusterProfile, KubernetesVersion } from 'cdk8s-ml';
import { Size } from 'cdk8s';
import { changed } from '../../src/core/epoch';
import { report } from '../../src/core/report';
import type { Manifest } from '../../src/render/api-object';
import { apiObject } from '../../src/render/api-object';
import { RETRIES_WITHOUT_CHECKPOINTS } from '../../src/training/diagnostics';
import { complaint } from '../complaints';

function chartOf(namespace: string | undefined = 'team', labels: Record<string, string> = {}): Chart {
  return new Chart(new App(), 'c', { namespace, labels });
}

function made(chart: Chart, id: string, manifest: Partial<Manifest> = {}): ApiObject {
  const construct = new Construct(chart, id);
  return apiObject(construct, 'Resource', {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    metadata: { name: id },
    ...manifest,
  });
}

function problems(chart: Chart): string {
  return complaint(() => Testing.synth(chart));
}

describe('apiObject', () => {
  test('makes an object with our labels, the path of its construct and what the chart says', () => {
    const chart = chartOf('team', { owner: 'nlp' });
    made(chart, 'settings', { fields: { data: { lr: '3' } }, metadata: { name: 'settings', labels: { a: 'b' } } });
    expect(Testing.synth(chart)).toEqual([
      {
        apiVersion: 'v1',
        kind: 'ConfigMap',
        metadata: {
          name: 'settings',
          namespace: 'team',
          labels: { a: 'b', owner: 'nlp', 'app.kubernetes.io/managed-by': 'cdk8s-ml' },
          annotations: { 'cdk8s-ml.dev/path': 'c/settings' },
        },
        data: { lr: '3' },
      },
    ]);
  });

  test('is what ApiObject.of finds', () => {
    const object = made(chartOf(), 'settings');
    expect(ApiObject.of(object.node.scope!)).toBe(object);
  });

  test('renders a field once per change, however many charts there are', () => {
    const app = new App();
    let renders = 0;
    const spec = () => ({ renders: ++renders });
    for (let i = 0; i < 9; i++) made(new Chart(app, `c${i}`), `settings-${i}`, { spec });
    app.synthYaml();
    expect(renders).toBe(9);
    app.synthYaml();
    expect(renders).toBe(9);
    changed();
    app.synthYaml();
    expect(renders).toBe(18);
  });

  test('COR010 reports a renderer that throws, and the other objects of the app', () => {
    const chart = chartOf();
    made(chart, 'broken', {
      spec: () => {
        throw new TypeError('pod is undefined');
      },
    });
    made(chart, 'settings', { spec: { a: null } });
    const message = problems(chart);
    expect(message).toContain('[c/broken/Resource] COR010: a check failed: pod is undefined.');
    expect(message).toContain('[c/settings/Resource] KUB001: spec.a is null');
  });

  test('says what is wrong also when one object is rendered without validation', () => {
    expect(() => made(chartOf(), 'settings', { spec: { a: NaN } }).toJson()).toThrow('KUB001: spec.a is NaN');
  });

  test('COR011 fails for an object that etcd would refuse, and passes below', () => {
    const text = 'x'.repeat(300_000);
    const chart = chartOf();
    made(chart, 'large', {
      fields: { data: { a: text, b: text }, binaryData: { c: text, d: text, e: text, f: text } },
    });
    made(chart, 'small', { fields: { data: { a: text, b: text, c: text, d: text, e: text } } });
    const message = problems(chart);
    expect(message).toContain(
      '[c/large/Resource] COR011: ConfigMap large holds 1800006 characters of text, and 1572864 is the limit.',
    );
    expect(message).not.toContain('[c/small');
  });
});

describe('names and namespaces', () => {
  test.each(['Upper', 'a_b', '-a', 'x'.repeat(254)])('COR005 fails for the name %s', (name) => {
    const chart = chartOf();
    made(chart, 'settings', { metadata: { name } });
    expect(problems(chart)).toContain('COR005: the name');
  });

  test('COR005 passes for the names that RBAC takes', () => {
    const chart = chartOf();
    made(chart, 'role', { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'Role', metadata: { name: 'system:a' } });
    expect(problems(chart)).toBe('');
  });

  test.each([
    ['My-Team', 'must consist of lower-case letters'],
    ['a.b', 'must consist of lower-case letters'],
    ['', 'must not be empty'],
    ['x'.repeat(64), 'must be no more than 63'],
    [12 as unknown as string, 'is not text'],
  ])('COR005 fails for the namespace %p', (namespace, why) => {
    const chart = chartOf(namespace);
    made(chart, 'settings');
    expect(problems(chart)).toMatch(new RegExp(`COR005: the namespace .* ${why}`));
  });

  test('COR005 passes for a namespace and for none', () => {
    for (const namespace of ['team-a', undefined]) {
      const chart = new Chart(new App(), 'c', { namespace });
      made(chart, 'settings');
      expect(problems(chart)).toBe('');
    }
  });

  test('KUB002 fails for names, namespaces, labels and annotations that read back as numbers', () => {
    const chart = chartOf('0x1e-1');
    made(chart, 'settings', {
      metadata: { name: '0o17', labels: { run: '0X1F', '0o7': 'x' }, annotations: { note: '0o17', '0B1': 'x' } },
    });
    const message = problems(chart);
    expect(message).toContain("KUB002: the name is '0o17', which reads back as a number.");
    expect(message).toContain("KUB002: the label is '0X1F', which reads back as a number.");
    expect(message).toContain("KUB002: the key '0o7' reads back as a number.");
    expect(message).toContain("KUB002: the annotation is '0o17', which reads back as a number.");
    expect(message).toContain("KUB002: the key '0B1' reads back as a number.");
    const other = chartOf('0o17');
    made(other, 'settings');
    expect(problems(other)).toContain("KUB002: the namespace is '0o17', which reads back as a number.");
  });

  test.each(['kube-system', 'kube-public', 'kube-node-lease'])('KUB022 fails in the namespace %s', (namespace) => {
    const chart = chartOf(namespace);
    made(chart, 'settings');
    expect(problems(chart)).toContain(`KUB022: the namespace is ${namespace}.`);
  });

  test('KUB022 passes when acknowledged, and the object says why', () => {
    const chart = chartOf('kube-system');
    const object = made(chart, 'settings');
    Acknowledge.of(object.node.scope!).add('KUB022', 'The device plugin lives here.');
    const [{ metadata }] = Testing.synth(chart) as [{ metadata: { annotations: object } }];
    expect(metadata.annotations).toMatchObject({
      'cdk8s-ml.dev/waive-system-namespace': 'The device plugin lives here.',
    });
  });

  test('KUB022 passes in a namespace of one’s own', () => {
    const chart = chartOf('team');
    made(chart, 'settings');
    expect(problems(chart)).toBe('');
  });
});

describe('labels and annotations', () => {
  test('KUB005 fails for keys and values that the API server refuses, whoever set them', () => {
    const chart = chartOf('team', { 'a/b/c': 'x', number: 5 as unknown as string });
    const object = made(chart, 'settings', { metadata: { name: 'settings', annotations: { '-x': 'y' } } });
    object.metadata.addLabel('later', 'not valid');
    object.metadata.addAnnotation('flag', true as unknown as string);
    const message = problems(chart);
    expect(message).toContain("KUB005: the label key 'a/b/c' must have at most one '/'");
    expect(message).toContain("KUB005: the value 5 of label 'number' must be text");
    expect(message).toContain("KUB005: the value 'not valid' of label 'later' must consist of");
    expect(message).toContain("KUB005: the annotation key '-x'");
    expect(message).toContain('KUB005: the annotation flag is true, not text.');
  });

  test('KUB005 fails for a label that is added after a first synth', () => {
    const chart = chartOf();
    const object = made(chart, 'settings');
    expect(problems(chart)).toBe('');
    object.metadata.addLabel('later', 'not valid');
    expect(problems(chart)).toContain('KUB005');
  });

  test('KUB005 passes for labels and annotations as they should be', () => {
    const chart = chartOf('team', { 'example.com/owner': 'nlp' });
    made(chart, 'settings', { metadata: { name: 'settings', annotations: { note: 'any text: {} at all' } } });
    expect(problems(chart)).toBe('');
  });

  test('COR006 fails for annotations that hide something', () => {
    const chart = chartOf();
    made(chart, 'settings', { metadata: { name: 'settings', annotations: { note: 'x\u202ey' } } });
    expect(problems(chart)).toContain('COR006: the annotation contains U+202E.');
  });

  test('KUB006 fails above 256 KiB of annotations in total, and passes below', () => {
    const annotations = (size: number) => ({ a: 'x'.repeat(size), b: 'é'.repeat(65536) });
    const chart = chartOf();
    made(chart, 'large', { metadata: { name: 'large', annotations: annotations(131072) } });
    made(chart, 'small', { metadata: { name: 'small', annotations: annotations(131000) } });
    const message = problems(chart);
    expect(message).toMatch(
      /\[c\/large\/Resource\] KUB006: metadata\.annotations has 2621\d\d bytes in total, and 262144 is/,
    );
    expect(message).not.toContain('[c/small');
  });
});

describe('acknowledged problems', () => {
  test('leave their reason on every object of the construct, and only when they are found', () => {
    const chart = chartOf();
    const construct = new Construct(chart, 'job');
    report(construct, () => [{ rule: RETRIES_WITHOUT_CHECKPOINTS, message: 'it retries.', fix: 'Do not.' }]);
    for (const id of ['Resource', 'Service'])
      apiObject(construct, id, { apiVersion: 'v1', kind: id, metadata: { name: 'x' } });
    made(chart, 'other');
    Acknowledge.of(chart).add('TRN001', 'A smoke test.');
    Acknowledge.of(chart).add('TRN003', 'Not found anywhere.');
    const objects = Testing.synth(chart) as { kind: string; metadata: { annotations: Record<string, string> } }[];
    const waivers = objects.map(({ kind, metadata }) => [
      kind,
      Object.keys(metadata.annotations).filter((key) => key.includes('waive')),
    ]);
    expect(waivers).toEqual([
      ['Resource', ['cdk8s-ml.dev/waive-retries-without-checkpoints']],
      ['Service', ['cdk8s-ml.dev/waive-retries-without-checkpoints']],
      ['ConfigMap', []],
    ]);
    expect(objects[0].metadata.annotations['cdk8s-ml.dev/waive-retries-without-checkpoints']).toBe('A smoke test.');
  });
});

describe('duplicates', () => {
  test('KUB003 fails for two of our objects of one kind, namespace and name, and names both places', () => {
    const chart = chartOf();
    made(chart, 'one', { metadata: { name: 'same' } });
    made(chart, 'two', { metadata: { name: 'same' } });
    const message = problems(chart);
    expect(message).toContain(
      '[c/two/Resource] KUB003: ConfigMap same is made twice in one namespace, the other time at c/one/Resource.',
    );
    expect(message.split('KUB003')).toHaveLength(2);
  });

  test('KUB003 fails across charts of one namespace, and for objects that others made', () => {
    const app = new App();
    made(new Chart(app, 'a', { namespace: 'n' }), 'settings');
    made(new Chart(app, 'b', { namespace: 'n' }), 'settings');
    const chart = new Chart(app, 'c', { namespace: 'm' });
    new Claim(chart, 'models', { size: Size.gibibytes(1) });
    new ApiObject(chart, 'theirs', { apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name: 'models' } });
    const message = complaint(() => app.synthYaml());
    expect(message).toContain('[b/settings/Resource] KUB003');
    expect(message).toContain('[c/models/Resource] KUB003');
    expect(message).toContain('the other time at c/theirs.');
  });

  test('KUB003 passes for another kind, group, namespace or name, and for one that was taken out', () => {
    const app = new App();
    const chart = new Chart(app, 'a', { namespace: 'n' });
    made(chart, 'one', { metadata: { name: 'same' } });
    made(chart, 'two', { metadata: { name: 'other' } });
    made(chart, 'three', { metadata: { name: 'same' }, kind: 'Secret' });
    made(chart, 'four', { metadata: { name: 'same' }, apiVersion: 'example.com/v1' });
    made(chart, 'five', { metadata: { name: 'same', namespace: 'elsewhere' } });
    made(chart, 'six', { metadata: { name: 'same' } });
    chart.node.tryRemoveChild('six');
    made(new Chart(app, 'b', { namespace: 'm' }), 'one', { metadata: { name: 'same' } });
    expect(complaint(() => app.synthYaml())).toBe('');
  });
});

describe('several clusters in one app', () => {
  test('KUB003 passes for one name in two clusters', () => {
    const app = new App();
    for (const name of ['east', 'west']) {
      const chart = new Chart(app, name, { namespace: 'team' });
      ClusterProfile.attach(chart, new ClusterProfile({ name }));
      made(chart, 'settings');
    }
    expect(complaint(() => app.synthYaml())).toBe('');
  });
});

describe('versions of Kubernetes', () => {
  function versioned(kubernetes: KubernetesVersion, manifest: Partial<Manifest>): string {
    const chart = new Chart(new App(), 'c');
    ClusterProfile.attach(chart, new ClusterProfile({ name: 'lab', kubernetes }));
    made(chart, 'x', manifest);
    return problems(chart);
  }

  const pod = (fields: object, container: object = {}) => ({
    spec: { template: { spec: { containers: [{ name: 'a', ...container }], ...fields } } },
  });
  const { V1_33, V1_34, V1_35, V1_36 } = KubernetesVersion;

  test('KUB020 fails for fields, values and kinds that the version lacks', () => {
    expect(versioned(V1_33, pod({ hostnameOverride: 'a' }))).toContain(
      'KUB020: spec.template.spec.hostnameOverride is new in Kubernetes 1.34, and the manifest is for 1.33.',
    );
    expect(versioned(V1_33, pod({}, { restartPolicyRules: [] }))).toContain(
      'KUB020: spec.template.spec.containers[0].restartPolicyRules is new in Kubernetes 1.34',
    );
    expect(versioned(V1_33, pod({}, { env: [{ name: 'A', valueFrom: { fileKeyRef: {} } }] }))).toContain(
      'containers[0].env[0].valueFrom.fileKeyRef is new in Kubernetes 1.34',
    );
    expect(versioned(V1_34, pod({ tolerations: [{ key: 'a', operator: 'Gt', value: '1' }] }))).toContain(
      'tolerations[0].operator is new in Kubernetes 1.35',
    );
    expect(versioned(V1_36, pod({ workloadRef: {} }))).toContain('spec.workloadRef is gone since Kubernetes 1.35');
    expect(versioned(V1_33, { kind: 'ResourceClaimTemplate' })).toContain('KUB020: kind is new in Kubernetes 1.34');
  });

  test('KUB020 passes where the version knows them, and without a profile for 1.33', () => {
    expect(versioned(V1_34, pod({ hostnameOverride: 'a' }, { restartPolicyRules: [] }))).toBe('');
    expect(versioned(V1_35, pod({ workloadRef: {}, tolerations: [{ key: 'a', operator: 'Lt', value: '1' }] }))).toBe(
      '',
    );
    expect(versioned(V1_33, pod({ tolerations: [{ key: 'a', operator: 'Exists' }] }))).toBe('');
    const chart = new Chart(new App(), 'c');
    made(chart, 'x', pod({ hostnameOverride: 'a' }));
    expect(problems(chart)).toContain('KUB020');
  });
});
