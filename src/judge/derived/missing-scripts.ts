import type { JobSource, StepSource } from '#model/artifacts.ts';
import { stepCommands } from './shell.ts';

const SCRIPT = /^(\.\/)?[\w.-]+(\/[\w.-]+)*\.(sh|bash|py|rb|js|mjs|ts|pl)$/;
const INTERPRETERS = /^(bash|sh|dash|zsh|python3?|ruby|node|perl|source|\.)$/;
/** What makes files, or moves to where they are: after it the tree is no longer the repository's. */
const CHANGES_TREE =
  /^(cd|pushd|curl|wget|tar|unzip|cp|mv|ln|tee|git|npm|pnpm|yarn|make|cat|aws|gh|ssh|docker|install|npx|go|cargo)$/;
/** Actions that put no file of theirs where the repository is. */
const TOUCHES_NOTHING =
  /^(actions\/(checkout|setup-[\w-]+)|aws-actions\/(configure-aws-credentials|amazon-ecr-login)|docker\/(login|setup-[\w-]+)-action|hashicorp\/setup-terraform|azure\/login|google-github-actions\/auth|webfactory\/ssh-agent)@/;

/** A script that a step starts and that no folder of the repository has. */
export interface MissingScript {
  script: string;
  line: number;
}

/**
 * The scripts that a job starts and that are not in the tree. Only where the tree is surely the repository's: checked
 * out whole, nothing brought or made before. The step may stand in any folder, so the end of a path is enough.
 */
export function missingScripts(job: JobSource, files: ReadonlySet<string>): MissingScript[] {
  const checkouts = job.steps.filter(({ uses }) => uses?.text.startsWith('actions/checkout@'));
  const plain =
    checkouts.length === 1 &&
    checkouts.every(({ with: { repository, path, ref } }) => !repository && !path && !ref);
  if (!plain || job.steps.some(({ uses }) => uses && !TOUCHES_NOTHING.test(uses.text))) return [];
  return job.steps.flatMap((step) => startedScripts(step).filter(({ script }) => !isThere(script, files)));
}

function startedScripts(step: StepSource): MissingScript[] {
  if (!step.run || /\bcd\b|>/.test(step.run.text)) return [];
  const commands = stepCommands(step);
  const changed = commands.findIndex(({ words: [name = ''] }) => CHANGES_TREE.test(name));
  return commands
    .slice(0, changed < 0 ? undefined : changed)
    .flatMap(({ words: [name = '', argument = ''], line }) => {
      const path = INTERPRETERS.test(name) ? argument : name.includes('/') ? name : '';
      return SCRIPT.test(path) && !path.includes('node_modules')
        ? [{ script: path.replace(/^\.\//, ''), line }]
        : [];
    });
}

const byName = new WeakMap<ReadonlySet<string>, Map<string, string[]>>();

function isThere(script: string, files: ReadonlySet<string>): boolean {
  if (files.has(script)) return true;
  const base = (path: string) => path.slice(path.lastIndexOf('/') + 1);
  const index = byName.get(files) ?? Map.groupBy(files, base);
  byName.set(files, index);
  return index.get(base(script))?.some((file) => file.endsWith(`/${script}`)) ?? false;
}
