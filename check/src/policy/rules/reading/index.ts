import type { AnyRule } from '../../rule';
import { aliasBomb } from './alias-bomb';
import { deprecatedField } from './deprecated-field';
import { duplicateKey } from './duplicate-key';
import { notAnObject } from './not-an-object';
import { notUtf8 } from './not-utf8';
import { placeholderLeftIn } from './placeholder-left-in';
import { removedApiVersion } from './removed-api-version';
import { unexpandedTemplate } from './unexpanded-template';
import { missingField } from './missing-field';
import { unknownField } from './unknown-field';
import { unknownValue } from './unknown-value';
import { wrongType } from './wrong-type';
import { unparsableDocument } from './unparsable-document';
import { unreadableFile } from './unreadable-file';
import { unreadableProfile } from './unreadable-profile';
import { expiredWaiver } from './expired-waiver';
import { unusedWaiver } from './unused-waiver';
import { waiverForUnknownRule } from './waiver-for-unknown-rule';
import { waiverWithoutReason } from './waiver-without-reason';

/** Rules about texts that are no objects, fields that the API server does not know, and waivers. */
export const READING: readonly AnyRule[] = [
  unreadableFile,
  notUtf8,
  unparsableDocument,
  duplicateKey,
  unexpandedTemplate,
  placeholderLeftIn,
  aliasBomb,
  notAnObject,
  wrongType,
  unknownField,
  missingField,
  unknownValue,
  unreadableProfile,
  removedApiVersion,
  deprecatedField,
  waiverWithoutReason,
  waiverForUnknownRule,
  unusedWaiver,
  expiredWaiver,
];
