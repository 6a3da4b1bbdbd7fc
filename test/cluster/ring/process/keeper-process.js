'use strict';

/*
 * Owns the programs of one run, as a process of its own that outlives an interrupted or killed test run for as long as
 * it takes to stop them. Plain JavaScript, because Node starts it without a compiler.
 *
 *   node keeper-process.js FOLDER GRACE_MILLISECONDS
 *
 * Standard input: one JSON object a line, {name, command, args, env, log, folder}: start it. End of input: stop all, last
 * started first, each waited for, remove FOLDER, exit.
 * Standard output: one JSON object a line, {name, pid} for a start, {name, ended} for an end, {name, killed} for a
 * program that had to be killed because it did not end by itself.
 */

const { spawn } = require('node:child_process');
const { closeSync, openSync, rmSync } = require('node:fs');
const { createInterface } = require('node:readline');

const [folder, grace] = [process.argv[2], Number(process.argv[3])];
const programs = [];

const tell = (event) => process.stdout.write(`${JSON.stringify(event)}\n`);
process.stdout.on('error', () => {}); // nobody reads any more: stopping goes on

function start({ name, command, args, env, log, folder: cwd = '/' }) {
  const output = openSync(log, 'w');
  // A group of its own: what a program starts itself ends with it.
  const options = { cwd, detached: true, env: { ...process.env, ...env }, stdio: ['ignore', output, output] };
  const child = spawn(command, args, options);
  closeSync(output);
  const program = { name, child, running: true };
  program.ended = new Promise((resolve) => {
    const end = (how) => {
      program.running = false;
      tell({ name, ended: how });
      resolve();
    };
    child.on('error', (error) => end(error.message));
    child.on('exit', (code, signal) => end(signal ? `signal ${signal}` : `code ${code}`));
  });
  programs.push(program);
  tell({ name, pid: child.pid });
}

function signalTo({ pid }, signal) {
  try {
    if (pid !== undefined) process.kill(-pid, signal);
  } catch {
    // it ended this very moment
  }
}

async function stop({ name, child, ended, running }) {
  if (!running) return;
  signalTo(child, 'SIGTERM');
  const timer = setTimeout(() => {
    tell({ name, killed: `it did not end within ${grace} ms of SIGTERM` });
    signalTo(child, 'SIGKILL');
  }, grace);
  await ended;
  clearTimeout(timer);
}

let stopping = false;
async function stopAll() {
  if (stopping) return;
  stopping = true;
  for (const program of programs.reverse()) await stop(program);
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  process.exit(0);
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, stopAll);
createInterface({ input: process.stdin })
  .on('line', (line) => !stopping && start(JSON.parse(line)))
  .on('close', stopAll);
