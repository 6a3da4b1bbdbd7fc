/** Where figures of the catalogue are from, and how old they are. */
export interface DataSource {
  /** What is from there. */
  readonly what: string;
  /** Date of the figures as exactly as the source tells it: `2026-07-20`, or `2025` where it tells no more. */
  readonly asOf: string;
  /** Address of the source. */
  readonly source: string;
  /** Whether the figures were read there; false for vendors' figures that were not compared with a source again. */
  readonly checked: boolean;
}
