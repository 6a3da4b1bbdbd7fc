import { text } from '../core/shape';

/** A name of a metric, as the API server takes it: it becomes part of a path. */
export const metricNameCheck = text({
  max: 253,
  grammar: metricNameProblem,
  fix: 'Take the name that the adapter offers.',
});

function metricNameProblem(name: string): string | undefined {
  if (name === '.' || name === '..') return 'stands for a directory, which the API server refuses';
  const odd = ['/', '%'].find((character) => name.includes(character));
  return odd === undefined ? undefined : `contains '${odd}', which the API server refuses`;
}
