import type { ValueClass } from './artifacts.ts';
import type { FileEvidence } from './evidence.ts';

/**
 * What the code of one program says of how it is set up: parsed, never run. A program is a folder with a manifest, or the
 * root. Old copies (`backups/`, `*.old`) and tests are no part of it. Not part of the JSON report.
 */
export interface ProgramSettings {
  /** The program's folder, from the root of the repository; empty: the root. */
  folder: string;
  languages: ('python' | 'javascript' | 'go')[];
  /** Every file that was read. */
  files: number;
  settings: Setting[];
  /** Origins that are let in, or that any is. */
  cors: {
    policy: 'list' | 'any' | 'reflected' | 'setting';
    origins: string[];
    setting?: string;
    credentials?: boolean;
    at: FileEvidence;
  }[];
  /** How long tokens that it issues are good for, in seconds, where code or the default of a setting says it. */
  tokenLifetimes: { seconds: number; setting?: string; at: FileEvidence }[];
  databases: {
    scheme: string /** Of SQLite: the file as written. */;
    path?: string;
    setting?: string;
    at: FileEvidence;
  }[];
  /** Routes that start commands of the machine, and what is asked of who comes. */
  commandRoutes: CommandRoute[];
  /** Ports that it listens on by itself. */
  listens: { address: string; port: number; setting?: string; at: FileEvidence }[];
  /** Variables of example files that nothing in the repository names. Undefined: that could not be told. */
  unread?: { name: string; at: FileEvidence }[];
  /**
   * Modes and lists that are written and do nothing. `never-used`: no line that was read names them. `alike`: both branches
   * of the only condition hold the same text.
   */
  withoutEffect?: { name: string; what: 'mode' | 'list'; why: 'never-used' | 'alike'; at: FileEvidence }[];
  /** Why what is not seen cannot be called absent: code that reads names at run time, files that do not parse, other languages. */
  blindSpots: {
    what: 'dynamic-name' | 'unparsed' | 'other-language' | 'too-large' | 'settings-passed-on';
    at: FileEvidence;
  }[];
}

/** One environment variable as code reads it. */
export interface Setting {
  /** As it is in the environment: prefix and case of `pydantic-settings` applied. */
  name: string;
  /** `pydantic-settings`, `os.getenv`, `process.env`, `os.Getenv`… */
  by: string;
  /** The name in the code, where it is another: the field of a settings class. */
  field?: string;
  at: FileEvidence;
  isRequired: boolean;
  default?: {
    class: ValueClass;
    secret: boolean;
    digest: string;
    shown?: string;
    isGenerated?: boolean;
    /** Of a secret: it stands in a file or under a condition that is for development, or code looks for it to stop. */
    isGuarded?: boolean;
  };
  /** Where what was read is used; empty: nowhere in the code that was read. */
  uses: FileEvidence[];
  /** Values that the code compares it with: the modes it knows. */
  values: string[];
}

export interface CommandRoute {
  method: string;
  path: string;
  /** `subprocess.run`, `os.system`, `child_process.exec`, `exec.Command`… and whether a shell takes the text. */
  runs: {
    call: string;
    usesShell: boolean;
    /** What of it the request decides, followed from the route: `command`: the program or the text of the shell. */
    chosen: 'nothing' | 'arguments' | 'command' | 'unknown';
    at: FileEvidence;
  };
  /** What it goes through from the route to the call, by file and line. */
  through: FileEvidence[];
  /** `unknown`: something on the way was not read. */
  authentication: 'yes' | 'no' | 'unknown';
  at: FileEvidence;
}
