import type { ValueClass } from './artifacts.ts';
import type { FileEvidence } from './evidence.ts';

/** A configuration file of Wrangler: one Worker (or Pages project) with its environments. Not part of the JSON report. */
export interface WranglerConfig {
  file: string;
  /** The project is Pages: it states `pages_build_output_dir`. */
  isPages: boolean;
  /** The module that is deployed, from the root of the repository; undefined for assets alone. */
  main?: { path: string; line: number; exists: boolean };
  /** The folder of static assets, or of the built pages, from the root of the repository. */
  assets?: { path: string; line: number };
  /** The folder of D1's migrations, from the root of the repository, with the files that are in it. */
  migrations: { path: string; line: number; database?: string; files: readonly string[] }[];
  /** The top level first, then each `env.NAME` in the order of the file. */
  environments: WranglerEnvironment[];
}

/** What `wrangler deploy [--env NAME]` would deploy: inherited keys are already resolved. */
export interface WranglerEnvironment {
  /** Undefined: the top level. */
  name?: string;
  /** Where the environment begins. */
  line: number;
  /**
   * The script's name as it is deployed: `<name>-<environment>` where the environment gives none; empty where the file
   * names no script at all.
   */
  script: { name: string; line: number };
  bindings: WranglerBinding[];
  /** Plain variables: names, and what their values are worth. */
  variables: { name: string; line: number; isSecret: boolean; class: ValueClass }[];
  /** Names of secrets that the configuration itself requires (`secrets.required`). */
  secrets: { name: string; line: number }[];
  routes: { pattern: string; isCustomDomain: boolean; zone?: string; line: number }[];
  crons: { cron: string; line: number }[];
  /** Whether the script answers on `*.workers.dev`; `isStated` is false for the default (true where there is no route). */
  workersDev: { isOn: boolean; isStated: boolean; line: number };
  /** The same for preview addresses; the default follows `workersDev`. */
  previewUrls: { isOn: boolean; isStated: boolean; line: number };
  compatibilityDate?: { value: string; line: number };
  observability: { isOn: boolean; line?: number };
  placement?: string;
  accountId?: string;
  /**
   * Keys that an environment does not inherit, which the top level or another environment of the same program states
   * and this one does not: what runs here would be without them. Empty for the top level, which is often only a base.
   */
  lacking: { key: string; name?: string; stated: FileEvidence }[];
}

/** One thing that the code finds in its environment. */
export interface WranglerBinding {
  /** As Cloudflare's API names it: `d1`, `kv_namespace`, `r2_bucket`, `queue`, `durable_object_namespace`, `service`, `hyperdrive`, `vectorize`, `ai`, `browser`, `assets`, `analytics_engine`, `send_email`, `mtls_certificate`, `workflow`, `secrets_store_secret`, `version_metadata`, `ratelimit`… */
  type: string;
  /** The name in the code's `env`. */
  name: string;
  line: number;
  /** The name or id of what it leads to, as written. */
  to?: string;
  id?: string;
  /** The configuration leaves out what a deployment needs: a D1 binding without `database_id`. */
  isIncomplete?: boolean;
  /** Of an incomplete one: something stands where the id belongs that is to be replaced (`<YOUR_ID>`). */
  isPlaceholder?: boolean;
}

/** A `_headers` file: what is added to answers for static assets. Not part of the JSON report. */
export interface HeaderFile {
  file: string;
  rules: {
    /** The pattern of paths, or of whole addresses, as written. */
    path: string;
    line: number;
    /** In lower case. Values of headers that may hold something secret are left out. */
    headers: { name: string; value?: string; line: number }[];
    /** Headers that the rule takes away again, in lower case. */
    removed: { name: string; line: number }[];
  }[];
}

/** A `_redirects` file. Not part of the JSON report. */
export interface RedirectFile {
  file: string;
  rules: { from: string; to: string; status: number; line: number }[];
}
