import { App, Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { Acknowledge, acknowledgementOf } from '../../src/core/acknowledge';
import { report } from '../../src/core/report';
import { GpuTrainingJob } from '../../src/training/gpu-training-job';
import { RETRIES_WITHOUT_CHECKPOINTS } from '../../src/training/diagnostics';

function unsafeConstruct(chart: Chart, id: string): Construct {
  const construct = new Construct(chart, id);
  report(construct, () => [{ rule: RETRIES_WITHOUT_CHECKPOINTS, message: 'it retries.', fix: 'Do not.' }]);
  return construct;
}

describe('Acknowledge', () => {
  test('lets what is unsafe pass on the construct and below it, and nowhere else', () => {
    const app = new App();
    const [one, two] = ['one', 'two'].map((id) => new Chart(app, id));
    unsafeConstruct(one, 'job');
    unsafeConstruct(two, 'job');
    Acknowledge.of(one).add('TRN001', 'Rehearsals only.');
    expect(() => app.synthYaml()).toThrow(/two\/job/);
    expect(() => app.synthYaml()).not.toThrow(/one\/job/);
    Acknowledge.of(two).add('TRN001', 'Here as well.');
    expect(app.synthYaml()).toBe('');
  });

  test('takes the reason that stands nearest', () => {
    const chart = new Chart(new App(), 'c');
    const construct = new Construct(chart, 'one');
    Acknowledge.of(chart).add('TRN001', 'Far away.');
    Acknowledge.of(construct).add('TRN001', 'Right here.');
    expect(acknowledgementOf(construct, 'TRN001')).toBe('Right here.');
    expect(acknowledgementOf(chart, 'TRN001')).toBe('Far away.');
    expect(acknowledgementOf(chart, 'TRN002')).toBeUndefined();
  });

  const anywhere = Acknowledge.of(new Chart(new App(), 'c'));

  test.each(['', '   ', '12 34', null, undefined, 7])('COR007 fails with %p as reason', (reason) => {
    expect(() => anywhere.add('TRN001', reason as string)).toThrow(
      /^COR007: TRN001 is acknowledged with .* as reason\./,
    );
  });

  test('COR007 passes with a reason', () => {
    expect(() => anywhere.add('TRN001', 'A smoke test of five minutes; nothing to save.')).not.toThrow();
  });

  test('COR008 fails for an id that no diagnostic has, and guesses', () => {
    expect(() => anywhere.add('TRN999', 'A reason.')).toThrow(/^COR008: there is no diagnostic 'TRN999'/);
    expect(() => anywhere.add('trn001', 'A reason.')).toThrow("did you mean 'TRN001'?");
    expect(GpuTrainingJob).toBeDefined();
  });

  test('COR008 passes for a known id', () => {
    expect(() => anywhere.add('TRN001', 'A reason.')).not.toThrow();
  });

  test('COR009 fails for what nothing can waive, and says why', () => {
    expect(() => anywhere.add('COR004', 'I know better.')).toThrow(
      /^COR009: COR004 \(out-of-range\) cannot be acknowledged: Kubernetes or the program/,
    );
  });

  test('COR009 passes for what is unsafe', () => {
    expect(() => anywhere.add('TRN002', 'A reason.')).not.toThrow();
  });

  test('COR006 fails when the reason hides something', () => {
    expect(() => anywhere.add('TRN001', 'fine\u202e')).toThrow(/^COR006: reason contains U\+202E/);
  });

  test('COR004 fails when the reason is an essay', () => {
    expect(() => anywhere.add('TRN001', 'x'.repeat(1001))).toThrow(/^COR004: reason has 1001 characters/);
  });

  test.each([undefined, null, 'job', {}])('COR001 fails for %p as construct', (construct) => {
    expect(() => Acknowledge.of(construct as unknown as Construct)).toThrow(/^COR001: construct is/);
  });

  test.each([undefined, 1])('COR001 fails for %p as id', (id) => {
    expect(() => anywhere.add(id as unknown as string, 'A reason.')).toThrow(/^COR001: id is/);
  });
});
