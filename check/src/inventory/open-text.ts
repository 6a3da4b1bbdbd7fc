import { isFilledInLater } from './embedded';
import type { Field } from './field';

/** What engines, operators and shells put their own text in place of. */
const MARK = /\{\{|\$\(|\$\{|^\$[A-Za-z_]|^<[^<>]*>$/;

/** Whether a text stands for another one that is known later, so that nothing can be said of it. */
export function isOpen(field: Field): boolean {
  return isFilledInLater(field) || (field.text !== undefined && MARK.test(field.text));
}
