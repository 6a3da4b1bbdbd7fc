'use strict';

const { projects } = require('../jest.config.js');

// The tests that mutation testing runs: those of the checker, without the random ones, which would kill by chance.
module.exports = {
  ...projects[0],
  rootDir: '..',
  displayName: 'mutation',
  testMatch: ['<rootDir>/check/test/inventory/**/*.test.ts', '<rootDir>/check/test/policy/**/*.test.ts'],
  testPathIgnorePatterns: [],
};
