'use strict';

// The words of jest that the tests of facts and rules are written in, said with mocha's. A word that is missing here fails.
const { format } = require('node:util');
const Mocha = require('mocha');
const { expect } = require('expect');

const each = (declare) => (table) => (title, body) => {
  for (const row of table) {
    const values = Array.isArray(row) ? row : [row];
    const told = values.slice(0, title.split('%s').length - 1);
    declare(format(title, ...told), () => body(...values));
  }
};

const { bdd } = Mocha.interfaces;
Mocha.interfaces.bdd = (suite) => {
  bdd(suite);
  suite.on('pre-require', (words) => {
    words.expect = expect;
    words.test = words.it;
    words.test.each = each(words.it);
    words.describe.each = each(words.describe);
    words.beforeAll = words.before;
    words.afterAll = words.after;
  });
};
