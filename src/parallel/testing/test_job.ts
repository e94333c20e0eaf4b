/** What teams in tests are told. */

/** What goes wrong. */
export const TestKind = { works: 0, failsInTasks: 1, failsToStart: 2, endless: 3 } as const;

/** The job of a team in tests. */
export interface TestJob {
  readonly kind: number;
  /** 100 places per round. */
  readonly marks: Int32Array;
  readonly rounds: number;
}
