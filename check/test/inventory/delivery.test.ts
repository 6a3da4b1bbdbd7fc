import { isDeclaredRun, isHook, isKept, isTracked } from '../../src/inventory/delivery';
import { inventoryOf } from './inventory-of';

const objectWith = (metadata: string) =>
  inventoryOf(`apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a, ${metadata} }\n`).resources[0];
const note = (text: string): string => `annotations: { ${text} }`;
const argo = (options: string): string => note(`argocd.argoproj.io/sync-options: "${options}"`);

test.each<[string, { hook?: true; kept?: true; tracked?: true; declared?: true }]>([
  ['labels: {}', {}],
  [note('helm.sh/hook: pre-install'), { hook: true }],
  [note('argocd.argoproj.io/hook: PreSync'), { hook: true }],
  [argo('Prune=false'), { kept: true, tracked: true, declared: true }],
  [argo('Validate=false, Delete=confirm'), { kept: true, tracked: true, declared: true }],
  [argo('Prune=confirm,Replace=true'), { kept: true, tracked: true, declared: true }],
  [argo('Delete=false'), { kept: true, tracked: true, declared: true }],
  [argo('Prune=true'), { tracked: true, declared: true }],
  [argo('PruneLast=false'), { tracked: true, declared: true }],
  [argo('SkipPrune=false'), { tracked: true, declared: true }],
  [note('kustomize.toolkit.fluxcd.io/prune: disabled'), { kept: true, tracked: true, declared: true }],
  [note('kustomize.toolkit.fluxcd.io/prune: enabled'), { tracked: true, declared: true }],
  [note('helm.sh/resource-policy: keep'), { kept: true, tracked: true, declared: true }],
  [note('helm.sh/resource-policy: other'), {}],
  [note('argocd.argoproj.io/tracking-id: a'), { tracked: true, declared: true }],
  [note('argocd.argoproj.io/sync-wave: "1"'), { tracked: true, declared: true }],
  ['labels: { argocd.argoproj.io/instance: a }', { tracked: true, declared: true }],
  ['labels: { kustomize.toolkit.fluxcd.io/name: a }', { tracked: true, declared: true }],
  ['labels: { helm.toolkit.fluxcd.io/name: a }', { tracked: true, declared: true }],
  ['labels: { cdk8s-ml.dev/run: a }', { declared: true }],
])('%s', (metadata, { hook = false, kept = false, tracked = false, declared = false }) => {
  const object = objectWith(metadata);
  expect(isHook(object)).toBe(hook);
  expect(isKept(object)).toBe(kept);
  expect(isTracked(object)).toBe(tracked);
  expect(isDeclaredRun(object)).toBe(declared);
});
