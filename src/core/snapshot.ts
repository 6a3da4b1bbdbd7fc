// What users pass is read once, before anything looks at it: later changes of their objects change nothing, and a getter
// or proxy cannot answer twice.

const DEEPEST = 100;
const LONGEST_LIST = 100_000;

const unreadable = new WeakSet<object>();

/** Stands for a value that could not be read. No check takes it. */
export class Unreadable {
  /** Whether a value stands for one that could not be read; asks nothing of the value itself. */
  public static is(value: unknown): value is Unreadable {
    return typeof value === 'object' && value !== null && unreadable.has(value);
  }

  constructor(
    /** Why, in a few words. */
    public readonly reason: string,
  ) {
    unreadable.add(this);
  }
}

/** A copy of plain objects and lists at every depth; anything else stays what it is. Cycles stay cycles. */
export function snapshot<T>(value: T): T {
  return copyOf(value, new Map(), 0) as T;
}

/** Whether a value is an object without a class of its own. */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (typeof value !== 'object' || value === null) return false;
  try {
    if (Array.isArray(value)) return false;
    const prototype: unknown = Object.getPrototypeOf(value);
    return prototype === null || prototype === Object.prototype || Object.getPrototypeOf(prototype) === null;
  } catch {
    return false; // a proxy that does not want to be looked at is nothing we know
  }
}

/** The value of a property, also when it is a method; Unreadable when its getter throws. */
export function readProperty(owner: object, key: PropertyKey): unknown {
  try {
    return (owner as Record<PropertyKey, unknown>)[key];
  } catch (error) {
    return new Unreadable(errorText(error));
  }
}

/** What an error says, on one line, whatever was thrown. */
export function errorText(error: unknown): string {
  try {
    const text = error instanceof Error ? error.message : String(error);
    return (text.length > 200 ? `${text.slice(0, 200)}…` : text).replace(/\s+/g, ' ');
  } catch {
    return 'an error that cannot be read';
  }
}

function copyOf(value: unknown, copies: Map<object, unknown>, depth: number): unknown {
  if (typeof value !== 'object' || value === null) return value;
  const known = copies.get(value);
  if (known !== undefined) return known;
  if (depth > DEEPEST) return new Unreadable(`nested deeper than ${DEEPEST}`);
  try {
    if (Array.isArray(value)) return listCopy(value, copies, depth);
    return isPlainObject(value) ? mapCopy(value, copies, depth) : value;
  } catch (error) {
    return new Unreadable(errorText(error));
  }
}

function listCopy(list: readonly unknown[], copies: Map<object, unknown>, depth: number): unknown[] {
  const { length } = list;
  const copy: unknown[] = [];
  copies.set(list, copy);
  if (length > LONGEST_LIST)
    copy.length = length; // too long for any check, so what is in it does not matter
  else for (let i = 0; i < length; i++) copy.push(copyOf(readProperty(list, i), copies, depth + 1));
  return copy;
}

/** Without a prototype, so that a key such as `__proto__` or `toString` is a key like any other. */
function mapCopy(map: Record<string, unknown>, copies: Map<object, unknown>, depth: number): object {
  const copy = Object.create(null) as Record<string, unknown>;
  copies.set(map, copy);
  for (const key of Object.keys(map)) copy[key] = copyOf(readProperty(map, key), copies, depth + 1);
  return copy;
}
