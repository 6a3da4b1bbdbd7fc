'use strict';

// Loads TypeScript as it is loaded, file by file and without checking types; the floor of the library by its paths.
const { readFileSync } = require('node:fs');
const Module = require('node:module');
const { join } = require('node:path');
const { ModuleKind, ScriptTarget, transpileModule } = require('typescript');

const ROOT = join(__dirname, '..', '..');
const compilerOptions = { target: ScriptTarget.ES2023, module: ModuleKind.CommonJS, esModuleInterop: true };

require.extensions['.ts'] = (module, file) => {
  module._compile(transpileModule(readFileSync(file, 'utf8'), { compilerOptions }).outputText, file);
};

const FLOOR = 'cdk8s-ml/floor/';
const resolve = Module._resolveFilename;
Module._resolveFilename = function (request, ...others) {
  const path = request.startsWith(FLOOR) ? join(ROOT, 'src', request.slice(FLOOR.length)) : request;
  return resolve.call(this, path, ...others);
};
