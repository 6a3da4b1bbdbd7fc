/** A run on a GPU that trusts nobody. */
export const TRAINED = `
apiVersion: batch/v1
kind: Job
metadata: { name: train, namespace: research }
spec:
  activeDeadlineSeconds: 3600
  backoffLimit: 0
  template:
    spec:
      restartPolicy: Never
      automountServiceAccountToken: false
      tolerations: [{ key: nvidia.com/gpu, operator: Exists, effect: NoSchedule }]
      securityContext: { runAsNonRoot: true, runAsUser: 1000, seccompProfile: { type: RuntimeDefault } }
      volumes: [{ name: shm, emptyDir: { medium: Memory, sizeLimit: 1Gi } }]
      containers:
      - name: main
        image: registry.example.com/trainer@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef
        command: [python, train.py]
        args: [--lr=0.1, --name=$(NAME)]
        env: [{ name: NAME, value: first }, { name: LOG, value: /logs/$(NAME) }]
        volumeMounts: [{ name: shm, mountPath: /dev/shm }]
        securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: [ALL] } }
        resources: { requests: { cpu: 4, memory: 16Gi }, limits: { memory: 16Gi, nvidia.com/gpu: 1 } }
`;

/** A namespace that enforces the strictest level, with a policy for its traffic. */
export const RESTRICTED = `
---
apiVersion: v1
kind: Namespace
metadata: { name: research, labels: { pod-security.kubernetes.io/enforce: restricted } }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: own, namespace: research }
spec: { podSelector: {}, policyTypes: [Ingress] }
`;

/** A pod of every node. */
export const AGENT = `
apiVersion: apps/v1
kind: DaemonSet
metadata: { name: agent, namespace: gpu-operator }
spec:
  selector: { matchLabels: { app: agent } }
  template:
    metadata: { labels: { app: agent } }
    spec:
      containers:
      - name: main
        image: example.com/agent:v1
        env: [{ name: NVIDIA_VISIBLE_DEVICES, value: all }]
        securityContext: { privileged: true }
`;
