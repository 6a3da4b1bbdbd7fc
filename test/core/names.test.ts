import {
  dns1035LabelProblem,
  dnsLabelProblem,
  dnsSubdomainProblem,
  labelKeyProblem,
  labelValueProblem,
} from '../../src/core/names';

const LONG = 'x'.repeat(100_000);

describe('dnsLabelProblem', () => {
  test.each(['a', '7b-chat', 'x'.repeat(63), 'a-b-c'])('takes %s', (name) => {
    expect(dnsLabelProblem(name)).toBeUndefined();
  });

  test.each([
    ['', 'must not be empty'],
    ['My_Model', 'must consist of lower-case letters'],
    ['-a', 'start and end with a letter or digit'],
    ['a-', 'start and end with a letter or digit'],
    ['a.b', 'must consist of lower-case letters'],
    ['x'.repeat(64), 'must be no more than 63 characters, and has 64'],
    [LONG, 'must be no more than 63 characters, and has 100000'],
  ])('refuses %p', (name, why) => {
    expect(dnsLabelProblem(name)).toContain(why);
  });

  test('names the code point of a character that a reader may not see', () => {
    expect(dnsLabelProblem('b\u0435rt')).toContain('(character 2 is U+0435)');
    expect(dnsLabelProblem('bert\u200b')).toContain('(character 5 is U+200B)');
    expect(dnsLabelProblem('bert😀')).toContain('U+1F600');
  });

  test('takes a limit of its own', () => {
    expect(dnsLabelProblem('x'.repeat(53), 52)).toContain('no more than 52');
    expect(dnsLabelProblem('x'.repeat(52), 52)).toBeUndefined();
  });
});

describe('dns1035LabelProblem', () => {
  test('wants a letter in front', () => {
    expect(dns1035LabelProblem('7b-chat')).toBe('must start with a letter');
    expect(dns1035LabelProblem('chat-7b')).toBeUndefined();
    expect(dns1035LabelProblem('Chat')).toContain('lower-case');
  });
});

describe('dnsSubdomainProblem', () => {
  test.each(['a.b.c', 'x'.repeat(253), '1.2.3'])('takes %s', (name) => {
    expect(dnsSubdomainProblem(name)).toBeUndefined();
  });

  test.each(['', '.a', 'a.', 'a..b', 'A.b', 'x'.repeat(254), `a.${LONG}`, `${'-'.repeat(100)}`])(
    'refuses %p',
    (name) => {
      expect(dnsSubdomainProblem(name)).toBeDefined();
    },
  );
});

describe('labelKeyProblem', () => {
  test.each(['team', 'example.com/team', 'A_b.c-d', `${'x'.repeat(253)}/${'y'.repeat(63)}`])('takes %s', (key) => {
    expect(labelKeyProblem(key)).toBeUndefined();
  });

  test.each([
    ['a/b/c', "at most one '/'"],
    ['-x', 'start and end with a letter or digit'],
    ['/x', 'must not be empty'],
    ['x/', 'must not be empty'],
    ['Example.com/x', 'lower-case'],
    [`${'x'.repeat(254)}/y`, 'no more than 253'],
    ['y'.repeat(64), 'no more than 63'],
    [`${LONG}/${LONG}`, 'no more than 253'],
  ])('refuses %p', (key, why) => {
    expect(labelKeyProblem(key)).toContain(why);
  });
});

describe('labelValueProblem', () => {
  test.each(['', 'a', 'v1.2_x-y', 'X'.repeat(63)])('takes %p', (value) => {
    expect(labelValueProblem(value)).toBeUndefined();
  });

  test.each(['a b', 'a/b', 'a+b', 'a:b', '-a', 'a-', 'x'.repeat(64), 'é', LONG])('refuses %p', (value) => {
    expect(labelValueProblem(value)).toBeDefined();
  });
});
