import { shellQuote } from '#lib/shell-quote.ts';
import type { HostState, HostUnit } from '#model/host.ts';
import { code, type Text } from '#model/text.ts';
import { type DraftStep, say } from '../draft.ts';
import { hostOf, hostStep } from '../hosts.ts';
import { hostProof } from '../on-host.ts';
import { defineRemedy } from '../remedy.ts';

/** Names that the questions of proofs take; one with anything else is left to people. */
const NAME = /^[\w@][\w@:.\\-]{0,250}$/;
/** Seconds until which a unit may take to be up. */
const WITHIN = 30;

/** Units that failed, do not run, or are not what their files say. */
export const hostUnits = defineRemedy({
  for: ['host-unit-failed', 'host-unit-not-running', 'host-unit-needs-reload', 'unit-inactive'],
  plan(problem) {
    const host = hostOf(problem);
    const unit = host?.units.find(({ name }) => name === problem.maybeText('unit'));
    if (!host || !unit || !NAME.test(unit.name)) return [];
    switch (problem.id) {
      case 'host-unit-failed':
        return [restarted(host, unit)];
      case 'host-unit-not-running':
        return [started(host, unit, declared(host, unit))];
      // it stands on the path of a URL, and may be declared by nobody
      case 'unit-inactive':
        return unit.active === 'failed' ? [restarted(host, unit)] : [started(host, unit, needed(host, unit))];
      default:
        return [reloaded(host, unit)];
    }
  },
});

const seen = ({ name, active, enabled = '' }: HostUnit) => ({
  [`systemctl show ${name}`]: `ActiveState=${active} UnitFileState=${enabled}`,
});

/** What failed once fails again until its cause is gone: the log is read first. */
function restarted(host: HostState, unit: HostUnit): DraftStep {
  const name = shellQuote(unit.name);
  const title = say(
    `Lire pourquoi ${code(unit.name)} a échoué, et la relancer`,
    `Read why ${code(unit.name)} has failed, and start it again`,
  );
  return hostStep(host, {
    title,
    reason: say(
      `Sur ${code(host.name)}, elle ne fait plus ce qu’elle devait. Si le journal montre une cause, la corriger avant de relancer.`,
      `On ${code(host.name)}, it no longer does what it was to. Where the journal shows a cause, mend it before starting again.`,
    ),
    risk: 'restart',
    commands: [
      `journalctl --unit ${name} --lines 50 --no-pager`,
      `systemctl reset-failed ${name}`,
      `systemctl restart ${name}`,
    ],
    undo: [`systemctl stop ${name}`],
    before: seen(unit),
    proofs: [
      hostProof(
        host,
        say(`${code(unit.name)} n’est plus en échec`, `${code(unit.name)} has not failed any more`),
        say(
          '`active`, ou `inactive` pour une tâche qui est finie',
          '`active`, or `inactive` for a task that has ended',
        ),
        { ask: 'unit', unit: unit.name, property: 'ActiveState' },
        ['active', 'inactive'],
        WITHIN,
      ),
    ],
  });
}

const declared = ({ name }: HostState, { active }: HostUnit): Text =>
  say(
    `Le dépôt la déclare, et sur ${code(name)} rien ne la ${active === 'inactive' ? 'lance' : 'relancerait après un redémarrage'}.`,
    `The repository declares it, and on ${code(name)} nothing ${active === 'inactive' ? 'starts it' : 'would start it after a reboot'}.`,
  );

const needed = ({ name }: HostState, { active }: HostUnit): Text =>
  say(
    `Le chemin d’une requête passe par elle, et sur ${code(name)} elle est ${code(active)}.`,
    `The path of a request leads through it, and on ${code(name)} it is ${code(active)}.`,
  );

function started(host: HostState, unit: HostUnit, reason: Text): DraftStep {
  const name = shellQuote(unit.name);
  const isOff = unit.enabled === 'disabled';
  const isDown = unit.active === 'inactive';
  const command = isOff ? `systemctl enable${isDown ? ' --now' : ''} ${name}` : `systemctl start ${name}`;
  const undo = isOff ? `systemctl disable${isDown ? ' --now' : ''} ${name}` : `systemctl stop ${name}`;
  return hostStep(host, {
    title: isDown
      ? say(`Lancer ${code(unit.name)}`, `Start ${code(unit.name)}`)
      : say(`Activer ${code(unit.name)}`, `Enable ${code(unit.name)}`),
    reason,
    risk: 'none',
    commands: [command],
    undo: [undo],
    before: seen(unit),
    proofs: [
      ...(isDown
        ? [
            hostProof(
              host,
              say(`${code(unit.name)} tourne`, `${code(unit.name)} runs`),
              say('`active`', '`active`'),
              { ask: 'unit', unit: unit.name, property: 'ActiveState' },
              ['active'],
              WITHIN,
            ),
          ]
        : []),
      ...(isOff
        ? [
            hostProof(
              host,
              say(`${code(unit.name)} est activée`, `${code(unit.name)} is enabled`),
              say('`enabled`', '`enabled`'),
              { ask: 'unit', unit: unit.name, property: 'UnitFileState' },
              ['enabled'],
            ),
          ]
        : []),
    ],
  });
}

function reloaded(host: HostState, unit: HostUnit): DraftStep {
  const name = shellQuote(unit.name);
  return hostStep(host, {
    title: say(
      `Recharger ${code(unit.name)} après avoir relu ce qui a changé`,
      `Reload ${code(unit.name)} after reading what changed`,
    ),
    reason: say(
      'Ses fichiers ont changé depuis que systemd les a lus\u00a0: le prochain redémarrage les appliquerait.',
      'Its files have changed since systemd read them: the next restart would apply them.',
    ),
    risk: 'restart',
    irreversible: say(
      'Ce que systemd avait lu n’est plus écrit nulle part\u00a0: l’ancien fichier est à reprendre du dépôt.',
      'What systemd had read is written nowhere any more: the former file is to be taken from the repository.',
    ),
    commands: [`systemctl cat ${name}`, 'systemctl daemon-reload', `systemctl try-restart ${name}`],
    before: { [`systemctl show ${unit.name}`]: 'NeedDaemonReload=yes' },
    proofs: [
      hostProof(
        host,
        say(`${code(unit.name)} est telle que ses fichiers`, `${code(unit.name)} is as its files say`),
        say('`no`', '`no`'),
        { ask: 'unit', unit: unit.name, property: 'NeedDaemonReload' },
        ['no'],
      ),
    ],
  });
}
