/** A type of imports/ with its enums as the texts that stand in a manifest, since imports/ is used as types only. */
export type Spelled<T> = T extends string
  ? `${T}`
  : T extends object
    ? { readonly [field in keyof T]: Spelled<T[field]> }
    : T;
