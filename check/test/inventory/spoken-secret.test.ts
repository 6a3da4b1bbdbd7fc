import { holdsSecret, showsSecret, spokenSecrets } from '../../src/inventory/spoken-secret';
import { inventoryOf } from './inventory-of';

const FORM = `hf_${'aB3'.repeat(8)}`;
const VALUE = 'q8Zr-4pLw';

test.each<[string, boolean]>([
  [FORM, true],
  [`login ${FORM} now`, true],
  ['hf_xxxxxxxxxxxxxxxxxxxxxxxx', false],
  [VALUE, false],
])('%s shows a secret: %j', (text, expected) => {
  expect(showsSecret(text)).toBe(expected);
});

test.each<[string, string, boolean]>([
  ['API_TOKEN', VALUE, true],
  ['apiToken', VALUE, true],
  ['db-password', VALUE, true],
  ['s3.secretKey', VALUE, true],
  ['v2Token', VALUE, true],
  ['token.name', VALUE, false],
  ['name', VALUE, false],
  ['name', FORM, true],
  ['name', `${FORM} <of whom>`, true],
  ['API_TOKEN', ' ', false],
  ['API_TOKEN', 'changeme', false],
  ['API_TOKEN', '/run/token', false],
])('%s with %s holds a secret: %j', (name, value, expected) => {
  expect(holdsSecret(name, value)).toBe(expected);
});

describe('secrets of command lines', () => {
  const spoken = (...lines: unknown[]): number[] => {
    const [resource] = inventoryOf(JSON.stringify({ apiVersion: 'v1', kind: 'A', lines })).resources;
    return spokenSecrets(resource.at('lines').items).map(({ path }) => path[1] as number);
  };

  test.each<[string, unknown[], number[]]>([
    ['by their form', ['login', FORM], [1]],
    ['behind an option', ['run', '--api-token', VALUE], [2]],
    ['in an option', ['run', `--password=${VALUE}`], [1]],
    ['in an option with quotes', [`run --password="${VALUE}"`], [0]],
    ['behind an option about a secret', ['run', '--secret-key', VALUE], [2]],
    ['in an option of one hyphen', ['run', `-db.password=${VALUE}`], [1]],
    ['given to a variable', [`export API_TOKEN=${VALUE} && run`], [0]],
    ['given to a variable with quotes', [`API_TOKEN='${VALUE}' run`], [0]],
    ['in a script, once', [`run --token ${VALUE} --password=${VALUE} ${FORM}`], [0]],
    ['in several lines, those by form first', ['--token', VALUE, FORM], [2, 1]],
  ])('are found %s', (_, lines, expected) => {
    expect(spoken(...lines)).toEqual(expected);
  });

  test.each<[string, unknown[]]>([
    [
      'the name of a Secret',
      ['--secret', VALUE, `--pull-secret=${VALUE}`, '--credential', VALUE, `--db-secret=${VALUE}`],
    ],
    ['an option without a value', ['--token', '--verbose', 'run', '--token']],
    ['an option before the end of a command', [`run --token ; ${VALUE}`]],
    ['an empty value', ['--token=', 'run', 'API_TOKEN=', 'run']],
    ['a placeholder in quotes', ['--password="none"', `--token='dummy'`]],
    ['a placeholder', ['--token', '<token>', 'API_TOKEN=$TOKEN']],
    ['another option', ['--name', VALUE, `--path=${VALUE}`]],
    ['a name within a word', ['x--token', VALUE]],
    ['a variable in small letters', [`api_token=${VALUE}`]],
    ['what is no text', [7, null]],
  ])('are not %s', (_, lines) => {
    expect(spoken(...lines)).toEqual([]);
  });
});
