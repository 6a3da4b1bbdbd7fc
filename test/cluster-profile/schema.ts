import Ajv2020 from 'ajv/dist/2020';
import published from '../../schema/cluster-profile.v1.schema.json';

interface Schema {
  readonly description?: string;
  readonly $ref?: string;
  readonly enum?: string[];
  readonly items?: Schema;
  readonly properties?: { readonly [name: string]: Schema };
  readonly default?: unknown;
  readonly [keyword: string]: unknown;
}

/** The schema as it is published. */
export const schema = published as unknown as Schema & { readonly $defs: { readonly [name: string]: Schema } };

const validate = new Ajv2020({ strict: true, strictTypes: false, strictRequired: false }).compile(schema);

/** Whether the schema takes a document. */
export function takes(document: unknown): boolean {
  return validate(document);
}
