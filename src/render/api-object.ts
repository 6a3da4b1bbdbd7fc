import type { ApiObjectMetadata } from 'cdk8s';
import { ApiObject, Lazy } from 'cdk8s';
import type { Construct } from 'constructs';
import type { Problem } from '../core/diagnostics';
import { DiagnosticError } from '../core/diagnostics';
import { acknowledgedProblems, currentEpoch, report } from '../core/report';
import { MANAGED_BY, MANAGED_BY_LABEL, PATH_ANNOTATION, waiverAnnotation } from '../kinds/labels';
import { metadataProblems, remember } from './object-checks';
import type { Plain } from './plain';
import { plain } from './plain';

/** What a renderer hands over: the head of an object, and values for the rest or functions that return them at synth. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: ApiObjectMetadata & { readonly name: string };
  readonly spec?: unknown;
  /** Fields beside the spec, such as the data of a ConfigMap. */
  readonly fields?: { readonly [field: string]: unknown };
}

/**
 * The one exit: makes an API object of a manifest.
 *
 * The object is an ApiObject whose fields are produced late, so that a JSON patch of the user on any field survives. What
 * cannot be written is reported with all other problems of the app.
 */
export function apiObject(scope: Construct, id: string, manifest: Manifest): ApiObject {
  const { apiVersion, kind, metadata, spec, fields } = manifest;
  const late = Object.entries({ spec, ...fields })
    .filter(([, value]) => value !== undefined)
    .map(([field, value]) => new LateField(field, value));
  const object = new RenderedObject(scope, id, {
    apiVersion,
    kind,
    metadata: {
      ...metadata,
      labels: { ...metadata.labels, [MANAGED_BY_LABEL]: MANAGED_BY },
      annotations: { ...metadata.annotations, [PATH_ANNOTATION]: scope.node.path },
    },
    ...Object.fromEntries(late.map((field) => [field.name, Lazy.any(field)])),
  });
  remember(object);
  report(object, () => [...metadataProblems(object), ...late.flatMap((field) => field.problems())]);
  return object;
}

/** An ApiObject that carries the reasons for what was acknowledged on the construct that made it. */
class RenderedObject extends ApiObject {
  public toJson(): unknown {
    for (const [rule, reason] of acknowledgedProblems(this.node.scope!)) {
      this.metadata.addAnnotation(waiverAnnotation(rule), reason);
    }
    return super.toJson();
  }
}

/** A field rendered once for validation and writing, and again only after something changed. */
class LateField {
  private epoch = -1;
  private value?: Plain;
  private refused: readonly Problem[] = [];

  constructor(
    public readonly name: string,
    private readonly source: unknown,
  ) {}

  public produce(): Plain | undefined {
    this.render();
    if (this.refused.length > 0) throw new DiagnosticError(this.refused);
    return this.value;
  }

  public problems(): readonly Problem[] {
    this.render();
    return this.refused;
  }

  private render(): void {
    if (this.epoch === currentEpoch()) return;
    const source: unknown = typeof this.source === 'function' ? (this.source as () => unknown)() : this.source;
    const { value, problems } = plain(source, this.name);
    this.value = value;
    this.refused = problems;
    this.epoch = currentEpoch();
  }
}
