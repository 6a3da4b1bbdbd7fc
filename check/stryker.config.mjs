// Mutation testing of the checker's facts and rules: `npm run test:mutation`, or a part of them with `-- --mutate <glob>`.
//
// The tests are those of jest. mocha runs them here since it keeps the modules loaded and only switches from one mutant to the next: milliseconds
// where a jest environment takes seconds. The random tests are left out, which would kill by chance.
//
// Tests read manifests when they run, not in their tables or where they are described: a mutant of what is needed while files are loaded takes a new
// process, half a minute each. And their titles are short: all that cover a mutant are searched for by one expression.
export default {
  packageManager: 'npm',
  testRunner: 'mocha',
  mochaOptions: {
    require: ['./check/mutation/typescript.js', './check/mutation/jest-words.js'],
    spec: ['check/test/inventory/**/*.test.ts', 'check/test/policy/**/*.test.ts'],
    // It runs every rule on every good manifest, so that each mutant of a rule would be tried in hundreds of tests that say nothing of it.
    ignore: ['check/test/policy/good-manifests.test.ts'],
    extension: ['ts'],
  },
  coverageAnalysis: 'perTest',
  mutate: ['check/src/inventory/**/*.ts', 'check/src/policy/**/*.ts', '!**/index.ts'],
  // Words for people: another wording is no other behaviour.
  mutator: { excludedMutations: ['StringLiteral'] },
  ignorePatterns: ['/.jsii', '/build', '/dist', '/lib', '/check/lib', '/test/cluster'],
  // A mutant of what is computed on loading needs a fresh process each: hours, and the rules' words are most of them.
  ignoreStatic: true,
  concurrency: 2,
  // Loops without end are known by counting. A busy machine is no loop.
  timeoutMS: 120_000,
  dryRunTimeoutMinutes: 60,
  reporters: ['progress', 'clear-text', 'json'],
  jsonReporter: { fileName: 'build/mutation.json' },
  tempDirName: 'build/stryker',
  cleanTempDir: 'always',
};
