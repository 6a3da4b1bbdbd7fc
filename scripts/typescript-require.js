'use strict';

// Lets plain Node load the TypeScript of this repository, for scripts and for tests that need a process of their own.
const { readFileSync } = require('node:fs');
const { resolve } = require('node:path');
const Module = require('node:module');
const ts = require('typescript');

const compilerOptions = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022, esModuleInterop: true };

require.extensions['.ts'] = (module, file) =>
  module._compile(ts.transpileModule(readFileSync(file, 'utf8'), { compilerOptions, fileName: file }).outputText, file);

const resolveFilename = Module._resolveFilename;
Module._resolveFilename = function (request, ...rest) {
  const file = request === 'cdk8s-ml' ? resolve(__dirname, '../src/index.ts') : request;
  return resolveFilename.call(this, file, ...rest);
};
