import { Yaml } from 'cdk8s';
import jsYaml from 'js-yaml';
import * as yaml from 'yaml';
import { misreading, misreadKey } from '../../src/render/yaml-text';
import corpus from './yaml-corpus.json';

type Read = (text: string) => unknown;

// The parsers of other tools; what go-yaml v2 makes of each text of the corpus is written in it.
const PARSERS: [string, Read][] = [
  ['yaml 1.1', (text) => yaml.parse(text, { version: '1.1' }) as unknown],
  ['yaml 1.2', (text) => yaml.parse(text, { version: '1.2' }) as unknown],
  ['js-yaml', (text) => jsYaml.load(text)],
];

/** The text as a value, in a list, deeper, and as a key, as cdk8s writes it. */
function written(text: string, asKey: boolean): { readonly document: string; readonly expected: unknown } {
  const value = {
    v: text,
    list: [text, 'z'],
    deep: { a: [{ b: text, c: [[text]] }] },
    ...(asKey ? { k: { [text]: 'x' } } : {}),
  };
  return { document: Yaml.stringify(value), expected: value };
}

describe('misreading', () => {
  test.each(corpus.misread.flatMap(({ why, texts }) => texts.map((text) => [text, why])))(
    'KUB002 finds that %j %s',
    (text, why) => {
      expect(misreading(text)).toBe(why);
    },
  );

  test.each(corpus.kept.map((text) => [text]))(
    'leaves alone %j, which cdk8s quotes or every parser takes for text',
    (text) => {
      expect(misreading(text)).toBeUndefined();
    },
  );

  test.each(PARSERS)('is never needed where it is silent: %s reads the same text', (_, parse) => {
    for (const text of corpus.kept) {
      const { document, expected } = written(text, misreadKey(text) === undefined);
      expect(parse(document)).toEqual(expected);
    }
  });

  test('ends with the writer that causes it: a text that cdk8s would quote is never refused', () => {
    for (const text of ['0x1f', '1_000', '12345e67', '017', '1e3', '+1', '.5', '12:30:45'])
      expect([Yaml.stringify(text), misreading(text)]).toEqual([`"${text}"\n`, undefined]);
  });
});

describe('misreadKey', () => {
  test('KUB002 finds the merge key, and what is a number as a value', () => {
    expect(misreadKey('<<')).toBe('reads back as a merge of two maps');
    expect(misreadKey('0o17')).toBe('reads back as a number');
    expect(misreading('<<')).toBeUndefined();
  });

  test('takes keys of several lines, which are always quoted', () => {
    expect(misreadKey('\ta\nb')).toBeUndefined();
  });
});
