import { code, codes } from '#model/text.ts';
import { type Foretold, lineOf, nothing, say, seen, withFirst } from './effect.ts';
import { type Ground, isActive } from './unit-ground.ts';

/** What the unit names that the host does not have, where a reading tells. */
export function missing(ground: Ground): Foretold {
  const { unit, host, loaded } = ground;
  const told = nothing();
  for (const { path, isOptional, file, line } of unit.environmentFiles) {
    const known = host.units
      .flatMap(({ environmentFiles }) => environmentFiles)
      .find((one) => one.path === path && one.state !== 'unread');
    if (isOptional || known?.state === 'read' || known?.state === 'denied') continue;
    if (known?.state !== 'missing') {
      told.unknown.push(
        say(
          `si ${code(path)}, dont l’unité a besoin, est sur l’hôte`,
          `whether ${code(path)}, which the unit needs, is on the host`,
        ),
      );
      continue;
    }
    told.effects.push({
      id: 'path-missing',
      fails: true,
      severity: isActive(loaded) ? 'high' : 'medium',
      text: say(
        `${code(path)} n’existe pas sur l’hôte\u00a0: l’unité ${code(unit.name)} ne démarre pas sans ce fichier de variables.`,
        `${code(path)} does not exist on the host: unit ${code(unit.name)} does not start without this file of variables.`,
      ),
      evidence: withFirst(lineOf(file, line), [seen(host, 'test -e', path)]),
      affects: [{ kind: 'Systemd::Unit', name: unit.name }],
    });
  }
  const others = host.units.filter((one) => isActive(one));
  const { user, workingDirectory } = unit;
  const isKnownUser =
    user === undefined ||
    user === 'root' ||
    /^\d+$/.test(user) ||
    host.users.some(({ name }) => name === user) ||
    others.some((one) => one.user === user);
  if (!isKnownUser)
    told.unknown.push(
      say(
        `si l’hôte a l’utilisateur ${code(user)}, que l’unité demande`,
        `whether the host has the user ${code(user)}, which the unit asks for`,
      ),
    );
  const programs = unit.execStart.map(({ text }) => programOf(text)).filter((path) => path !== undefined);
  const isRunning = (path: string) =>
    others.some(({ execStart }) => execStart.some((text) => programOf(text) === path));
  const unseen = [
    ...programs.filter((path) => !isRunning(path)),
    ...(workingDirectory?.startsWith('/') && !others.some((one) => one.workingDirectory === workingDirectory)
      ? [workingDirectory]
      : []),
  ];
  if (unseen.length > 0) {
    const paths = codes([...new Set(unseen)]);
    told.unknown.push(
      say(
        `si ces chemins, que l’unité demande, sont sur l’hôte\u00a0: ${paths.fr}`,
        `whether these paths, which the unit asks for, are on the host: ${paths.en}`,
      ),
    );
  }
  return told;
}

/** The program of a command line, without the marks that systemd takes before it. */
const programOf = (text: string): string | undefined =>
  /^[-@:+!|]{0,5}(\/[^\s;]{1,400})/.exec(text.trim())?.[1];
