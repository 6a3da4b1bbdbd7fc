import type { CustomResourceDefinition, Schema } from './crds';
import { crdDirectory, hasUpstreamCrds, schemaOf, slimCrds, upstreamCrd } from './crds';
import { differences } from './crd-differences';

/** What a manifest can carry: everything but the status. */
function manifestSchema(definition: CustomResourceDefinition, slim = definition): Schema {
  const schema = schemaOf(definition, slim);
  const { status: _status, ...properties } = schema.properties!;
  return { ...schema, properties };
}

const kinds = slimCrds().map((slim) => ({
  kind: `${slim.spec.group}/${slim.spec.versions[0].name} ${slim.spec.names.kind}`,
  slim,
}));

if (hasUpstreamCrds()) {
  describe('a schema of ours beside the upstream one', () => {
    it.each(kinds)('has the fields of the upstream schema, and no others: $kind', ({ kind, slim }) => {
      const upstream = upstreamCrd(slim);
      if (!upstream) throw new Error(`no upstream CRD of ${kind} in ${crdDirectory}`);
      expect(differences(manifestSchema(slim), manifestSchema(upstream, slim), '')).toEqual([]);
    });

    it.each(kinds)('is for the same kind in the same place: $kind', ({ slim }) => {
      const { group, names, scope } = upstreamCrd(slim)!.spec;
      expect(slim.spec).toMatchObject({ group, names, scope });
    });
  });
} else {
  it.skip(`compares the schemas of ours with the upstream CRDs: none in ${crdDirectory}, set CRD_DIR`, () => undefined);
}

describe('a schema of ours', () => {
  it.each(kinds)('defines one version, which is what `cdk8s import` gives the plain name: $kind', ({ slim }) => {
    expect(slim.spec.versions).toHaveLength(1);
  });

  it.each(kinds)('has no text of others: $kind', ({ slim }) => {
    expect(JSON.stringify(slim)).not.toMatch(/"(description|message)":"/);
  });
});

describe('differences', () => {
  const text: Schema = { type: 'string' };
  const object = (properties: { [field: string]: Schema }, rest: object = {}): Schema => ({
    type: 'object',
    properties,
    ...rest,
  });

  it('finds a field that is missing', () => {
    expect(differences(object({}), object({ queue: text }), '')).toEqual(['.queue: missing from ours']);
  });

  it('finds nothing where ours describes nothing', () => {
    const ours = object({ artifacts: { type: 'object', 'x-undescribed': true } });
    expect(differences(ours, object({ artifacts: object({ path: text }) }), '')).toEqual([]);
  });

  it('finds a field that is invented', () => {
    expect(differences(object({ queue: text }), object({}), '')).toEqual(['.queue: invented by ours']);
  });

  it('finds another type, enumeration, default and required field, however deep', () => {
    const ours = { type: 'array', items: object({ policy: { type: 'string', enum: ['None'] }, count: text }) };
    const theirs = {
      type: 'array',
      items: object(
        { policy: { type: 'string', enum: ['All', 'None'] }, count: { type: 'integer', default: 3 } },
        { required: ['count'] },
      ),
    };
    expect(differences(ours, theirs, '.spec')).toEqual([
      '.spec[].policy: enum is ["None"], theirs ["All","None"]',
      '.spec[].count: type is "string", theirs "integer"',
      '.spec[].count: default is undefined, theirs 3',
      '.spec[]: required is [], theirs ["count"]',
    ]);
  });

  it('finds a field that the Kubernetes definition lacks, unless a version is known to lack it', () => {
    const port = (name: string): Schema => object({ [name]: text, port: { 'x-kubernetes-int-or-string': true } });
    const tcp = { 'x-definition': 'TCPSocketAction' };
    expect(differences(tcp, { ...port('host'), required: ['port'] }, '')).toEqual([]);
    expect(differences(tcp, { ...port('hosts'), required: ['port'] }, '')).toEqual([
      '.hosts: missing from ours',
      '.host: invented by ours',
    ]);
    expect(differences({ 'x-definition': 'VolumeProjection' }, object({ secret: object({}) }), '')).not.toContain(
      '.podCertificate: invented by ours',
    );
  });

  it('finds a quantity that is none upstream', () => {
    expect(differences({ 'x-definition': 'Quantity' }, text, '.cpu')).toEqual([
      '.cpu: ours is Quantity, theirs is not',
    ]);
  });
});
