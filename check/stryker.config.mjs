// Mutation testing of the checker's facts and rules: `npm run test:mutation`, or a part of them with `-- --mutate <glob>`.
export default {
  packageManager: 'npm',
  testRunner: 'jest',
  coverageAnalysis: 'perTest',
  mutate: ['check/src/inventory/**/*.ts', 'check/src/policy/**/*.ts', '!**/index.ts'],
  // Words for people: another wording is no other behaviour.
  mutator: { excludedMutations: ['StringLiteral'] },
  jest: { projectType: 'custom', configFile: 'check/jest.mutation.config.js', enableFindRelatedTests: false },
  ignorePatterns: ['/.jsii', '/build', '/dist', '/lib', '/check/lib', '/test/cluster'],
  // A mutant of what is computed on loading needs a fresh process each: hours, and the rules' words are most of them.
  ignoreStatic: true,
  concurrency: 2,
  reporters: ['progress', 'clear-text', 'json'],
  jsonReporter: { fileName: 'build/mutation.json' },
  tempDirName: 'build/stryker',
  cleanTempDir: 'always',
};
