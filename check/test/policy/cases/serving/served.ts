/** A server of a model with everything that a server should have. */
export const SERVED = `
apiVersion: apps/v1
kind: Deployment
metadata:
  name: chat
  namespace: serving
  annotations: { cdk8s-ml.dev/load-time: 240s }
spec:
  replicas: 2
  progressDeadlineSeconds: 1500
  strategy: { rollingUpdate: { maxSurge: 0, maxUnavailable: 1 } }
  selector: { matchLabels: { app: chat } }
  template:
    metadata: { labels: { app: chat } }
    spec:
      terminationGracePeriodSeconds: 150
      nodeSelector: { cdk8s-ml.dev/pool: l40s }
      tolerations: [{ key: nvidia.com/gpu, operator: Exists, effect: NoSchedule }]
      containers:
      - name: server
        image: vllm/vllm-openai:v0.11.0
        ports: [{ name: http, containerPort: 8000 }]
        lifecycle: { preStop: { sleep: { seconds: 15 } } }
        startupProbe: { httpGet: { path: /health, port: http }, periodSeconds: 10, failureThreshold: 60 }
        readinessProbe: { httpGet: { path: /health, port: http } }
        livenessProbe: { httpGet: { path: /health, port: http }, periodSeconds: 10 }
        resources: { requests: { cpu: 8, memory: 64Gi }, limits: { memory: 64Gi, nvidia.com/gpu: 1 } }
`;

/** A budget for it. */
export const BUDGET = `
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: chat, namespace: serving }
spec: { maxUnavailable: 1, selector: { matchLabels: { app: chat } } }
`;

/** An autoscaler for it. */
export const SCALED = `
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: chat, namespace: serving }
spec:
  scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: chat }
  minReplicas: 2
  maxReplicas: 4
  metrics:
  - { type: Pods, pods: { metric: { name: requests_in_flight }, target: { type: AverageValue, averageValue: "10" } } }
`;

/** A ScaledObject for it. */
export const BY_KEDA = `
apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata: { name: chat, namespace: serving }
spec:
  scaleTargetRef: { name: chat }
  minReplicaCount: 1
  maxReplicaCount: 4
  triggers:
  - type: prometheus
    metricType: AverageValue
    metadata: { serverAddress: "http://prometheus:9090", query: "sum(vllm:num_requests_waiting)", threshold: "5" }
`;

/** A server that is none of a model. */
export const WEB = `
apiVersion: apps/v1
kind: Deployment
metadata: { name: shop, namespace: web }
spec:
  replicas: 3
  selector: { matchLabels: { app: shop } }
  template:
    metadata: { labels: { app: shop } }
    spec: { containers: [{ name: web, image: 'example.com/shop:v1', livenessProbe: { httpGet: { path: /, port: 80 }, initialDelaySeconds: 60 } }] }
`;

/** A service of KServe. */
export const KSERVE = `
apiVersion: serving.kserve.io/v1beta1
kind: InferenceService
metadata: { name: chat, namespace: serving, annotations: { serving.kserve.io/deploymentMode: Knative } }
spec:
  predictor:
    minReplicas: 1
    maxReplicas: 4
    canaryTrafficPercent: 20
    model: { modelFormat: { name: huggingface }, storageUri: 'hf://org/model' }
`;
