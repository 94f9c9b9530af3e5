import { environmentOf, environmentsOf } from '#lib/environments.ts';
import type { WorkerCode } from '#model/worker.ts';
import type { WranglerConfig, WranglerEnvironment } from '#model/wrangler.ts';

/** A word of a folder's name: `tests`, `worker-test`, `example-sites`. */
const NOT_DEPLOYED =
  /(?:^|[/_.-])(?:tests?|__tests__|specs?|e2e|fixtures?|__fixtures__|testdata|examples?|samples?|templates?|playgrounds?|demos?|starters?|boilerplates?)(?:[/_.-]|$)/i;

/** Whether a file stands where things are shown or tested, and nothing of it is in service. */
export const isForShow = ({ file }: Pick<WranglerConfig, 'file'>): boolean =>
  NOT_DEPLOYED.test(file.slice(0, file.lastIndexOf('/') + 1));

/** Canonical names of an environment of a configuration; none for the top level. */
export const canonicalOf = ({ name }: Pick<WranglerEnvironment, 'name'>): string[] => {
  if (name === undefined) return [];
  const own = environmentOf(name);
  return own === undefined ? environmentsOf(name, { weak: true }) : [own];
};

const PRIVATE: ReadonlySet<string> = new Set(['local', 'dev', 'ci', 'test']);

/** Whether an environment is a developer's or a test's own: what it lacks and leaves open touches nobody. */
export function isPrivate(environment: WranglerEnvironment): boolean {
  const canonical = canonicalOf(environment);
  return canonical.length > 0 && canonical.every((name) => PRIVATE.has(name));
}

/**
 * What serves the public: the environments called after production; where none is, the top level, unless its script or
 * its file is called after another environment.
 */
export function productionOf(config: WranglerConfig): WranglerEnvironment[] {
  const called = config.environments.filter((one) => canonicalOf(one).includes('prod'));
  if (called.length > 0) return called;
  const [top] = config.environments;
  if (!top) return [];
  const base = config.file.slice(config.file.lastIndexOf('/') + 1).replace(/\.\w+$/, '');
  const others = [...environmentsOf(top.script.name), ...environmentsOf(base)].filter(
    (name) => name !== 'prod',
  );
  return others.length > 0 ? [] : [top];
}

/** What is deployed of a file: its environments, and its top level where that is no base for one of production. */
export const deployedOf = (config: WranglerConfig): WranglerEnvironment[] => {
  const isBase = config.environments.some((one) => canonicalOf(one).includes('prod'));
  return config.environments.filter((one) => one.name !== undefined || !isBase);
};

/** The code that a configuration deploys, where it was read. */
export const codeOf = ({ file }: WranglerConfig, workers: readonly WorkerCode[]): WorkerCode | undefined =>
  workers.find(({ config }) => config === file);

/** What an environment is called in a text. */
export const titleOf = (
  { name, script }: WranglerEnvironment,
  { file }: Pick<WranglerConfig, 'file'>,
): string => name ?? (script.name || file);
