/** How many runs a property gets, and from which seed: `PROPERTY_RUNS` multiplies them, `PROPERTY_SEED` changes it. */
export function bounded(numRuns: number): { numRuns: number; seed: number } {
  return {
    numRuns: numRuns * Number(process.env.PROPERTY_RUNS ?? 1),
    seed: Number(process.env.PROPERTY_SEED ?? 20260),
  };
}
