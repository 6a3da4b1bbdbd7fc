'use strict';

const { TestEnvironment } = require('jest-environment-node');

/** Tells the test file itself that one of its tests or hooks failed, so that it keeps the logs of its ring. */
class FailureAware extends TestEnvironment {
  handleTestEvent(event) {
    if (event.name === 'test_fn_failure' || event.name === 'hook_failure') this.global.ringTestFailed = true;
  }
}

module.exports = FailureAware;
