/**
 * How far a rehearsal goes; what is cut is noted in the run. Counts come first: they cut at the same place on every
 * machine. Time is a safety net behind them.
 */
export const LIMITS = {
  /** Calls and notes kept of one job. */
  callsPerJob: 4000,
  notes: 60,
  /** Characters of one recorded argument. */
  valueLength: 4000,
  /** How often a loop's body is entered: one that polls would never end, one over words ends by itself. */
  pollTurns: 10,
  wordTurns: 200,
  /** Characters of a script that is still rehearsed or parsed. */
  scriptLength: 512 * 1024,
  /** How deep package scripts and recipes, composite actions, and reusable workflows may call each other. */
  packageScriptDepth: 8,
  actionDepth: 5,
  workflowDepth: 4,
  /** Jobs of a workflow and steps of a job that are read. */
  jobs: 256,
  stepsPerJob: 500,
  /** Runs kept of one workflow. */
  runs: 120,
  /** Ways of starting a workflow that are tried; rehearsals of one of them; literals tried for one compared name. */
  variants: 48,
  forks: 10,
  /** Ways of starting a script on its own. */
  starts: 16,
  values: 6,
  /** Product of `choice` inputs up to which every combination is tried; past it one input varies at a time. */
  choiceProduct: 40,
  matrixCells: 12,
  /** Work in units (see {@link Budget}): for one workflow, one script on its own, all of these, everything. */
  workflowUnits: 12_000,
  scriptUnits: 4000,
  scriptsUnits: 40_000,
  /** The same for the scripts that nothing reaches, which come last. */
  unreachedUnits: 10_000,
  rehearsalUnits: 250_000,
  /** Processor time in milliseconds for the same, far behind. */
  workflowMs: 4000,
  scriptMs: 1500,
  scriptsMs: 6000,
  unreachedMs: 1500,
  rehearsalMs: 30_000,
} as const;

/** Limits of the simulated shell for one step (just-bash). */
export const SHELL_LIMITS = {
  maxCommandCount: 8000,
  maxLoopIterations: 2000,
  maxExecutionTimeMs: 4000,
  maxOutputSize: 4 << 20,
  maxStringLength: 4 << 20,
  maxHeredocSize: 1 << 20,
  maxArrayElements: 20_000,
  maxBraceExpansionResults: 20_000,
  maxGlobOperations: 50_000,
  maxTraversalEntries: 20_000,
  maxCallDepth: 60,
  maxExecDepth: 24,
  maxLiveBytes: 128 << 20,
} as const;
