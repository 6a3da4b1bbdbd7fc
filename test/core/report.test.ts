import { App, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { Acknowledge } from '../../src/core/acknowledge';
import type { Problem } from '../../src/core/diagnostics';
import { changed } from '../../src/core/epoch';
import { acknowledgedProblems, problemsOf, report } from '../../src/core/report';
import { OUT_OF_RANGE } from '../../src/core/rules';
import { RETRIES_WITHOUT_CHECKPOINTS, TTL_ON_DECLARED_RUN } from '../../src/training/diagnostics';

const invalid: Problem = { rule: OUT_OF_RANGE, message: 'it is 3.', fix: 'Give 1.' };
const unsafe: Problem = { rule: RETRIES_WITHOUT_CHECKPOINTS, message: 'it retries.', fix: 'Do not.' };

function errorOf(app: App): string {
  try {
    app.synthYaml();
  } catch (error) {
    return (error as Error).message;
  }
  return '';
}

describe('report', () => {
  test('shows every problem of every construct in one synth, with its path', () => {
    const app = new App();
    const chart = new Chart(app, 'c');
    report(new Construct(chart, 'one'), () => [invalid]);
    report(new Construct(chart, 'two'), () => [unsafe, invalid]);
    const message = errorOf(app);
    expect(message).toContain('[c/one] COR004: it is 3.');
    expect(message).toContain('[c/two] TRN001: it retries.');
    expect(message).toContain('[c/two] COR004: it is 3.');
  });

  test('COR010 reports a check that throws, and the others still run', () => {
    const app = new App();
    const construct = new Construct(new Chart(app, 'c'), 'one');
    report(construct, () => {
      throw new TypeError('x is undefined');
    });
    report(construct, () => [invalid]);
    const message = errorOf(app);
    expect(message).toContain('[c/one] COR010: a check failed: x is undefined.');
    expect(message).toContain('[c/one] COR004');
  });

  test('is silent when nothing is wrong', () => {
    const app = new App();
    report(new Construct(new Chart(app, 'c'), 'one'), () => []);
    expect(errorOf(app)).toBe('');
  });

  test('runs a check once per change, not once per chart', () => {
    const app = new App();
    let runs = 0;
    for (let i = 0; i < 20; i++) {
      report(new Construct(new Chart(app, `c${i}`), 'one'), () => {
        runs++;
        return [];
      });
    }
    app.synthYaml();
    app.synthYaml();
    expect(runs).toBe(20);
    changed();
    app.synthYaml();
    expect(runs).toBe(40);
  });
});

describe('problemsOf', () => {
  test('is empty for a construct that reports nothing', () => {
    expect(problemsOf(new Construct(new Chart(new App(), 'c'), 'one'))).toEqual([]);
  });

  test('finds what was acknowledged as well', () => {
    const construct = new Construct(new Chart(new App(), 'c'), 'one');
    report(construct, () => [unsafe]);
    Acknowledge.of(construct).add('TRN001', 'A smoke test.');
    expect(problemsOf(construct)).toEqual([unsafe]);
  });
});

describe('acknowledgedProblems', () => {
  test('holds the rules that are both found and acknowledged, with the nearest reason', () => {
    const chart = new Chart(new App(), 'c');
    const construct = new Construct(chart, 'one');
    report(construct, () => [unsafe, invalid, { ...unsafe, rule: TTL_ON_DECLARED_RUN }]);
    Acknowledge.of(chart).add('TRN001', 'Everybody here does.');
    Acknowledge.of(construct).add('TRN001', 'A smoke test.');
    Acknowledge.of(construct).add('TRN003', 'Not found anyway.');
    expect([...acknowledgedProblems(construct)]).toEqual([['retries-without-checkpoints', 'A smoke test.']]);
  });
});
