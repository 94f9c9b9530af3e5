import { shellQuote } from '#lib/shell-quote.ts';
import type { HostState } from '#model/host.ts';
import { code, codes, type Text } from '#model/text.ts';
import type { UnitFile } from '#model/unit-file.ts';
import type { Effect, WhatIf } from '#model/what-if.ts';
import { type Foretold, isRead, lineOf, nothing, say, seen, together, unread, withFirst } from './effect.ts';
import { unitDifferences } from './unit-differences.ts';
import { type Ground, isActive, settingLine, shows } from './unit-ground.ts';
import { missing } from './unit-needs.ts';
import { portsOf } from './unit-ports.ts';

const baseOf = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/**
 * What putting a unit's file in place and starting it would do on a host as it was seen: what it replaces, what still
 * applies over it, what it asks of the host that is not there, and what stops or starts with it. systemd.unit(5),
 * systemd.exec(5), systemctl(1).
 */
export function systemdWhatIf(unit: UnitFile, host: HostState): WhatIf {
  const file = unit.file ?? unit.dropIns[0] ?? unit.name;
  const loaded = host.units.find(({ name }) => name === unit.name);
  const ground = { unit, host, loaded, place: lineOf(file, unit.line) };
  const blocked = unloadable(ground);
  const parts = blocked.effects.some(({ fails }) => fails)
    ? blocked
    : together([
        blocked,
        replaced(ground),
        missing(ground),
        conflicting(ground),
        portsOf(ground),
        startedWith(ground),
      ]);
  return {
    of: 'systemd',
    file,
    host: host.name,
    isRetired: unit.standing === 'retired',
    command: commandOf(unit, file),
    effects: parts.effects,
    unknown: [...new Map([...limits(ground), ...parts.unknown].map((text) => [text.en, { text }])).values()],
  };
}

function commandOf({ name, file, type }: UnitFile, shown: string): string {
  const folder = file === undefined ? `/etc/systemd/system/${name}.d` : '/etc/systemd/system';
  return [
    `sudo install -D -m 644 ${shellQuote(shown)} ${shellQuote(`${folder}/${file === undefined ? baseOf(shown) : name}`)}`,
    'sudo systemctl daemon-reload',
    `sudo systemctl ${type === 'service' ? 'restart' : 'start'} ${shellQuote(name)}`,
  ].join(' && ');
}

function limits({ unit, host, loaded }: Ground): Text[] {
  return [
    ...unread(
      host,
      'units',
      'les unités de l’hôte n’ont pas toutes été lues',
      'not all units of the host were read',
    ),
    ...unread(
      host,
      'listeners',
      'ce qui écoute sur l’hôte n’a pas été lu en entier',
      'what listens on the host was not read in full',
    ),
    ...(/@\.[a-z]+$/.test(unit.name)
      ? [
          say(
            `${code(unit.name)} est un modèle\u00a0: quelles instances sont démarrées n’est pas dans le fichier`,
            `${code(unit.name)} is a template: which instances are started is not in the file`,
          ),
        ]
      : []),
    ...(unit.file === undefined && !loaded
      ? [
          say(
            `le fichier complète ${code(unit.name)}, qui n’est pas chargée sur l’hôte`,
            `the file completes ${code(unit.name)}, which is not loaded on the host`,
          ),
        ]
      : []),
  ];
}

/** What keeps systemd from starting it at all. */
function unloadable(ground: Ground): Foretold {
  const { unit, host, loaded, place } = ground;
  const told = nothing();
  if (loaded?.load === 'masked' || loaded?.enabled === 'masked')
    told.effects.push({
      id: 'unit-unloadable',
      fails: true,
      severity: 'medium',
      text: say(
        `L’unité ${code(unit.name)} est masquée sur l’hôte\u00a0: systemd refuse de la démarrer tant que ${code(`systemctl unmask ${unit.name}`)} n’a pas été fait.`,
        `Unit ${code(unit.name)} is masked on the host: systemd refuses to start it until ${code(`systemctl unmask ${unit.name}`)} is done.`,
      ),
      evidence: withFirst(place, [shows(ground, `${unit.name}: ${loaded.load}`)]),
      affects: [{ kind: 'Systemd::Unit', name: unit.name }],
    });
  for (const name of unit.requires) {
    const needed = host.units.find((one) => one.name === name);
    if (needed?.load === 'not-found' || needed?.load === 'masked')
      told.effects.push({
        id: 'unit-unloadable',
        fails: true,
        severity: isActive(loaded) ? 'high' : 'medium',
        text: say(
          `L’unité ${code(unit.name)} exige ${code(name)}, que l’hôte ${needed.load === 'masked' ? 'a masquée' : 'n’a pas'}\u00a0: elle n’est pas démarrée.`,
          `Unit ${code(unit.name)} requires ${code(name)}, which the host ${needed.load === 'masked' ? 'has masked' : 'does not have'}: it is not started.`,
        ),
        evidence: withFirst(settingLine(ground, ['Requires', 'BindsTo', 'Requisite'], name), [
          shows(ground, `${name}: ${needed.load}`),
        ]),
        affects: [{ kind: 'Systemd::Unit', name: unit.name }],
      });
    else if (!needed && !/\.(?:target|slice)$/.test(name))
      told.unknown.push(
        say(
          `si l’hôte a ${code(name)}, que l’unité exige\u00a0: elle n’y est pas chargée`,
          `whether the host has ${code(name)}, which the unit requires: it is not loaded there`,
        ),
      );
  }
  return told;
}

/** The unit that is there: what changes of it, and the drop-ins of the host that stay. */
function replaced(ground: Ground): Foretold {
  const { unit, host, loaded, place } = ground;
  const told = nothing();
  if (!loaded || loaded.load === 'not-found') {
    if (isRead(host, 'units') && !unit.name.includes('@.'))
      told.effects.push({
        id: 'unit-started',
        fails: false,
        severity: 'low',
        text: say(
          `L’unité ${code(unit.name)} est chargée, ce qu’elle n’était pas, et démarrée.`,
          `Unit ${code(unit.name)} is loaded, which it was not, and started.`,
        ),
        evidence: withFirst(place, [seen(host, 'systemctl list-units --all')]),
        affects: [{ kind: 'Systemd::Unit', name: unit.name }],
      });
    return told;
  }
  const differences = unitDifferences(unit, loaded);
  const own = new Set(unit.dropIns.map(baseOf));
  const over = loaded.dropIns.filter((path) => !own.has(baseOf(path)));
  const stays = codes(over);
  const overText =
    over.length === 0
      ? say('', '')
      : say(
          ` Les drop-ins de l’hôte s’appliquent encore par-dessus\u00a0: ${stays.fr}.`,
          ` Drop-ins of the host still apply over it: ${stays.en}.`,
        );
  if (differences.length > 0) {
    const list = (lang: 'fr' | 'en') =>
      differences.map((one) => one.text[lang]).join(lang === 'fr' ? '\u00a0; ' : '; ');
    const first = differences[0];
    told.effects.push({
      id: 'unit-replaced',
      fails: false,
      severity: isActive(loaded) ? 'medium' : 'low',
      text: say(
        `L’unité ${code(unit.name)}${isActive(loaded) ? ', qui tourne, est arrêtée et redémarrée autrement' : ' est remplacée'}\u00a0: ${list('fr')}.${loaded.isVendor ? ` Elle vient d’un paquet\u00a0: le fichier de ${code('/etc')} passe devant le sien.` : ''}${overText.fr}`,
        `Unit ${code(unit.name)}${isActive(loaded) ? ', which runs, is stopped and started differently' : ' is replaced'}: ${list('en')}.${loaded.isVendor ? ` It comes with a package: the file in ${code('/etc')} goes before its own.` : ''}${overText.en}`,
      ),
      evidence: withFirst(first ? lineOf(first.file, first.line) : place, [
        shows(ground, loaded.fragment ?? loaded.name),
      ]),
      affects: [{ kind: 'Systemd::Unit', name: unit.name }],
    });
    told.effects.push(...restartedWith(ground));
  } else if (!isActive(loaded) && unit.type === 'service')
    told.effects.push({
      id: 'unit-started',
      fails: false,
      severity: 'low',
      text: say(
        `L’unité ${code(unit.name)} est démarrée\u00a0: elle est ${code(loaded.active)}.${overText.fr}`,
        `Unit ${code(unit.name)} is started: it is ${code(loaded.active)}.${overText.en}`,
      ),
      evidence: withFirst(place, [shows(ground, `${loaded.name}: ${loaded.active}`)]),
      affects: [{ kind: 'Systemd::Unit', name: unit.name }],
    });
  if (loaded.needsReload)
    told.unknown.push(
      say(
        `les fichiers de ${code(unit.name)} ont changé sur l’hôte depuis qu’elle y est chargée\u00a0: ${code('systemctl daemon-reload')} appliquerait aussi ces changements`,
        `the files of ${code(unit.name)} were changed on the host since it was loaded: ${code('systemctl daemon-reload')} would apply those changes too`,
      ),
    );
  return told;
}

/** What is restarted with a unit that it requires. systemd.unit(5), `Requires=`. */
function restartedWith(ground: Ground): Effect[] {
  const { unit, host, loaded, place } = ground;
  if (!isActive(loaded)) return [];
  return host.units
    .filter((one) => isActive(one) && one.name !== unit.name && one.requires.includes(unit.name))
    .map((one) => ({
      id: 'unit-stopped' as const,
      fails: false,
      severity: 'medium' as const,
      text: say(
        `L’unité ${code(one.name)} exige ${code(unit.name)}\u00a0: elle est arrêtée et redémarrée avec elle.`,
        `Unit ${code(one.name)} requires ${code(unit.name)}: it is stopped and started again with it.`,
      ),
      evidence: withFirst(place, [shows(ground, one.name)]),
      affects: [{ kind: 'Systemd::Unit', name: one.name }],
    }));
}

/** Units that cannot be active beside it: the one that starts stops the other. systemd.unit(5), `Conflicts=`. */
function conflicting(ground: Ground): Foretold {
  const { unit, host } = ground;
  const told = nothing();
  for (const other of host.units) {
    if (!isActive(other) || other.name === unit.name) continue;
    const isNamed = unit.conflicts.includes(other.name);
    // what conflicts with the end of the machine says nothing of two services
    if (!isNamed && !other.conflicts.includes(unit.name)) continue;
    told.effects.push({
      id: 'unit-stopped',
      fails: false,
      severity: 'high',
      text: say(
        `L’unité ${code(other.name)}, qui tourne, est en conflit avec ${code(unit.name)}\u00a0: systemd l’arrête.`,
        `Unit ${code(other.name)}, which runs, conflicts with ${code(unit.name)}: systemd stops it.`,
      ),
      evidence: withFirst(settingLine(ground, ['Conflicts'], other.name), [shows(ground, other.name)]),
      affects: [{ kind: 'Systemd::Unit', name: other.name }],
    });
  }
  return told;
}

/** Of a timer or socket: what it starts must be there. */
function startedWith(ground: Ground): Foretold {
  const { unit, host, place } = ground;
  const told = nothing();
  for (const name of unit.triggers) {
    const target = host.units.find((one) => one.name === name);
    if (target?.load !== 'not-found' && target?.load !== 'masked') continue;
    told.effects.push({
      id: 'unit-unloadable',
      fails: true,
      severity: 'medium',
      text: say(
        `${code(unit.name)} démarre ${code(name)}, que l’hôte ${target.load === 'masked' ? 'a masquée' : 'n’a pas'}.`,
        `${code(unit.name)} starts ${code(name)}, which the host ${target.load === 'masked' ? 'has masked' : 'does not have'}.`,
      ),
      evidence: withFirst(place, [shows(ground, `${name}: ${target.load}`)]),
      affects: [{ kind: 'Systemd::Unit', name }],
    });
  }
  return told;
}
