import { didYouMean, nearest } from '../../src/core/nearest';

describe('nearest', () => {
  test.each([
    ['gpu', ['cpu', 'gpuPerNode'], 'gpuPerNode'],
    ['gpuCount', ['gpu', 'cpu', 'image'], 'gpu'],
    ['imgae', ['image', 'command'], 'image'],
    ['IMAGE', ['image', 'command'], 'image'],
    ['researhc', ['research', 'prod'], 'research'],
    ['wndb', ['wandb'], 'wandb'],
  ])('guesses what %s meant', (name, candidates, guess) => {
    expect(nearest(name, candidates)).toBe(guess);
  });

  test.each([
    ['banana', ['image', 'command']],
    ['x', []],
    ['a'.repeat(100_000), ['a']],
  ])('does not guess wildly', (name, candidates) => {
    expect(nearest(name, candidates)).toBeUndefined();
  });

  test('takes the closest of several', () => {
    expect(nearest('minReplica', ['maxReplicas', 'minReplicas'])).toBe('minReplicas');
  });
});

describe('didYouMean', () => {
  test('asks when there is a guess and is silent otherwise', () => {
    expect(didYouMean('researhc', ['research'])).toBe(" (did you mean 'research'?)");
    expect(didYouMean('zzz', ['research'])).toBe('');
  });
});

test('the same letters in another case are nearer than an abbreviation', () => {
  expect(nearest('imagePullpolicy', ['image', 'imagePullPolicy'])).toBe('imagePullPolicy');
});
