import type { StepSource } from '#model/artifacts.ts';
import type { Estate } from '#model/estate.ts';
import type { FileEvidence } from '#model/evidence.ts';
import { at } from '../../derived/place.ts';
import { stepCommands } from '../../derived/shell.ts';

/** How a step of CI installs dependencies. */
export interface Install {
  place: FileEvidence;
  command: string;
  /** It fails where the lock file and the manifest disagree; otherwise it may take newer versions. */
  isFrozen: boolean;
}

const steps = ({ artifacts }: Estate): { file: string; step: StepSource }[] => [
  ...artifacts.workflows.flatMap(({ file, jobs }) =>
    jobs.flatMap((job) => job.steps.map((step) => ({ file, step }))),
  ),
  ...artifacts.actions.flatMap(({ file, steps: own }) => own.map((step) => ({ file, step }))),
];

/** The steps that stand in a checkout of another repository at the root: what they install is that one's. */
const abroad = ({ artifacts }: Estate): Set<StepSource> =>
  new Set(
    artifacts.workflows.flatMap(({ jobs }) =>
      jobs.flatMap(({ steps: own }) => {
        const outs = own.filter(({ uses }) => uses?.text.startsWith('actions/checkout@'));
        const isAbroad = outs.some(
          ({ with: given }) =>
            given.repository !== undefined &&
            given.path === undefined &&
            !given.repository.includes('github.repository'),
        );
        const isHere = outs.some(({ with: given }) => given.repository === undefined);
        return isAbroad && !isHere ? own : [];
      }),
    ),
  );

/**
 * Installations of a whole manifest in steps of CI. pnpm and Yarn from version 2 on are frozen in CI by themselves
 * (pnpm.io/cli/install, yarnpkg.com/configuration/yarnrc#enableImmutableInstalls); npm, Yarn 1 and Bun only when told.
 */
export function installsInCi(estate: Estate): Install[] {
  const isModernYarn = estate.files.has('.yarnrc.yml');
  const elsewhere = abroad(estate);
  const own = steps(estate).filter(({ step }) => !elsewhere.has(step));
  return own.flatMap(({ file, step }) =>
    stepCommands(step).flatMap(({ words, line }): Install[] => {
      const [tool = '', verb = '', ...rest] = words;
      const command = words.slice(0, 3).join(' ');
      const install = (isFrozen: boolean): Install[] => [{ place: at(file, line), command, isFrozen }];
      const has = (...options: string[]) => words.some((word) => options.includes(word.split('=')[0] ?? ''));
      const packages = rest.filter((word) => !word.startsWith('-'));
      if (tool === 'npm' && /^(ci|clean-install)$/.test(verb)) return install(true);
      if (tool === 'npm' && /^(install|i)$/.test(verb))
        return packages.length > 0 || has('-g', '--global') ? [] : install(false);
      if (tool === 'pnpm' && /^(install|i)$/.test(verb) && !has('-g', '--global'))
        return packages.length > 0 ? [] : install(!words.includes('--no-frozen-lockfile'));
      if (tool === 'yarn' && (verb === '' || verb === 'install' || verb.startsWith('--')))
        return install(isModernYarn || has('--frozen-lockfile', '--immutable'));
      if (tool === 'bun' && verb === 'ci') return install(true);
      if (tool === 'bun' && /^(install|i)$/.test(verb))
        return packages.length > 0 || has('-g') ? [] : install(has('--frozen-lockfile'));
      if (tool === 'uv' && verb === 'sync') return install(has('--locked', '--frozen'));
      if (tool === 'poetry' && /^(install|sync)$/.test(verb)) return install(true);
      if (tool === 'pipenv' && /^(sync|install)$/.test(verb))
        return install(verb === 'sync' || has('--deploy', '--ignore-pipfile'));
      return [];
    }),
  );
}

const TO_SHELL =
  /\b(?:curl|wget)\b[^|\n;&]{1,400}\|\s*(?:sudo\s+(?:-\S+\s+)*)?(?:\/\S*\/)?(?:ba|z|da|k)?sh\b|\b(?:ba|z|da)?sh\s+(?:-c\s+"?\$\(|<\()\s*(?:curl|wget)\b|\b(?:iwr|irm|Invoke-WebRequest)\b[^|\n]{1,200}\|\s*(?:iex|Invoke-Expression)\b/i;

/** Lines of CI that run what they download, nothing of it being checked. */
export const pipedToShell = (estate: Estate): FileEvidence[] =>
  steps(estate).flatMap(({ file, step }) =>
    (step.run?.text ?? '')
      .split('\n')
      .flatMap((line, index) =>
        !/^\s*#/.test(line) && TO_SHELL.test(line.slice(0, 2_000))
          ? [at(file, (step.run?.line ?? 1) + index)]
          : [],
      ),
  );

/** The remote actions and reusable workflows that workflows use, with whether a commit names them. */
export const usesOf = (estate: Estate): { place: FileEvidence; text: string; isPinned: boolean }[] =>
  estate.artifacts.workflows.flatMap(({ file, jobs }) =>
    jobs
      .flatMap((job) => [job.uses, ...job.steps.map(({ uses }) => uses)])
      .flatMap((use) =>
        use && !/^(?:\.|docker:)/.test(use.text)
          ? [{ place: at(file, use.line), text: use.text, isPinned: /@[0-9a-f]{40}\b/i.test(use.text) }]
          : [],
      ),
  );
