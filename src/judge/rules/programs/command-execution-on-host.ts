import type { Estate } from '#model/estate.ts';
import type { HostState } from '#model/host.ts';
import { defineRule, type Gap, gaps, notApplicable, ok } from '#model/rule.ts';
import type { ProgramSettings, Setting } from '#model/settings.ts';
import { code, codes } from '#model/text.ts';
import { seenOn } from '../../derived/hosts.ts';
import { placeOf } from '../../derived/programs.ts';

const ON_HOST =
  /^(?:direct|host|local|unsafe|native|bare|bare-?metal|subprocess|no-?sandbox|unsandboxed|shell)$/i;
const APART =
  /^(?:sandbox(?:ed)?|docker|container(?:s|ized)?|podman|isolated|firecracker|gvisor|nsjail|bubblewrap|bwrap|firejail|vm|microvm|e2b|kubernetes|k8s|remote)$/i;
const IS_MODE =
  /(?:^|_)(?:MODE|BACKEND|SANDBOX|RUNTIME|EXECUTOR|EXECUTION|ISOLATION|ENVIRONMENT_TYPE|RUNNER)(?:_TYPE|_MODE|_BACKEND|_KIND)?$/i;
const IS_OF_COMMANDS = /EXEC|SANDBOX|COMMAND|SHELL|TOOL|TERMINAL|ISOLATION|CODE_/i;

interface Running {
  host: HostState;
  name: string;
  operation: string;
  value: string;
}

/** What the program is told to run, it runs with all that it can reach. */
export const commandExecutionOnHost = defineRule({
  id: 'command-execution-on-host',
  severity: 'medium',
  subject: 'program',
  title: { fr: 'Commandes exécutées sur l’hôte même', en: 'Commands run on the host itself' },
  risk: {
    fr: 'Une commande mal choisie, ou choisie par un autre, touche aux fichiers, aux secrets et au réseau du service\u00a0: l’isolement prévu par le code ne sert pas.',
    en: 'A command that is chosen badly, or by somebody else, reaches the files, secrets and network of the service: the isolation that the code provides is not used.',
  },
  remedy: {
    fr: 'Choisir le mode isolé, en faire la valeur par défaut, et n’admettre l’autre que pour le développement.',
    en: 'Choose the isolated mode, make it the default, and let the other in for development alone.',
  },
  references: ['https://cwe.mitre.org/data/definitions/653.html'],
  evaluate(program, estate) {
    const modes = program.settings.filter((setting) => isModeOfCommands(setting, program));
    if (modes.length === 0) return notApplicable;
    const found = [...Map.groupBy(modes, ({ name }) => name).values()].flatMap(([setting]) =>
      setting ? (gapOf(setting, program, estate) ?? []) : [],
    );
    return found.length > 0 ? gaps(found) : ok;
  },
});

/** A setting that decides where commands run: one of its values keeps them apart. */
const isModeOfCommands = ({ name, values }: Setting, { commandRoutes }: ProgramSettings): boolean =>
  IS_MODE.test(name) &&
  (IS_OF_COMMANDS.test(name) || commandRoutes.length > 0) &&
  values.some((value) => APART.test(value));

function gapOf(
  { name, default: given, values, at }: Setting,
  { commandRoutes }: ProgramSettings,
  estate: Estate,
): Gap | undefined {
  const running = runningWith(name, estate);
  const onHost = running.filter(({ value }) => ON_HOST.test(value));
  const isDefault = given?.shown !== undefined && ON_HOST.test(given.shown);
  // what runs was told another mode: the default is not what counts
  if (onHost.length === 0 && (!isDefault || running.length > 0)) return undefined;
  const [seen] = onHost;
  const mode = seen?.value ?? given?.shown ?? '';
  const others = codes(values.filter((value) => APART.test(value)));
  const own = code(name);
  const route = commandRoutes.find(({ runs }) => runs.chosen === 'command') ?? commandRoutes[0];
  return {
    key: name,
    title: {
      fr: `${own}\u00a0: commandes exécutées sur l’hôte (${code(mode)})`,
      en: `${own}: commands run on the host (${code(mode)})`,
    },
    message: seen
      ? {
          fr: `Sur ${code(seen.host.name)}, ${code(seen.name)} tourne avec ${code(`${name}=${mode}`)}\u00a0: les commandes s’exécutent sur l’hôte, alors que le code connaît ${others.fr}.`,
          en: `On ${code(seen.host.name)}, ${code(seen.name)} runs with ${code(`${name}=${mode}`)}: commands run on the host, while the code knows ${others.en}.`,
        }
      : {
          fr: `Sans ${own}, le mode est ${code(mode)} (${placeOf(at)})\u00a0: les commandes s’exécutent sur l’hôte, alors que le code connaît ${others.fr}. Ce qui tourne n’a pas été vu.`,
          en: `Without ${own} the mode is ${code(mode)} (${placeOf(at)}): commands run on the host, while the code knows ${others.en}. What runs was not seen.`,
        },
    evidence: [
      at,
      ...(route ? [route.runs.at] : []),
      ...onHost
        .slice(0, 4)
        .map((one) => seenOn(one.host, one.operation, `${one.name}: ${name}=${one.value}`)),
    ],
    ...(!seen && { confidence: 'medium' }),
    values: { name, mode },
  };
}

/** What gives the variable to units and containers that run; the last one that gives it counts. systemd.exec(5), “EnvironmentFile=”. */
function runningWith(name: string, { hosts }: Estate): Running[] {
  return hosts.flatMap((host) => [
    ...host.units
      .filter(({ active, isVendor }) => active === 'active' && !isVendor)
      .flatMap((unit): Running[] => {
        const all = [...unit.environment, ...unit.environmentFiles.flatMap(({ variables }) => variables)];
        const value = all.findLast((one) => one.name === name)?.shown;
        return value === undefined ? [] : [{ host, name: unit.name, operation: 'systemctl show', value }];
      }),
    ...host.containers
      .filter(({ state }) => state === 'running')
      .flatMap((one): Running[] => {
        const value = one.environment.findLast((variable) => variable.name === name)?.shown;
        return value === undefined
          ? []
          : [{ host, name: one.name, operation: `${one.engine} inspect`, value }];
      }),
  ]);
}
