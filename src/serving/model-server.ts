import type { ApiObject, ApiObjectMetadata, Duration } from 'cdk8s';
import { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import type {
  DeploymentSpec,
  HorizontalPodAutoscalerSpec,
  PodDisruptionBudgetSpec,
  ServiceSpec,
} from '../../imports/k8s';
import { secondsOf } from '../core/amounts';
import { dns1035LabelProblem } from '../core/names';
import { report } from '../core/report';
import { checkShape } from '../core/shape';
import type { Gpu } from '../kinds/gpu';
import { LOAD_TIME_ANNOTATION } from '../kinds/labels';
import type { Manifest } from '../render/api-object';
import { apiObject } from '../render/api-object';
import { objectName } from '../render/object-name';
import { podTemplate } from '../render/pod-template';
import { autoscalerSpec } from './autoscaler';
import { disruptionBudgetSpec, labelSelector } from './availability';
import type { ModelServerProps } from './model-server-props';
import { modelServerShape } from './model-server-props';
import { budgetSeconds, HTTP_PORT_NAME } from './probes';
import type { Replicas } from './replicas';
import type { ResolvedServer } from './resolve-server';
import { resolveServer, SERVER } from './resolve-server';
import type { Rollout } from './rollout';
import type { Runtime } from './runtime';
import type { Scaling } from './scaling';
import { serverProblems } from './server-checks';

/**
 * A model that answers requests over HTTP.
 *
 * Renders: Deployment, Service; HorizontalPodAutoscaler with `Replicas.between(...)`; PodDisruptionBudget with two replicas or
 * more.
 *
 * @see https://kubernetes.io/docs/concepts/workloads/controllers/deployment/
 */
export class ModelServer extends Construct {
  /** Name of the Deployment, the Service and the other objects. */
  public readonly serverName: string;
  /** Program that answers the requests. */
  public readonly runtime: Runtime;
  /** GPUs of each replica; undefined for a server on CPUs. */
  public readonly gpu?: Gpu;
  /** How many replicas there are. */
  public readonly replicas: Replicas;
  /** How a new version takes the place of the old one. */
  public readonly rollout: Rollout;
  /** Usual time until a replica can answer, as far as it is known. */
  public readonly loadTime?: Duration;
  /** Port of the Service. */
  public readonly servicePort: number;
  /** The Deployment. */
  public readonly resource: ApiObject;
  /** The Service. */
  public readonly service: ApiObject;
  /** The HorizontalPodAutoscaler, when there is one. */
  public readonly autoscaler?: ApiObject;
  /** The PodDisruptionBudget, when there is one. */
  public readonly disruptionBudget?: ApiObject;

  private readonly server: ResolvedServer;

  constructor(scope: Construct, id: string, props: ModelServerProps) {
    super(scope, id);
    const given = checkShape(this, 'ModelServerProps', props, modelServerShape);

    this.serverName = objectName(this, given.name, undefined, dns1035LabelProblem);
    this.server = resolveServer(this, this.serverName, given);
    this.runtime = given.runtime;
    this.gpu = given.gpu;
    this.replicas = this.server.replicas;
    this.rollout = this.server.rollout;
    this.loadTime = given.loadTime;
    this.servicePort = given.servicePort ?? 80;

    report(this, () => serverProblems(this, given, this.server));
    const make = this.maker(given.labels);
    this.resource = make('Resource', DEPLOYMENT, () => this.toDeploymentSpec(), loadAnnotation(given));
    this.service = make('Service', SERVICE, () => this.toServiceSpec(given.servicePortName ?? 'http'));
    const { scaling } = given;
    if (scaling && this.replicas.scales) {
      this.autoscaler = make('Autoscaler', AUTOSCALER, () => this.toAutoscalerSpec(scaling));
    }
    if (this.replicas.min > 1) {
      this.disruptionBudget = make('DisruptionBudget', DISRUPTION_BUDGET, () => this.toDisruptionBudgetSpec());
    }
  }

  /** Address of the Service within the cluster, such as `http://chat.ml-serving.svc`. */
  public get url(): string {
    const namespace = Chart.of(this).namespace;
    const host = namespace === undefined ? this.serverName : `${this.serverName}.${namespace}.svc`;
    return `http://${host}${this.servicePort === 80 ? '' : `:${this.servicePort}`}`;
  }

  private toDeploymentSpec(): DeploymentSpec {
    const { selector, probes, drain, pod } = this.server;
    return {
      replicas: this.replicas.scales ? undefined : this.replicas.max,
      revisionHistoryLimit: KEPT_REVISIONS,
      progressDeadlineSeconds: budgetSeconds(probes.startupProbe) + drain.graceSeconds + PREPARE_SECONDS,
      strategy: this.rollout._strategy(),
      selector: labelSelector(selector),
      template: podTemplate(pod),
    };
  }

  private toServiceSpec(portName: string): ServiceSpec {
    const served = this.server.engine.extraPorts.filter((extra) => extra.served);
    return {
      type: 'ClusterIP',
      selector: { ...this.server.selector },
      ports: [
        { name: portName, port: this.servicePort, targetPort: HTTP_PORT_NAME },
        ...served.map(({ name, port }) => ({ name, port, targetPort: name })),
      ],
    };
  }

  private toAutoscalerSpec(scaling: Scaling): HorizontalPodAutoscalerSpec {
    return autoscalerSpec({
      name: this.serverName,
      containerName: SERVER,
      replicas: this.replicas,
      scaling,
      onGpu: this.gpu !== undefined,
      inFlightMetric: this.server.engine.inFlightMetric,
    });
  }

  private toDisruptionBudgetSpec(): PodDisruptionBudgetSpec {
    return disruptionBudgetSpec(this.server.selector);
  }

  /** Makes objects of one name and one set of labels. */
  private maker(userLabels: ModelServerProps['labels']): MakeObject {
    const labels = { ...userLabels, ...this.server.selector };
    return (id, head, spec, annotations) =>
      apiObject(this, id, { ...head, metadata: { name: this.serverName, labels, annotations }, spec });
  }
}

type MakeObject = (
  id: string,
  head: Pick<Manifest, 'apiVersion' | 'kind'>,
  spec: () => unknown,
  annotations?: ApiObjectMetadata['annotations'],
) => ApiObject;

const DEPLOYMENT = { apiVersion: 'apps/v1', kind: 'Deployment' };
const SERVICE = { apiVersion: 'v1', kind: 'Service' };
const AUTOSCALER = { apiVersion: 'autoscaling/v2', kind: 'HorizontalPodAutoscaler' };
const DISRUPTION_BUDGET = { apiVersion: 'policy/v1', kind: 'PodDisruptionBudget' };

const KEPT_REVISIONS = 5;
/** For a node to come up and an image of 10 to 20 GB to be pulled, before a pod starts and after the old one is gone. */
const PREPARE_SECONDS = 900;

function loadAnnotation({ loadTime }: ModelServerProps): { [annotation: string]: string } | undefined {
  return loadTime && { [LOAD_TIME_ANNOTATION]: `${secondsOf(loadTime)}s` };
}
