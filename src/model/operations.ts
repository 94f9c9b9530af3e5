// What files say of how an estate is cared for: deployed, checked, backed up, kept in order.

/** Scripts of the same text, blank lines and the ends of lines aside. */
export interface ScriptCopies {
  files: string[];
}

/** What a line of a script, a job or a configuration does for the care of an estate, known by the tool or setting it names. */
export const PRACTICES = [
  'backup',
  'backup-retention',
  'restore',
  'copy-out',
  'secret-rotation',
  'secret-check',
  'secret-scan',
  'vulnerability-scan',
  'code-scan',
  'signing',
  'rate-limit',
  'security-header',
] as const;
export type Practice = (typeof PRACTICES)[number];

export interface PracticeSighting {
  practice: Practice;
  file: string;
  line: number;
  /** What it is known by, as written and without its arguments: `pg_dump`, `gitleaks`. */
  sign: string;
}

/** A page or a data file whose name says that it maps directives, scripts or documents, with the files that it names. */
export interface MappingFile {
  file: string;
  entries: { path: string; line: number; exists: boolean }[];
}

/**
 * What a script does around a deployment, whatever it is written in: read line by line, never run. Comments, messages
 * and lines over 2,000 characters are left out; what a script starts in another file is that file's.
 */
export interface ScriptTraits {
  file: string;
  /** `recipes`: the scripts of a `package.json`, a Makefile, a justfile, a Taskfile. */
  language: 'shell' | 'python' | 'javascript' | 'ruby' | 'powershell' | 'recipes';
  traits: ScriptTrait[];
}

export interface ScriptTrait {
  /**
   * `deploys`, `migrates` (a database), `rolls-back`, `checks` (asks what runs whether it runs), `asks` (waits for a
   * person), `may-not-ask` (an option, `CI` or no terminal spares the question), `dry-run` (it offers one),
   * `stops-at-errors` (`set -e`), `requires-secret` (stops where one is not set), `requires-setting` (where another
   * variable or `.env` is not there), `environment` (names one that it handles), `wipes` (empties a database), `prunes`
   * (removes old images, branches or versions).
   */
  trait:
    | 'deploys'
    | 'migrates'
    | 'rolls-back'
    | 'checks'
    | 'asks'
    | 'may-not-ask'
    | 'dry-run'
    | 'stops-at-errors'
    | 'requires-secret'
    | 'requires-setting'
    | 'environment'
    | 'wipes'
    | 'prunes';
  line: number;
  /** The command or the name as written: `wrangler deploy`, `read -p`, `API_TOKEN`. */
  what: string;
  /** The recipe that it stands in. */
  recipe?: string;
}

/** What files of infrastructure and configuration say of how an estate is kept running, beside its resources. */
export interface OperationSigns {
  file: string;
  signs: { sign: OperationSign; line: number; what: string }[];
}

export const OPERATION_SIGNS = [
  'autoscaling',
  'budget',
  'alarm',
  'dashboard',
  'uptime-check',
  'health-check',
  'log-retention',
  'cache',
  'pruning',
] as const;
export type OperationSign = (typeof OPERATION_SIGNS)[number];

/** One step of a database's schema, as a file of its own. */
export interface Migration {
  file: string;
  /** Whether a file or a function leads back: `unknown` where its tool writes that elsewhere, or not at all. */
  isReversible: 'yes' | 'no' | 'unknown';
  /** Statements that lose data on the way forward: `DROP TABLE orders`. */
  destroys: { what: string; line: number }[];
}
