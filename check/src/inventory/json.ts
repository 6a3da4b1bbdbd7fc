/** What a manifest can hold. */
export type Json = null | boolean | number | string | Json[] | JsonObject;
/** A map in a manifest. */
export interface JsonObject {
  [key: string]: Json;
}

/** Whether a value is a map. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
