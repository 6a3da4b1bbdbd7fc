import { Env } from 'cdk8s-ml';
import { jobComplaints } from '../complaints';

const sidecar = (props: object) => ({ sidecars: [{ name: 'logs', image: 'busybox:1.37', ...props }] });

describe('commands', () => {
  test('KUB011 fails for one program name with spaces', () => {
    expect(jobComplaints({ command: ['python train.py'] })).toContain(
      "KUB011: command[0] is 'python train.py', one program name with spaces.",
    );
  });

  test.each(['&&', '||', '|', ';', '>', '2>&1'])('KUB011 fails for %s without a shell', (operator) => {
    expect(jobComplaints({ command: ['python', 'a.py', operator, 'b'] })).toContain(
      `KUB011: command[2] is '${operator}', and there is no shell to act on it.`,
    );
    expect(jobComplaints({ args: [operator] })).toContain('KUB011: args[0]');
  });

  test.each(['--x="a b"', "--x='a b'", '"a b"', "'a'"])(
    'KUB011 fails for quotes that reach the program: %s',
    (word) => {
      expect(jobComplaints({ command: ['python', word] })).toContain('and the quotes reach the program.');
    },
  );

  test.each([
    [['sh', '-c', 'a && b > c; echo "$HOME" \'x\'']],
    [['/bin/bash', '-ec', 'a || b']],
    [['/usr/bin/env', 'bash', '-c', 'a | b']],
    [['timeout', '60', 'sh', '-c', 'echo $(date) ${HOME}']],
    [['python', 'train.py', '--json={"a": "b"}', '--shell=/bin/bash', 'a|b', '"', '["x"]', "--say=it's"]],
  ])('KUB011 passes for %j', (command) => {
    expect(jobComplaints({ command })).toBe('');
  });

  test('KUB011 passes when acknowledged by the message it gives', () => {
    expect(jobComplaints({ command: ['python train.py'] })).toContain(
      "Or Acknowledge.of(construct).add('KUB011', reason).",
    );
  });
});

describe('variables', () => {
  test('KUB010 fails for a reference to what nothing sets', () => {
    expect(jobComplaints({ args: ['--out=$(MODEL_DIR)'] })).toContain(
      "KUB010: args[0] is '--out=$(MODEL_DIR)', and refers to $(MODEL_DIR), which env does not set.",
    );
  });

  test('KUB010 passes for what env, or the construct, sets', () => {
    expect(jobComplaints({ args: ['$(RUN)/$(LR)'], env: { LR: Env.value('3e-4') } })).toBe('');
    expect(jobComplaints({ args: ['$$(NOT_A_VARIABLE)', '$(not a name)', '$()', '$'] })).toBe('');
  });

  test('KUB010 fails in another container for what only the main container has', () => {
    expect(jobComplaints(sidecar({ args: ['$(RUN)'] }))).toContain('KUB010: sidecars[0].args[0]');
    expect(jobComplaints({ initContainers: [{ name: 'a', image: 'b:1', command: ['ls', '$(HOME)'] }] })).toContain(
      'KUB010: initContainers[0].command[1]',
    );
    expect(jobComplaints(sidecar({ args: ['$(A)'], env: { A: Env.value('x') } }))).toBe('');
  });

  test.each(['${HOME}/x', '$HOME/x', 'a$B'])('KUB010 fails for %s where no shell replaces it', (text) => {
    expect(jobComplaints({ args: [text] })).toContain('and there is no shell to replace the variable.');
    expect(jobComplaints({ env: { PATH: Env.value(text) } })).toContain('KUB010: env.PATH');
  });

  test.each(['$5', 'costs $ 5', '$$HOME', '100%'])('KUB010 passes for %s', (text) => {
    expect(jobComplaints({ args: [text], env: { A: Env.value(text) } })).toBe('');
  });

  test('KUB010 passes for literal text', () => {
    expect(jobComplaints({ env: { A: Env.literal('$(X) ${Y} $Z') } })).toBe('');
  });

  test('KUB010 fails in a value for a variable that stands behind it, and passes for one before it', () => {
    expect(jobComplaints({ env: { A: Env.value('$(B)'), B: Env.value('x') } })).toContain(
      "KUB010: env.A is '$(B)', and refers to $(B), which no variable before it sets.",
    );
    expect(jobComplaints({ env: { B: Env.value('x'), A: Env.value('$(B)') } })).toBe('');
  });

  test('KUB010 takes $(word) in a shell script for a command, and $(WORD) for a variable', () => {
    expect(jobComplaints({ command: ['sh', '-c', 'echo $(hostname)'] })).toBe('');
    expect(jobComplaints({ command: ['sh', '-c', 'cp a $(MODELDIR)'] })).toContain(
      '$(MODELDIR), which env does not set',
    );
  });
});

describe('secrets', () => {
  const TOKEN = `hf_${'a'.repeat(30)}`;
  const values: [string, string][] = [
    ['a Hugging Face token', TOKEN],
    ['an AWS key', 'AKIAIOSFODNN7EXAMPLE'],
    ['a GitHub token', `ghp_${'b'.repeat(36)}`],
    ['a JWT', `eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0NTY3ODkwIn0.abc`],
    ['a private key', '-----BEGIN RSA PRIVATE KEY-----\nMII'],
    ['a password in a URL', 'postgres://user:hunter2@db/x'],
  ];

  test.each(values)('KUB009 fails for %s in plain text, and never shows it', (_, value) => {
    for (const props of [
      { env: { SETTING: Env.value(value) } },
      { args: [`--x=${value}`] },
      { command: ['a', value] },
    ]) {
      const message = jobComplaints(props);
      expect(message).toContain('looks like a secret in plain text.');
      expect(message).not.toContain(value.slice(10));
    }
  });

  test.each(['HF_TOKEN', 'DB_PASSWORD', 'API_KEY', 'apikey', 'AWS_SECRET_ACCESS_KEY', 'CLIENT_SECRET'])(
    'KUB009 fails for a plain value of %s',
    (name) => {
      const message = jobComplaints({ env: { [name]: Env.value('hunter2') } });
      expect(message).toContain(`KUB009: env.${name} looks like a secret`);
      expect(message).not.toContain('hunter2');
    },
  );

  test('KUB009 hides a secret in the messages of other rules as well', () => {
    const message = jobComplaints({
      args: [`${TOKEN}$HOME`, `$(UNKNOWN)${TOKEN}`],
      env: { X: Env.value(`${TOKEN}\${Y}`) },
    });
    expect(message).toContain('KUB010: args[0] is (hidden)');
    expect(message).not.toContain(TOKEN);
  });

  test.each([
    ['HF_TOKEN', Env.secret('hf', 'token')],
    ['HF_TOKEN', Env.value('')],
    ['TOKEN_FILE', Env.value('x')],
    ['API_KEY', Env.value('$(OTHER)')],
    ['MAX_TOKENS', Env.value('512')],
    ['NUM_TOKENS', Env.value('512')],
    ['PASSWORD', Env.value('/run/secrets/password')],
    ['TOKENIZER', Env.value('bert')],
    ['URL', Env.value('https://example.com:8080/a@b')],
  ])('KUB009 passes for %s from elsewhere', (name, value) => {
    expect(jobComplaints({ env: { [name]: value } })).not.toContain('KUB009');
  });
});
