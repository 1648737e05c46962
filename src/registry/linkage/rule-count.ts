/** What a blocking rule gave. */
export interface RuleCount {
  readonly rule: string;
  /** Pairs within its blocks. */
  readonly pairs: number;
  /** Of these, pairs that no earlier rule gives. */
  readonly fresh: number;
  /** Blocks left out because they hold too many, and the records of the largest. */
  readonly leftOut: number;
  readonly largest: number;
}
