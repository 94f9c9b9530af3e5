import type { Refusal } from '#model/lookup.ts';

/**
 * One command of a reading: fixed text for a POSIX shell that reads and writes nothing, every value in it quoted
 * (lib/shell-quote.ts). Never made of the text of an audited file without being quoted.
 */
export interface HostCommand {
  /** Unique within one {@link HostSession.ask}. */
  id: string;
  /** As the coverage writes it: `systemctl show`. */
  operation: string;
  script: string;
  /** Only root sees all of it: it is run with `sudo -n` where that is configured and the user is not root. */
  needsRoot?: boolean;
  /** Seconds that it may take; default 20. */
  seconds?: number;
}

/**
 * How a command ended. `missing`: there is no such program (exit code 127). `denied`: the system or sudo refuses.
 * `timeout`, `cut`: what came until then is given. `closed`: the connection ended before.
 */
export interface HostAnswer {
  id: string;
  operation: string;
  end: 'done' | 'missing' | 'denied' | 'failed' | 'timeout' | 'cut' | 'closed';
  code: number;
  /** UTF-8, what is not replaced by U+FFFD; cut at {@link MOST_BYTES}. */
  stdout: string;
  /** The last lines, cut. */
  stderr: string;
  /** It ran with `sudo -n`. */
  asRoot: boolean;
}

/** Bytes of one answer that are taken. */
export const MOST_BYTES = 16 * 1024 * 1024;

/** One connection to a host: a shell that is told what to run, and nothing else. */
export interface HostSession {
  /** `local`, or `ssh://…` as given. */
  readonly address: string;
  /**
   * Runs commands one after another in one go; an answer for each, in their order. Never throws for what a command or the
   * connection does: that stands in the answers.
   */
  ask(commands: readonly HostCommand[]): Promise<HostAnswer[]>;
  /** What ended the connection, where it ended. */
  readonly broken?: Refusal;
  close(): void;
}
