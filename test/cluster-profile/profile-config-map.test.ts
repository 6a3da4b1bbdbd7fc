import { ApiObject, App, Chart, JsonPatch, Testing } from 'cdk8s';
import type { ProfileConfigMapProps } from '../../src';
import { ClusterProfile, ProfileConfigMap } from '../../src';
import { everything, refused } from './fixtures';

const profile = new ClusterProfile({ name: 'prod' });

interface ConfigMap {
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels: Record<string, string>;
    readonly annotations: Record<string, string>;
  };
  readonly data: Record<string, string>;
}

function published(chart: Chart): ConfigMap {
  return (Testing.synth(chart) as ConfigMap[])[0];
}

function publish(props?: ProfileConfigMapProps): ConfigMap {
  const chart = Testing.chart();
  ClusterProfile.attach(chart, profile);
  new ProfileConfigMap(chart, 'profile', props);
  return published(chart);
}

describe('ProfileConfigMap', () => {
  test('minimal', () => {
    expect(publish()).toMatchSnapshot();
  });

  test('everything', () => {
    const all: Required<ProfileConfigMapProps> = { profile: new ClusterProfile(everything), name: 'cluster' };
    expect(publish(all)).toMatchSnapshot();
  });

  test('holds the document that gives the profile back', () => {
    const { data } = publish({ profile: new ClusterProfile(everything) });
    expect(Object.keys(data)).toEqual(['profile.json']);
    expect(ClusterProfile.fromJson(data['profile.json']).toJson()).toBe(new ClusterProfile(everything).toJson());
  });

  test('is found by a label', () => {
    expect(publish().metadata.labels['cdk8s-ml.dev/document']).toBe('cluster-profile');
  });

  test('is left out by Argo CD, and by everything that builds with Kustomize, as Flux does', () => {
    expect(publish().metadata.annotations).toMatchObject({
      'argocd.argoproj.io/hook': 'Skip',
      'config.kubernetes.io/local-config': 'true',
    });
  });

  test('is named after the cluster, so that one app can publish several', () => {
    const app = new App();
    const names = ['prod', 'lab'].map((name) => {
      const chart = new Chart(app, name, { namespace: 'ml' });
      ClusterProfile.attach(chart, new ClusterProfile({ name }));
      new ProfileConfigMap(chart, 'profile');
      return published(chart).metadata.name;
    });
    expect(names).toEqual(['prod-profile', 'lab-profile']);
  });

  test('stands in the namespace of its chart', () => {
    const chart = new Chart(Testing.app(), 'ml', { namespace: 'ml-platform' });
    new ProfileConfigMap(chart, 'profile', { profile });
    expect(published(chart).metadata.namespace).toBe('ml-platform');
  });

  test('keeps a patch of the user', () => {
    const chart = Testing.chart();
    const map = new ProfileConfigMap(chart, 'profile', { profile });
    ApiObject.of(map).addJsonPatch(JsonPatch.add('/data/owner', 'platform'));
    expect(Object.keys(published(chart).data)).toEqual(['profile.json', 'owner']);
  });

  test('COR003 fails when no profile is given and none is attached', () => {
    expect(refused(() => new ProfileConfigMap(Testing.chart(), 'profile'))).toEqual(['COR003 profile']);
  });

  test('COR001 fails for props that are no profile', () => {
    const props = { profile: { name: 'prod' } } as never;
    expect(refused(() => new ProfileConfigMap(Testing.chart(), 'profile', props))).toEqual(['COR001 profile']);
  });
});
