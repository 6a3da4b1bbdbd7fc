import type { AnyRule } from '../../rule';
import { aliasBomb } from './alias-bomb';
import { duplicateKey } from './duplicate-key';
import { notAnObject } from './not-an-object';
import { notUtf8 } from './not-utf8';
import { unexpandedTemplate } from './unexpanded-template';
import { missingField } from './missing-field';
import { unknownField } from './unknown-field';
import { unknownValue } from './unknown-value';
import { wrongType } from './wrong-type';
import { unparsableDocument } from './unparsable-document';
import { unreadableFile } from './unreadable-file';

/** Rules about texts that are no objects, and fields that the API server does not know. */
export const READING: readonly AnyRule[] = [
  unreadableFile,
  notUtf8,
  unparsableDocument,
  duplicateKey,
  unexpandedTemplate,
  aliasBomb,
  notAnObject,
  wrongType,
  unknownField,
  missingField,
  unknownValue,
];
