import { type EnvironmentFile, noArtifacts } from '#model/artifacts.ts';
import type { ProgramSettings, Setting } from '#model/settings.ts';
import { memoryTree } from '../../readers/memory-tree.ts';
import { programSettings } from '../program-settings.ts';
import { programsOf } from './programs.ts';

/** For tests: the programs of files that are given by path. Each dotenv example is read for the names before `=`. */
export function programsIn(files: Record<string, string>): ProgramSettings[] {
  const tree = memoryTree(files);
  const environmentFiles = Object.entries(files)
    .filter(([path]) => /\.env\.example$/.test(path))
    .map(
      ([file, text]): EnvironmentFile => ({
        file,
        example: true,
        tracked: true,
        variables: text.split('\n').flatMap((line, index) => {
          const name = /^(\w+)=/.exec(line)?.[1];
          return name === undefined
            ? []
            : [{ name, line: index + 1, secret: false, class: 'plain' as const }];
        }),
      }),
    );
  return programSettings(programsOf(tree), tree, { ...noArtifacts(), environmentFiles });
}

/** For tests: what one file says, as the only one of its program. */
export function programOf(path: string, text: string): ProgramSettings | undefined {
  return programsIn({ [path]: text })[0];
}

/** For tests: the settings of one file by name, with what tells them apart. */
export const settingsOf = (path: string, text: string): Record<string, Partial<Setting>> =>
  Object.fromEntries((programOf(path, text)?.settings ?? []).map((one) => [one.name, one]));
