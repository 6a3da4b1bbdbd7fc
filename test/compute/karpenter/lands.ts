/** What a pod asks of its node, as it stands in a manifest. */
interface PodSpec {
  readonly nodeSelector?: { readonly [label: string]: string };
  readonly tolerations?: readonly { readonly key: string; readonly value?: string; readonly effect?: string }[];
  readonly affinity?: { readonly nodeAffinity?: object };
}

interface NodePool {
  readonly spec: {
    readonly template: {
      readonly metadata: { readonly labels: { readonly [label: string]: string } };
      readonly spec: {
        readonly requirements: readonly { key: string; operator: string; values?: readonly string[] }[];
        readonly taints?: readonly { readonly key: string; readonly value?: string; readonly effect: string }[];
      };
    };
  };
}

/** Why a pod would not land on the nodes of a NodePool: labels that it does not promise, taints that the pod does not tolerate. */
export function obstacles(pod: PodSpec, { spec: { template } }: NodePool): string[] {
  const { requirements, taints = [] } = template.spec;
  const promises = (key: string, value: string): boolean =>
    template.metadata.labels[key] === value ||
    requirements.some((one) => one.key === key && one.operator === 'In' && one.values?.join() === value);
  const labels = Object.entries(pod.nodeSelector ?? {}).filter(([key, value]) => !promises(key, value));
  const held = taints.filter(
    (taint) =>
      !(pod.tolerations ?? []).some(
        ({ key, value, effect }) =>
          key === taint.key &&
          (value === undefined || value === (taint.value ?? '')) &&
          (effect === undefined || effect === taint.effect),
      ),
  );
  return [
    ...labels.map(([key, value]) => `the NodePool promises no ${key}=${value}`),
    ...held.map(({ key }) => `the pod does not tolerate ${key}`),
    ...(pod.affinity?.nodeAffinity ? ['the pod has an affinity to nodes'] : []),
  ];
}
