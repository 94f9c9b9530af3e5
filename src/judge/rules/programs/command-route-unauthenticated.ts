import type { Severity } from '#model/finding.ts';
import { defineRule, type Gap, gaps, notApplicable, ok } from '#model/rule.ts';
import type { CommandRoute, ProgramSettings } from '#model/settings.ts';
import { code } from '#model/text.ts';
import { placeOf } from '../../derived/programs.ts';

const RANK = { nothing: 0, unknown: 1, arguments: 2, command: 3 } as const;
const LESS: Readonly<Record<Severity, Severity>> = {
  critical: 'high',
  high: 'medium',
  medium: 'low',
  low: 'low',
};

/** Whoever reaches the port runs programs of the machine. */
export const commandRouteUnauthenticated = defineRule({
  id: 'command-route-unauthenticated',
  severity: 'critical',
  subject: 'program',
  title: {
    fr: 'Route qui lance des commandes sans authentification',
    en: 'Route that runs commands without authentication',
  },
  risk: {
    fr: 'Qui atteint la route fait exécuter des programmes par la machine, avec les droits du service\u00a0: ses fichiers, ses secrets et ses voisins sont à lui.',
    en: 'Whoever reaches the route makes the machine run programs, with the rights of the service: its files, its secrets and its neighbours are theirs.',
  },
  remedy: {
    fr: 'Exiger une identité avant la commande, puis ne laisser choisir à la requête qu’une entrée d’une liste, sans shell.',
    en: 'Ask for an identity before the command, then let the request choose nothing but an entry of a list, without a shell.',
  },
  references: [
    'https://cwe.mitre.org/data/definitions/306.html',
    'https://cwe.mitre.org/data/definitions/78.html',
  ],
  evaluate(program) {
    if (program.commandRoutes.length === 0) return notApplicable;
    const open = program.commandRoutes.filter(isOpen);
    const found = [...Map.groupBy(open, ({ method, path }) => `${method} ${path}`)].map(
      ([name, routes]): Gap => {
        const { at, runs, through } = routes.reduce((worst, one) =>
          RANK[one.runs.chosen] > RANK[worst.runs.chosen] ? one : worst,
        );
        const isLocal = listensLocally(program);
        const severity = isLocal ? LESS[severityOf(runs.chosen)] : severityOf(runs.chosen);
        const call = code(runs.call);
        const chosen = CHOSEN[runs.chosen];
        return {
          key: name,
          ...(severity !== 'critical' && { severity }),
          ...(runs.chosen === 'unknown' && { confidence: 'medium' }),
          title: {
            fr: `${code(name)}\u00a0: commandes lancées sans authentification`,
            en: `${code(name)}: commands run without authentication`,
          },
          message: {
            fr: `La route ${code(name)} (${placeOf(at)}) mène à ${call}${runs.usesShell ? ', par un shell' : ''} (${placeOf(runs.at)}), et rien de ce qui la précède ne demande qui appelle. ${chosen.fr}${isLocal ? ' Le programme n’écoute que sur la machine elle-même.' : ''}`,
            en: `The route ${code(name)} (${placeOf(at)}) leads to ${call}${runs.usesShell ? ', through a shell' : ''} (${placeOf(runs.at)}), and nothing before it asks who calls. ${chosen.en}${isLocal ? ' The program listens on the machine itself alone.' : ''}`,
          },
          evidence: [at, ...through.slice(0, 6), runs.at],
        };
      },
    );
    return found.length > 0 ? gaps(found) : ok;
  },
});

const CHOSEN = {
  command: { fr: 'La requête choisit la commande.', en: 'The request chooses the command.' },
  arguments: {
    fr: 'La requête choisit des arguments de la commande.',
    en: 'The request chooses arguments of the command.',
  },
  unknown: {
    fr: 'Ce que la requête y choisit n’a pas pu être suivi jusqu’au bout.',
    en: 'What of it the request chooses could not be followed to the end.',
  },
  nothing: { fr: 'La commande est fixe.', en: 'The command is fixed.' },
} as const;

const severityOf = (chosen: CommandRoute['runs']['chosen']): Severity =>
  chosen === 'command' ? 'critical' : 'high';

/** A fixed command behind a request that only reads tells a version or a state: whoever asks starts nothing of theirs. */
const isOpen = ({ authentication, method, runs }: CommandRoute): boolean =>
  authentication === 'no' && !(runs.chosen === 'nothing' && /^(?:GET|HEAD)$/.test(method));

const LOOPBACK = /^(?:127\.\d|localhost$|::1$|\[::1\]$)/;

const listensLocally = ({ listens }: ProgramSettings): boolean =>
  listens.length > 0 && listens.every(({ address }) => LOOPBACK.test(address));
