import type { ApiObjectMetadata } from 'cdk8s';
import { ApiObject, ApiObjectMetadataDefinition, Lazy } from 'cdk8s';
import type { Construct } from 'constructs';
import { ClusterProfile } from '../cluster/profile';
import type { Problem } from '../core/diagnostics';
import { DiagnosticError } from '../core/diagnostics';
import { changed, currentEpoch } from '../core/epoch';
import { acknowledgedProblems, report } from '../core/report';
import { TOO_LARGE } from '../core/rules';
import { MANAGED_BY, MANAGED_BY_LABEL, PATH_ANNOTATION, waiverAnnotation } from '../kinds/labels';
import { duplicateProblems } from './duplicates';
import { metadataProblems } from './metadata-checks';
import type { PlainResult } from './plain';
import { plain } from './plain';
import { fieldVersionProblems, kindVersionProblems } from './version-checks';

/** What a renderer hands over: the head of an object, and values for the rest or functions that return them at synth. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: ApiObjectMetadata & { readonly name: string };
  /** Id of the object in its construct, where its kind does not tell it from others. */
  readonly id?: string;
  /** Whether the object is of the whole cluster, whatever namespace its chart has. */
  readonly clusterScoped?: boolean;
  readonly spec?: unknown;
  /** Fields beside the spec, such as the data of a ConfigMap. */
  readonly fields?: { readonly [field: string]: unknown };
}

const ours = new WeakSet<ApiObject>();

/**
 * The one exit: makes an API object of a manifest.
 *
 * The object is an ApiObject whose fields are produced late, so that a JSON patch of the user on any field survives. What
 * cannot be written is reported with all other problems of the app.
 */
export function apiObject(scope: Construct, id: string, manifest: Manifest): ApiObject {
  const { apiVersion, kind, metadata, clusterScoped, spec, fields } = manifest;
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
  ours.add(object);
  if (clusterScoped) Object.assign(object.metadata, { namespace: undefined }); // cdk8s gives every object that of its chart
  watch(object.metadata);
  report(object, () => metadataProblems(object));
  report(object, () => duplicateProblems(object, (other) => ours.has(other)));
  report(object, () => fieldProblems(object, late));
  return object;
}

/** An ApiObject that carries the reasons for what was acknowledged on it and on the construct that made it. */
class RenderedObject extends ApiObject {
  public toJson(): unknown {
    for (const construct of [this.node.scope!, this]) {
      for (const [rule, reason] of acknowledgedProblems(construct)) {
        stock.addAnnotation.call(this.metadata, waiverAnnotation(rule), reason); // follows from kept results: no change
      }
    }
    return super.toJson();
  }
}

const { prototype: stock } = ApiObjectMetadataDefinition;

/** A label or annotation that is added later is a change like any other: kept results no longer hold. */
function watch(metadata: ApiObjectMetadataDefinition): void {
  for (const method of ['add', 'addAnnotation', 'addLabel'] as const) {
    metadata[method] = (key: string, value: string) => {
      changed();
      stock[method].call(metadata, key, value);
    };
  }
}

// etcd refuses larger requests: https://etcd.io/docs/v3.6/dev-guide/limit/
const MOST_CHARACTERS = 1.5 * 1024 * 1024;

function fieldProblems(object: ApiObject, late: readonly LateField[]): Problem[] {
  const version = ClusterProfile.of(object).kubernetes;
  const results = late.map((field) => field.result());
  const characters = results.reduce((sum, result) => sum + result.characters, 0);
  const size = `${object.kind} ${object.name} holds ${characters} characters of text, and ${MOST_CHARACTERS} is the limit.`;
  return [
    ...kindVersionProblems(object.kind, version),
    ...late.flatMap(({ name }, i) => [
      ...results[i].problems,
      ...fieldVersionProblems(name, results[i].value, version),
    ]),
    ...(characters <= MOST_CHARACTERS
      ? []
      : [{ rule: TOO_LARGE, message: size, fix: 'Move long texts to a volume or an image.' }]),
  ];
}

/** A field rendered once for validation and writing, and again only after something changed. */
class LateField {
  private epoch = -1;
  private rendered: PlainResult = { problems: [], characters: 0 };

  constructor(
    public readonly name: string,
    private readonly source: unknown,
  ) {}

  public produce(): PlainResult['value'] {
    const { value, problems } = this.result();
    if (problems.length > 0) throw new DiagnosticError(problems);
    return value;
  }

  public result(): PlainResult {
    if (this.epoch !== currentEpoch()) {
      const source: unknown = typeof this.source === 'function' ? (this.source as () => unknown)() : this.source;
      this.rendered = plain(source, this.name);
      this.epoch = currentEpoch();
    }
    return this.rendered;
  }
}
