/** What a process that takes the signal default would leave behind is put away first, newest first. */
const cleanups: (() => Promise<void>)[] = [];
const signals: NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Runs `cleanup` when the process is interrupted; returns a function that takes it back.
 *
 * After the clean-up the process ends by the same signal. A second signal ends it at once.
 */
export function onInterruption(cleanup: () => Promise<void>): () => void {
  if (cleanups.length === 0) for (const signal of signals) process.once(signal, interrupted);
  cleanups.push(cleanup);
  return () => {
    const at = cleanups.indexOf(cleanup);
    if (at >= 0) cleanups.splice(at, 1);
    if (cleanups.length === 0) for (const signal of signals) process.removeListener(signal, interrupted);
  };
}

async function interrupted(signal: NodeJS.Signals): Promise<void> {
  for (const other of signals) process.removeListener(other, interrupted);
  process.stderr.write(`\n[ring] ${signal}: stopping what was started\n`);
  for (const cleanup of [...cleanups].reverse()) {
    await cleanup().catch((error: Error) => process.stderr.write(`[ring] ${error.message}\n`));
  }
  process.kill(process.pid, signal);
}
