import type { Manifest } from '#model/artifacts.ts';
import type { Estate } from '#model/estate.ts';
import { isForDevelopment } from '../../derived/development.ts';

const LOCKS: Readonly<Partial<Record<Manifest['ecosystem'], readonly string[]>>> = {
  npm: [
    'package-lock.json',
    'npm-shrinkwrap.json',
    'yarn.lock',
    'pnpm-lock.yaml',
    'bun.lock',
    'bun.lockb',
    'deno.lock',
  ],
  python: [
    'poetry.lock',
    'uv.lock',
    'Pipfile.lock',
    'pdm.lock',
    'requirements.lock',
    'requirements-lock.txt',
    'pylock.toml',
  ],
  go: ['go.sum'],
  rust: ['Cargo.lock'],
  ruby: ['Gemfile.lock', 'gems.locked'],
};

/** A manifest, and what fixes the versions of what it asks for. */
export interface LockedManifest {
  file: string;
  line: number;
  /** The lock file; `exact` where each version is written out; undefined where nothing fixes them. */
  by?: string;
}

/** What others wrote and what was put aside; `requirements.in` is what its own lock is made from. */
const NOT_OURS = /(?:^|\/)(?:bower_components|public|lib|\.[^/]+|[^/]*backups?|archives?|archived)\/|\.in$/i;
const folderOf = (file: string): string => file.slice(0, Math.max(0, file.lastIndexOf('/')));

/** The folders from a file's own up to the root: workspaces keep one lock file above their members. */
function* upwards(file: string): Generator<string> {
  for (let folder = folderOf(file); folder !== ''; folder = folderOf(folder)) yield `${folder}/`;
  yield '';
}

/**
 * The manifests whose dependencies are installed, each with its lock. Those of examples and tests, and of build tools that
 * know no lock file (Maven, Gradle), are left out.
 */
export function lockedManifests({ artifacts, files }: Estate): LockedManifest[] {
  return artifacts.manifests.flatMap(({ file, ecosystem, packages }): LockedManifest[] => {
    const locks = LOCKS[ecosystem];
    if (!locks || isForDevelopment(file) || NOT_OURS.test(file) || packages.length === 0) return [];
    const by = upwards(file)
      .flatMap((folder) => locks.map((lock) => `${folder}${lock}`))
      .find((one) => files.has(one));
    const line = packages[0]?.line ?? 1;
    if (by !== undefined) return [{ file, line, by }];
    // a list of exact versions is what a lock file is, as far as the direct dependencies go
    const isExact =
      ecosystem === 'python' &&
      packages.every(({ version }) => version !== undefined && /^(?:==+\s*)?\d[\w.+-]*$/.test(version));
    // compiled by pip-tools: `requirements.in` beside it
    const isCompiled = /requirements[\w-]*\.txt$/.test(file) && files.has(file.replace(/\.txt$/, '.in'));
    if (isExact || isCompiled) return [{ file, line, by: file }];
    return [{ file, line }];
  });
}
