import type { Estate } from '#model/estate.ts';
import type { Evidence } from '#model/evidence.ts';
import { defineRule, type Gap, gaps, notApplicable, ok, unknown, type Verdict } from '#model/rule.ts';
import type { ProgramSettings, Setting } from '#model/settings.ts';
import { code } from '#model/text.ts';
import { idsOn, seenOn } from '../../derived/hosts.ts';
import { at, some, titled } from '../../derived/place.ts';
import { type RunningProgram, runningPrograms } from '../../derived/programs-on-hosts.ts';

/** Words of modes in which commands run beside the program itself, and of those in which something keeps them apart. */
const DIRECT =
  /^(?:direct|host|local|native|none|off|unsafe|unsandboxed|no[-_]?sandbox|subprocess|shell|bare)$/i;
const APART =
  /^(?:docker|container|containeri[sz]ed|podman|sandbox(?:ed)?|isolated|isolation|jail|nsjail|firejail|bubblewrap|bwrap|gvisor|firecracker|vm|kubernetes|k8s|remote|restricted|strict|safe)$/i;
const NAME = /MODE|SANDBOX|ISOLAT|EXECUT|RUNNER|RUNTIME|BACKEND/i;

/** A setting that says where commands run: it knows a mode that keeps them apart and one that does not. */
const isMode = ({ name, values }: Setting): boolean =>
  (values.some((one) => DIRECT.test(one)) && (values.some((one) => APART.test(one)) || NAME.test(name))) ||
  (NAME.test(name) && values.some((one) => APART.test(one)));

/** What a request starts has then all that the program has: its files, its secrets, its network. */
export const commandExecutionOnHost = defineRule({
  id: 'command-execution-on-host',
  severity: 'high',
  subject: 'program',
  title: {
    fr: 'Commandes lancées sur l’hôte même, hors de tout bac à sable',
    en: 'Commands run on the host itself, outside of any sandbox',
  },
  risk: {
    fr: 'Une commande lancée par une requête a les droits du service\u00a0: ses fichiers, ses secrets, son réseau. Une liste de commandes contournée suffit à prendre l’hôte.',
    en: 'A command that a request starts has the rights of the service: its files, its secrets, its network. One way around a list of commands is enough to take the host.',
  },
  remedy: {
    fr: 'Mettre le mode qui isole les commandes, puis retirer l’autre du code s’il ne sert pas\u00a0; restreindre l’unité (`NoNewPrivileges=`, `ProtectSystem=strict`) en attendant.',
    en: 'Set the mode that keeps commands apart, then remove the other from the code where it is of no use; narrow the unit (`NoNewPrivileges=`, `ProtectSystem=strict`) meanwhile.',
  },
  references: ['https://cwe.mitre.org/data/definitions/250.html'],
  evaluate(program, estate) {
    const modes = program.settings.filter(isMode);
    if (program.commandRoutes.length === 0 || modes.length === 0) return notApplicable;
    const running = runningPrograms(program, estate.artifacts.programs, estate.hosts);
    const verdicts = modes.flatMap((mode) =>
      running.length > 0
        ? running.map((one) => ofRunning(mode, program, one, estate))
        : [ofFiles(mode, program, estate)],
    );
    const found = verdicts.flatMap((one) => (one.is === 'gap' ? one.gaps : []));
    return found.length > 0 ? gaps(found) : (verdicts.find(({ is }) => is === 'unknown') ?? ok);
  },
});

/** What the unit or container that runs it was really given. */
function ofRunning(mode: Setting, program: ProgramSettings, one: RunningProgram, estate: Estate): Verdict {
  // what runs in a container runs its commands there, not on the host
  if (one.container && !one.container.isPrivileged && !one.container.engineSocket) return ok;
  const given = one.given.get(mode.name);
  const value = given ? given.shown : one.isInPart ? undefined : mode.default?.shown;
  if (value === undefined)
    return unknown({
      fr: `la valeur de ${code(mode.name)} sur ${code(one.host.name)} n’a pas été lue`,
      en: `the value of ${code(mode.name)} on ${code(one.host.name)} was not read`,
    });
  if (!DIRECT.test(value)) return ok;
  const said = given
    ? {
        fr: `${code(one.name)} a ${code(`${mode.name}=${value}`)}`,
        en: `${code(one.name)} has ${code(`${mode.name}=${value}`)}`,
      }
    : {
        fr: `${code(one.name)} ne donne pas ${code(mode.name)}, que le code prend alors pour ${code(value)}`,
        en: `${code(one.name)} does not give ${code(mode.name)}, which the code then takes for ${code(value)}`,
      };
  const gap = gapOf(mode, program, [
    seenOn(
      one.host,
      one.kind === 'Systemd::Unit' ? 'systemctl show' : 'docker inspect',
      `${one.name}: ${mode.name}=${value}`,
    ),
    ...placesOf(mode.name, value, estate),
    mode.at,
  ]);
  return gaps([
    {
      ...gap,
      key: `${one.host.name} ${one.name} ${mode.name}`,
      title: titled(
        code(one.name),
        `commandes lancées sur ${code(one.host.name)} même (${code(`${mode.name}=${value}`)})`,
        `commands run on ${code(one.host.name)} itself (${code(`${mode.name}=${value}`)})`,
      ),
      message: {
        fr: `Sur ${code(one.host.name)}, ${said.fr}. ${gap.message.fr}`,
        en: `On ${code(one.host.name)}, ${said.en}. ${gap.message.en}`,
      },
      resources: idsOn(estate, one.host, one.kind, one.name),
      values: {
        host: one.host.name,
        name: mode.name,
        value,
        ...(one.unit && { unit: one.unit.name, isGiven: given !== undefined }),
        apart: mode.values.find((value_) => APART.test(value_)) ?? '',
      },
    },
  ]);
}

/** Where nothing that runs it was seen: what units of the repository, or the code, give. */
function ofFiles(mode: Setting, program: ProgramSettings, estate: Estate): Verdict {
  const units = estate.artifacts.unitFiles.filter(({ standing }) => standing === 'declared');
  const given = units.flatMap(({ environment }) => environment.filter(({ name }) => name === mode.name));
  const [said] = given.map(({ shown }) => shown).filter((value) => value !== undefined);
  const value = said ?? mode.default?.shown;
  // hosts were read, and none of them runs it: where it runs is not known
  if (value === undefined || estate.hosts.length > 0)
    return unknown({
      fr: `aucun hôte lu n’exécute le programme\u00a0: la valeur de ${code(mode.name)} n’est pas connue`,
      en: `no host that was read runs the program: the value of ${code(mode.name)} is not known`,
    });
  if (!DIRECT.test(value)) return ok;
  const gap = gapOf(mode, program, [...placesOf(mode.name, value, estate), mode.at]);
  const shown = code(`${mode.name}=${value}`);
  return gaps([
    {
      ...gap,
      key: mode.name,
      severity: 'medium',
      confidence: 'medium',
      message:
        said === undefined
          ? {
              fr: `Sans la variable, le code prend ${shown}. ${gap.message.fr} Ce qui tourne n’a pas été vu.`,
              en: `Without the variable the code takes ${shown}. ${gap.message.en} What runs was not seen.`,
            }
          : {
              fr: `Une unité du dépôt donne ${shown}. ${gap.message.fr}`,
              en: `A unit of the repository gives ${shown}. ${gap.message.en}`,
            },
    },
  ]);
}

/** Units of the repository that give a variable this value. */
const placesOf = (name: string, value: string, { artifacts }: Estate): Evidence[] =>
  artifacts.unitFiles.flatMap(({ standing, environment }) =>
    standing === 'declared'
      ? environment.flatMap((one) =>
          one.name === name && one.shown === value ? [at(one.file, one.line)] : [],
        )
      : [],
  );

function gapOf(
  mode: Setting,
  { commandRoutes, folder }: ProgramSettings,
  evidence: readonly Evidence[],
): Gap {
  const [route] = commandRoutes;
  const named = code(`${route?.method ?? ''} ${route?.path ?? ''}`.trim());
  const more = commandRoutes.length - 1;
  return {
    title: titled(
      code(folder === '' ? mode.name : folder),
      'commandes lancées sur l’hôte même',
      'commands run on the host itself',
    ),
    message: {
      fr: `La route ${named}${more > 0 ? ` et ${more} autre${more > 1 ? 's' : ''}` : ''} ${more > 0 ? 'lancent' : 'lance'} alors ses commandes sans isolation.`,
      en: `The route ${named}${more > 0 ? ` and ${more} more` : ''} then ${more > 0 ? 'run' : 'runs'} commands without isolation.`,
    },
    evidence: some([...evidence, ...(route ? [route.runs.at] : [])]) ?? [mode.at],
  };
}
