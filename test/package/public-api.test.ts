import { readFileSync } from 'node:fs';
import { join } from 'node:path';

// What other languages get is what jsii understood of the public types. `npm run test:package` builds it first.

interface TypeReference {
  readonly primitive?: string;
  readonly union?: object;
  readonly collection?: { readonly elementtype: TypeReference };
}
interface Docs {
  readonly summary?: string;
  readonly default?: string;
}
interface Member {
  readonly name: string;
  readonly type?: TypeReference;
  readonly returns?: { readonly type: TypeReference };
  readonly parameters?: Member[];
  readonly optional?: boolean;
  readonly docs?: Docs;
}
interface Type {
  readonly kind: 'class' | 'enum' | 'interface';
  readonly name: string;
  readonly datatype?: boolean;
  readonly docs?: Docs;
  readonly properties?: Member[];
  readonly methods?: Member[];
  readonly initializer?: Member;
  readonly members?: Member[];
}

const assembly = JSON.parse(readFileSync(join(__dirname, '..', '..', '.jsii'), 'utf8')) as {
  types: Record<string, Type>;
};
const types = Object.values(assembly.types);

/** Where a value of any shape is the point. */
const OPEN = ['ClusterProfile.fromObject(document)'];

function typesOf(type: Type): [place: string, reference: TypeReference][] {
  const callables = [
    ...(type.methods ?? []),
    ...(type.initializer ? [{ ...type.initializer, name: 'constructor' }] : []),
  ];
  return [
    ...(type.properties ?? []).map(({ name, type: reference }): [string, TypeReference] => [
      `${type.name}.${name}`,
      reference!,
    ]),
    ...callables.flatMap(({ name, parameters = [], returns }): [string, TypeReference][] => [
      ...parameters.map((parameter): [string, TypeReference] => [
        `${type.name}.${name}(${parameter.name})`,
        parameter.type!,
      ]),
      ...(returns ? [[`${type.name}.${name}()`, returns.type] as [string, TypeReference]] : []),
    ]),
  ];
}

function isOpen({ primitive, union, collection }: TypeReference): boolean {
  return primitive === 'any' || union !== undefined || (collection !== undefined && isOpen(collection.elementtype));
}

describe('the public API', () => {
  test('has the constructs and values that the README names', () => {
    const names = types.map(({ name }) => name);
    expect(names).toEqual(
      expect.arrayContaining([
        'GpuTrainingJob',
        'ScheduledRetrain',
        'DistributedTraining',
        'ModelServer',
        'GpuNodePool',
        'ClusterProfile',
        'Claim',
        'Dataset',
        'Checkpoints',
        'ModelStore',
        'Gpu',
        'SharedMemory',
        'Acknowledge',
      ]),
    );
  });

  test('has no type that other languages lose: no any, no union', () => {
    const open = types.flatMap(typesOf).filter(([place, reference]) => isOpen(reference) && !OPEN.includes(place));
    expect(open.map(([place]) => place)).toEqual([]);
  });

  test('shows no type of the generated imports', () => {
    expect(
      types.map(({ name }) => name).filter((name) => /^(Pod|Job|Container)(Spec|TemplateSpec)$/.test(name)),
    ).toEqual([]);
  });

  test('says of every type and member what it is', () => {
    const members = types.flatMap(({ name, properties = [], methods = [], members: values = [] }) =>
      [...properties, ...methods, ...values].map((member): [string, Docs | undefined] => [
        `${name}.${member.name}`,
        member.docs,
      ]),
    );
    const all = [...types.map(({ name, docs }): [string, Docs | undefined] => [name, docs]), ...members];
    expect(all.filter(([, docs]) => !docs?.summary).map(([place]) => place)).toEqual([]);
  });

  test('says of every optional property what happens without it', () => {
    const optional = types
      .filter(({ datatype }) => datatype)
      .flatMap(({ name, properties = [] }) =>
        properties
          .filter((property) => property.optional)
          .map((property): [string, string] => [`${name}.${property.name}`, property.docs?.default ?? '']),
      );
    expect(optional.length).toBeGreaterThan(50);
    expect(
      optional
        .filter(([, text]) => text === '' || /^-? ?(none|undefined|not set|the default)\.?$/i.test(text))
        .map(([place]) => place),
    ).toEqual([]);
  });
});
