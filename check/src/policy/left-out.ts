/** An operational fact that no rule stands for. */
export interface LeftOut {
  readonly fact: string;
  /** What it says. */
  readonly says: string;
  /** Why there is no rule. */
  readonly because: string;
}

/** Operational facts that cannot be told from manifests, or are told as another. */
export const LEFT_OUT: readonly LeftOut[] = [
  {
    fact: 'ML-CKPT-007',
    says: 'The claim for checkpoints is smaller than those that are kept.',
    because: 'How large a checkpoint is and how many are kept stands in the program, not in a manifest.',
  },
  {
    fact: 'ML-MEM-004',
    says: 'The model needs more memory than its GPUs have.',
    because: 'It follows from parameters, precision, batch and sequence length, most of which no manifest names.',
  },
  {
    fact: 'ML-COST-002',
    says: 'The most that a run can cost is above its budget.',
    because: 'Prices and budgets are in no manifest.',
  },
  {
    fact: 'ML-COST-008',
    says: 'The GPUs are far larger than the model needs.',
    because: 'What the model needs is not known, as for ML-MEM-004.',
  },
];
