/** Makes a getter compute its value once for each object. For facts of objects that never change. */
export function once<T extends object, V>(compute: (this: T) => V, _context: ClassGetterDecoratorContext<T, V>) {
  const known = new WeakMap<T, { readonly value: V }>();
  return function (this: T): V {
    let found = known.get(this);
    if (!found) {
      found = { value: compute.call(this) };
      known.set(this, found);
    }
    return found.value;
  };
}
