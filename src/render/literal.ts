/** A type of `cdk8s import` with the texts that its enumerations stand for, so that the types alone are imported and no code. */
export type Literal<T> = T extends string
  ? `${T}`
  : T extends readonly (infer Item)[]
    ? Literal<Item>[]
    : T extends object
      ? { [Field in keyof T]: Literal<T[Field]> }
      : T;
