'use strict';

/** What every project shares: TypeScript compiled file by file, the package under its own name. */
const shared = {
  testEnvironment: 'node',
  transform: { '^.+\\.ts$': ['ts-jest', { tsconfig: '<rootDir>/tsconfig.json', diagnostics: false }] },
  moduleNameMapper: {
    '^cdk8s-ml$': '<rootDir>/src/index.ts',
    '^cdk8s-ml/floor/(.*)$': '<rootDir>/src/$1.ts',
    '^cdk8s-ml/imports/(.*)$': '<rootDir>/imports/$1',
    '^cdk8s-ml-check$': '<rootDir>/check/src/index.ts',
  },
  modulePathIgnorePatterns: ['<rootDir>/lib/', '<rootDir>/build/', '<rootDir>/dist/', '<rootDir>/check/lib/'],
};

module.exports = {
  projects: [
    {
      ...shared,
      displayName: 'unit',
      testMatch: ['<rootDir>/test/**/*.test.ts', '<rootDir>/check/test/**/*.test.ts'],
      testPathIgnorePatterns: ['<rootDir>/test/cluster/', '<rootDir>/test/package/'],
    },
    { ...shared, displayName: 'package', testMatch: ['<rootDir>/test/package/*.test.ts'] },
    {
      ...shared,
      displayName: 'cluster',
      testMatch: ['<rootDir>/test/cluster/**/*.test.ts'],
      setupFilesAfterEnv: ['<rootDir>/test/cluster/ring/patience.ts'],
      testEnvironment: '<rootDir>/test/cluster/ring/failure-aware.js',
    },
  ],
};
