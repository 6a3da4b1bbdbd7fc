// The part of the interface of cdk8s-cli that a plugin meets; the package itself is not needed to be one.
// https://cdk8s.io/docs/latest/cli/synth/#validations

/** Objects that a rule has something to say about. */
export interface ViolatingResource {
  readonly resourceName: string;
  readonly locations: readonly string[];
  readonly manifestPath: string;
}

/** What a rule found. */
export interface Violation {
  readonly ruleName: string;
  readonly recommendation: string;
  readonly fix: string;
  readonly violatingResources: readonly ViolatingResource[];
}

/** What `cdk8s synth --validate` gives to a plugin. */
export interface ValidationContext {
  /** Files that were written. */
  readonly manifests: readonly string[];
  readonly report: {
    addViolation(violation: Violation): void;
    submit(status: 'success' | 'failure', metadata?: { readonly [key: string]: string }): void;
  };
}
