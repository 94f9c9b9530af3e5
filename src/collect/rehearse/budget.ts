/** Processor time of this thread in milliseconds: what else the machine does is not counted. */
export function processorTime(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

/** What some kinds of work count, in units; one unit takes some 0.1 ms. */
export const UNITS = { command: 1, script: 8, machine: 25 } as const;

/**
 * What a rehearsal may still spend. Units come first: they cut at the same place on every machine, so that the same
 * tree gives the same bytes. Time is a safety net behind them.
 */
export class Budget {
  private left: number;
  private readonly end: number;
  private readonly whole: Budget | undefined;

  /** `whole`: a budget of which this one is a part. */
  constructor(units: number, milliseconds: number, whole?: Budget) {
    this.left = units;
    this.end = processorTime() + milliseconds;
    this.whole = whole;
  }

  spend(units: number): void {
    this.left -= units;
    this.whole?.spend(units);
  }

  get isSpent(): boolean {
    return this.left <= 0 || processorTime() > this.end || (this.whole?.isSpent ?? false);
  }
}
