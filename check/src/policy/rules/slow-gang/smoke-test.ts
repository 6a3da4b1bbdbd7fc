import type { Container } from '../../../inventory/container';

/** Programs that show the GPUs or wait, and train nothing. */
const IDLE = /^(nvidia-smi|rocm-smi|sleep|tail|echo|watch|top|true|(\S*\/)?(vectorAdd|deviceQuery|gpu[-_]burn))$/;
const SHELL = /^(\/bin\/|\/usr\/bin\/)?(sh|bash)$/;

/** Whether a container only shows the GPUs, or waits. */
export function asksForNothing({ words }: Container): boolean {
  const program = words.find((word) => !SHELL.test(word) && !word.startsWith('-'));
  return program !== undefined && IDLE.test(program);
}
