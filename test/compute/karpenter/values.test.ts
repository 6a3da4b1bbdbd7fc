import { Cron, Duration } from 'cdk8s';
import { DisruptionBudget, DisruptionReason, NodeClass, NodeRequirement, NodeTimer, Schedule } from 'cdk8s-ml';
import { complaint } from '../../complaints';

describe('NodeClass', () => {
  test('says what it was given', () => {
    const { nodeClassName, group, kind } = NodeClass.named('gpu', {
      group: 'karpenter.kwok.sh',
      kind: 'KWOKNodeClass',
    });
    expect({ nodeClassName, group, kind }).toEqual({
      nodeClassName: 'gpu',
      group: 'karpenter.kwok.sh',
      kind: 'KWOKNodeClass',
    });
    expect(NodeClass.named('gpu').group).toBeUndefined();
    expect(NodeClass.eksAuto('default')).toMatchObject({ group: 'eks.amazonaws.com', kind: 'NodeClass' });
  });

  test.each([
    [() => NodeClass.named('GPU'), 'COR004: nodeClassName'],
    [() => NodeClass.named(''), 'COR004: nodeClassName is empty'],
    [() => NodeClass.named('gpu', { group: 'karpenter.k8s.aws/v1', kind: 'EC2NodeClass' }), 'COR004: kind.group'],
    [() => NodeClass.named('gpu', { group: 'karpenter.k8s.aws', kind: 'ec2nodeclass' }), "Write it as 'EC2NodeClass'."],
    [() => NodeClass.named('gpu', { group: 'karpenter.k8s.aws' } as never), 'COR003: kind.kind is not set.'],
  ])('refuses what is no name or kind', (act, why) => {
    expect(complaint(act)).toContain(why);
  });
});

describe('NodeTimer', () => {
  test('is written as Karpenter reads it', () => {
    expect(NodeTimer.after(Duration.hours(36)).expression).toBe('36h');
    expect(NodeTimer.after(Duration.seconds(0)).expression).toBe('0s');
    expect(NodeTimer.never().expression).toBe('Never');
  });

  test('COR004 fails for parts of seconds and below zero', () => {
    expect(complaint(() => NodeTimer.after(Duration.millis(1500)))).toContain('COR004: time is 1.5 seconds');
    expect(complaint(() => NodeTimer.after(10 as never))).toContain('COR001: time is 10, not a Duration.');
  });
});

describe('NodeRequirement', () => {
  test.each([
    [() => NodeRequirement.oneOf('a/b/c', 'x'), 'COR004: key'],
    [() => NodeRequirement.oneOf('a'), 'COR004: values has 0 items'],
    [() => NodeRequirement.noneOf('a', 'x y'), 'COR004: values[0]'],
    [() => NodeRequirement.above('a', -1), 'COR004: value is -1.'],
    [() => NodeRequirement.below('a', 1.5), 'COR004: value is 1.5.'],
    [() => NodeRequirement.exists(7 as never), 'COR001: key is 7, not text.'],
  ])('refuses what is no label or value', (act, why) => {
    expect(complaint(act)).toContain(why);
  });

  test('COR004 fails for a key that is longer than a NodePool takes', () => {
    const label = 'a'.repeat(63);
    const key = `${[label, label, label, 'a'.repeat(61)].join('.')}/${label}`;
    expect(complaint(() => NodeRequirement.exists(key))).toContain('COR004: key has 317 characters, and 316');
    expect(complaint(() => NodeRequirement.exists(key.slice(0, -1)))).toBe('');
  });
});

describe('DisruptionBudget', () => {
  const schedule = Cron.schedule({ minute: '30', hour: '5' });
  const duration = Duration.minutes(90);

  test('counts nodes, or parts of them', () => {
    expect(DisruptionBudget.nodes(3).limit).toBe('3');
    expect(DisruptionBudget.percent(25).limit).toBe('25%');
  });

  test('is written as Karpenter reads it', () => {
    const reasons = [DisruptionReason.DRIFTED, DisruptionReason.DRIFTED];
    expect(DisruptionBudget.nodes(0, { reasons, schedule, duration })._toBudget()).toEqual({
      nodes: '0',
      reasons: ['Drifted'],
      schedule: '30 5 * * *',
      duration: '90m',
    });
    expect(DisruptionBudget.percent(10)._toBudget()).toEqual({ nodes: '10%' });
  });

  test('GPU023 fails for one of schedule and duration', () => {
    expect(complaint(() => DisruptionBudget.nodes(0, { schedule }))).toContain(
      'GPU023: schedule is set, and duration is not.',
    );
    expect(complaint(() => DisruptionBudget.nodes(0, { duration }))).toContain(
      'GPU023: duration is set, and schedule is not.',
    );
  });

  test('GPU023 fails for a duration of seconds', () => {
    expect(complaint(() => DisruptionBudget.nodes(0, { schedule, duration: Duration.seconds(90) }))).toContain(
      'GPU023: duration is 90 s, and Karpenter reads hours and minutes only.',
    );
  });

  test.each([
    ['0 6 * *', 'is not read by Karpenter: it has 4 fields'],
    ['@every 2h', 'has no times of day'],
    ['0 6 31 2 *', 'names no day that exists'],
    ['CRON_TZ=Europe/Zurich 0 6 * * *', 'sets a time zone'],
  ])('GPU023 fails for the schedule %s', (expression, why) => {
    const given = { schedule: Schedule.expression(expression), duration };
    const said = complaint(() => DisruptionBudget.nodes(0, given));
    expect(said).toContain('GPU023: the schedule');
    expect(said).toContain(why);
  });

  test('GPU023 passes for a schedule that Karpenter reads', () => {
    for (const expression of ['@weekly', '0 6 * * mon-fri'])
      expect(DisruptionBudget.nodes(0, { schedule: Schedule.expression(expression), duration }).limit).toBe('0');
  });

  test.each([
    [() => DisruptionBudget.nodes(-1), 'COR004: nodes is -1.'],
    [() => DisruptionBudget.percent(101), 'COR004: percent is 101.'],
    [() => DisruptionBudget.nodes('10%' as never), "COR001: nodes is '10%', not a number."],
    [() => DisruptionBudget.nodes(1, { reasons: [] }), 'COR004: options.reasons has 0 items'],
    [() => DisruptionBudget.nodes(1, { reasons: ['Expired' as never] }), 'COR004: options.reasons[0]'],
    [() => DisruptionBudget.nodes(1, { reason: 'Empty' } as never), 'Write reasons.'],
  ])('refuses what is no budget', (act, why) => {
    expect(complaint(act)).toContain(why);
  });
});
