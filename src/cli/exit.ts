/** Exit codes; see docs/commands.md. */
export const EXIT = {
  /** Established, nothing at or above `--fail-on`. */
  established: 0,
  /** Findings at or above `--fail-on`. */
  findings: 1,
  /** Wrong usage or configuration. */
  usage: 2,
  /** Something asked for could not be read, or not in full. */
  notEstablished: 3,
  /** Constat itself failed. */
  internal: 5,
} as const;
