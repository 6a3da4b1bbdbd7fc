import { PassThrough } from 'node:stream';
import { Progress } from '../../src/cli/progress';

/** What a run shows on a stream. */
function shown(isTTY: boolean, patience: number): string {
  const stream = Object.assign(new PassThrough(), { isTTY, columns: 80 });
  const progress = new Progress(stream, patience);
  progress.show('Reading', 1, 4);
  progress.show('Checking', 2, 3);
  progress.stop();
  return String(stream.read() ?? '');
}

test('a long run shows on a terminal what it does, and takes the bar away at its end', () => {
  const text = shown(true, 0);
  expect(text).toMatch(/Reading \[ +\] 0 of 4/);
  expect(text.endsWith('\u001b[2K')).toBe(true);
});

test('a short run shows nothing, and neither does a long one that nobody watches', () => {
  expect(shown(true, 60_000)).toBe('');
  expect(shown(false, 0)).toBe('');
});
