/** Something that whoever started the check must put right first: an option, a configuration, a file that is not there. */
export class UsageError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'UsageError';
  }
}
