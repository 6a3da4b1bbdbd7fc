// Several waits of a test may each take nearly their minute on a busy machine; they have limits of their own. Jest reads
// `testTimeout` for the whole run only, not for one project.
jest.setTimeout(600_000);
