/** What one rehearsal may cost. What is cut is noted in the run. */
export const LIMITS = {
  /** Calls and notes kept per job. */
  callsPerJob: 4000,
  notes: 100,
  /** Characters of one recorded argument. */
  valueLength: 2000,
  /** How often a loop's body is entered: one that polls would never end; one over words ends by itself. */
  pollTurns: 40,
  wordTurns: 200,
  /** Characters of a script that is still rehearsed or parsed. */
  scriptLength: 512 * 1024,
  /** How deep package scripts and make targets may call each other. */
  packageScriptDepth: 8,
  /** Milliseconds for one script, for one job, and for all runs of one workflow. */
  scriptMs: 2000,
  jobMs: 5000,
  workflowMs: 8000,
  /** Jobs of a workflow and steps of a job that are read. */
  jobs: 256,
  stepsPerJob: 1000,
  /** Runs kept per workflow, variants of events and inputs, values tried per comparison, cells per matrix. */
  runs: 120,
  variants: 48,
  forks: 10,
  matrixCells: 12,
  /** Product of `choice` inputs up to which every combination is tried. */
  choiceProduct: 40,
} as const;

/** Limits of the simulated shell itself (just-bash). */
export const SHELL_LIMITS = {
  maxCommandCount: 20_000,
  maxLoopIterations: 2000,
  maxExecutionTimeMs: LIMITS.scriptMs,
  maxOutputSize: 4 << 20,
  maxStringLength: 4 << 20,
  maxCallDepth: 60,
  maxFileSystemBytes: 64 << 20,
};
