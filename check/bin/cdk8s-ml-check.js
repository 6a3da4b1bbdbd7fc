#!/usr/bin/env node
'use strict';

const { enableCompileCache } = require('node:module');
enableCompileCache?.(); // Node.js 22.1 and newer start faster with it

// Whoever reads our output may stop reading, as `head` does.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error) => {
    if (error.code !== 'EPIPE') throw error;
  });
}

const { main } = require('../lib/cli/main.js');
const { stdout, stderr, env } = process;
process.exitCode = main(process.argv.slice(2), { stdout, stderr, env, now: () => new Date() });
