import type { Ring } from './ring';

/** The ring of this process, handed from the set-up to the teardown of a test run. */
export const running: { ring?: Ring } = {};
