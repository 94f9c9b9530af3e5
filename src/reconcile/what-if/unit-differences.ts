import type { HostUnit } from '#model/host.ts';
import { code, type Text } from '#model/text.ts';
import type { UnitFile } from '#model/unit-file.ts';
import { say } from './effect.ts';

export interface UnitDifference {
  text: Text;
  file: string;
  line: number;
}

/** A value with specifiers of systemd or variables in it: what it becomes is the host's to say. systemd.unit(5), SPECIFIERS. */
const isOpen = (text: string) => /%[^%]|\$|\{\{|⟨/.test(text);

const words = (text: string) =>
  text
    .trim()
    .replace(/^[-@:+!|]{1,5}(?=\/)/, '')
    .replace(/["']/g, '')
    .replace(/\s+/g, ' ');

/**
 * Which settings of a unit's file are not as the host has them in effect. Only what both sides were read for is compared;
 * values of variables by digest.
 */
export function unitDifferences(unit: UnitFile, loaded: HostUnit): UnitDifference[] {
  const place = (key: string) =>
    unit.settings.findLast((one) => one.key === key) ?? {
      file: unit.file ?? unit.dropIns[0] ?? unit.name,
      line: unit.line,
    };
  const at = (key: string, text: Text): UnitDifference => {
    const { file, line } = place(key);
    return { text, file, line };
  };
  const one = (key: string, has: string | undefined, wanted: string | undefined): UnitDifference[] =>
    wanted === undefined || isOpen(wanted) || (has ?? '') === wanted
      ? []
      : [
          at(
            key,
            say(
              `${code(key)} (${has ? code(has) : 'vide'}, ${code(wanted)} dans le fichier)`,
              `${code(key)} (${has ? code(has) : 'empty'}, ${code(wanted)} in the file)`,
            ),
          ),
        ];
  const starts = unit.execStart.map(({ text }) => words(text));
  const isOtherStart =
    starts.length > 0 &&
    loaded.execStart.length > 0 &&
    !starts.some(isOpen) &&
    JSON.stringify(starts) !== JSON.stringify(loaded.execStart.map(words));
  const given = new Map(loaded.environment.map(({ name, digest }) => [name, digest]));
  const variables = unit.environment.filter(
    // a value that only the host knows has none
    ({ name, digest }) => (digest as string | undefined) !== undefined && given.get(name) !== digest,
  );
  const paths = new Set(loaded.environmentFiles.map(({ path }) => path));
  const newFiles = unit.environmentFiles.filter(({ path }) => !isOpen(path) && !paths.has(path));
  const setting = (key: string) => unit.settings.findLast((candidate) => candidate.key === key)?.value;
  return [
    ...(isOtherStart ? [at('ExecStart', say(code('ExecStart'), code('ExecStart')))] : []),
    ...one('User', loaded.user, unit.user),
    ...one('WorkingDirectory', loaded.workingDirectory, unit.workingDirectory?.replace(/^-/, '')),
    ...one('Restart', loaded.restart, setting('Restart')),
    ...(variables.length > 0
      ? [
          at(
            'Environment',
            say(
              `la valeur de ${variables
                .slice(0, 5)
                .map(({ name }) => code(name))
                .join(', ')} (comparée par empreinte)`,
              `the value of ${variables
                .slice(0, 5)
                .map(({ name }) => code(name))
                .join(', ')} (compared by digest)`,
            ),
          ),
        ]
      : []),
    ...newFiles.map(({ path, file, line }) => ({
      text: say(`${code('EnvironmentFile')} ${code(path)}`, `${code('EnvironmentFile')} ${code(path)}`),
      file,
      line,
    })),
  ];
}
