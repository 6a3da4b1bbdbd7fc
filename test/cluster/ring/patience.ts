// A big CRD takes a busy machine seconds. Jest reads `testTimeout` for the whole run only, not for one project.
jest.setTimeout(120_000);
