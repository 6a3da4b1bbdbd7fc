import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { synthesize } from './determinism-app';

const SCRIPT = `
require('../../scripts/typescript-require.js');
process.stdout.write(JSON.stringify({
  yaml: require('./determinism-app').synthesize(),
  locale: Intl.DateTimeFormat().resolvedOptions().locale,
  zone: new Date(0).getTimezoneOffset(),
}));`;

describe('synthesis', () => {
  const here = synthesize();

  test('gives the same bytes twice', () => {
    expect(synthesize()).toBe(here);
    expect(here.length).toBeGreaterThan(10_000);
  });

  test('gives the same bytes in another process, locale and time zone', () => {
    const env = { PATH: process.env.PATH, TZ: 'Pacific/Kiritimati', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' };
    const there = JSON.parse(
      execFileSync(process.execPath, ['-e', SCRIPT], { cwd: join(__dirname), env, encoding: 'utf8' }),
    ) as { yaml: string; locale: string; zone: number };
    expect([there.locale, there.zone]).toEqual(['tr-TR', 640]);
    expect(there.yaml).toBe(here);
  });

  test('looks at no clock and rolls no dice', () => {
    const forbidden = () => {
      throw new Error('not while synthesizing');
    };
    const spies = [
      jest.spyOn(Math, 'random').mockImplementation(forbidden),
      jest.spyOn(Date, 'now').mockImplementation(forbidden),
      jest.spyOn(String.prototype, 'localeCompare').mockImplementation(forbidden),
      jest.spyOn(Number.prototype, 'toLocaleString').mockImplementation(forbidden),
      jest.spyOn(String.prototype, 'toLocaleLowerCase').mockImplementation(forbidden),
    ];
    try {
      expect(synthesize()).toBe(here);
    } finally {
      for (const spy of spies) spy.mockRestore();
    }
  });
});
