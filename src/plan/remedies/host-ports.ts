import { shellQuote } from '#lib/shell-quote.ts';
import type { HostState } from '#model/host.ts';
import { code, codes, type Text } from '#model/text.ts';
import { type DraftProof, type DraftStep, say } from '../draft.ts';
import { hostOf } from '../hosts.ts';
import { hostProof, onHost } from '../on-host.ts';
import type { Problem } from '../problem.ts';
import { defineRemedy } from '../remedy.ts';

const NAME = /^[\w@][\w@:.-]{0,250}$/;

/** Ports that too many reach: bound to the host itself, by who declares them. */
export const hostPorts = defineRemedy({
  for: [
    'port-open-past-firewall',
    'data-port-reachable',
    'backend-bypasses-proxy',
    'dashboard-open-on-host',
    'dashboard-exposed',
  ],
  plan(problem) {
    const host = hostOf(problem);
    const port = problem.maybeNumber('port');
    if (!host || port === undefined) return [];
    const protocol = problem.maybeText('protocol') === 'udp' ? 'udp' : 'tcp';
    const title = say(
      `Fermer le port ${code(port)} de ${code(host.name)} à qui vient d’ailleurs`,
      `Close port ${code(port)} of ${code(host.name)} to who comes from elsewhere`,
    );
    const holder = problem.maybeText('holder') ?? '';
    const reason = say(
      `${holder === '' ? 'Ce qui écoute' : code(holder)} n’est alors joignable que depuis l’hôte ou son proxy. Vérifier d’abord que le proxy n’y mène pas par une adresse de l’hôte\u00a0: la lier alors à cette adresse.`,
      `${holder === '' ? 'What listens' : code(holder)} can then be reached from the host or its proxy alone. See first that the proxy does not lead there by an address of the host: bind it to that address then.`,
    );
    const step: Omit<DraftStep, 'needs' | 'proofs'> = {
      title,
      reason,
      risk: 'restart',
      changes: [],
    };
    return [
      {
        ...step,
        ...(ofContainer(problem, host, port, protocol) ?? ofProcess(problem, host, port, protocol)),
      },
    ];
  },
});

type Rest = Pick<DraftStep, 'needs' | 'proofs' | 'suggestion'>;

/** What the engine publishes is changed in the file that declares it, and takes effect once the container is made again. */
function ofContainer(
  problem: Problem,
  host: HostState,
  port: number,
  protocol: 'tcp' | 'udp',
): Rest | undefined {
  const name = problem.maybeText('container');
  const one = host.containers.find((container) => container.name === name);
  const inner = problem.maybeNumber('inner');
  if (!one || inner === undefined || !NAME.test(one.name)) return undefined;
  const suffix = protocol === 'udp' ? '/udp' : '';
  const wanted = `127.0.0.1:${port}:${inner}${suffix}`;
  const { compose } = one;
  const files = codes(compose?.files ?? []);
  const need: Text = compose
    ? say(
        `Écrire ${code(wanted)} sous \`ports\` du service ${code(compose.service)} dans ${files.fr}, et dans le fichier du dépôt dont il vient, ou retirer ce port\u00a0; puis recréer le service par cette commande.`,
        `Write ${code(wanted)} under \`ports\` of the service ${code(compose.service)} in ${files.en}, and in the file of the repository that it comes from, or take this port away; then make the service again by this command.`,
      )
    : say(
        `Recréer le conteneur ${code(one.name)} avec ${code(`--publish ${wanted}`)}, ou sans publier ce port\u00a0: la commande qui l’a lancé n’est écrite nulle part sur l’hôte.`,
        `Make the container ${code(one.name)} again with ${code(`--publish ${wanted}`)}, or without publishing this port: the command that started it is written nowhere on the host.`,
      );
  return {
    needs: [need],
    ...(compose &&
      compose.files.length > 0 && { suggestion: onHost(host, [upCommand(one.engine, compose)]) }),
    proofs: [
      hostProof(
        host,
        say(
          `${code(one.name)} ne publie ${code(port)} que sur l’hôte`,
          `${code(one.name)} publishes ${code(port)} on the host alone`,
        ),
        say(`${code(`127.0.0.1:${port}`)}, ou rien`, `${code(`127.0.0.1:${port}`)}, or nothing`),
        { ask: 'published', engine: one.engine, name: one.name, port: inner, protocol },
        [`127.0.0.1:${port}`, ''],
      ),
    ],
  };
}

/** The command that makes one service of a project again as its files say. */
export const upCommand = (
  engine: string,
  { project, service, files, folder }: { project: string; service: string; files: string[]; folder?: string },
): string =>
  [
    `${engine} compose`,
    `--project-name ${shellQuote(project)}`,
    ...(folder === undefined ? [] : [`--project-directory ${shellQuote(folder)}`]),
    ...files.map((file) => `--file ${shellQuote(file)}`),
    `up --detach --no-deps ${shellQuote(service)}`,
  ].join(' ');

/** A program says in its own configuration where it listens. */
function ofProcess(problem: Problem, host: HostState, port: number, protocol: 'tcp' | 'udp'): Rest {
  const unit = problem.maybeText('unit');
  const proof: DraftProof = hostProof(
    host,
    say(`${code(port)} n’écoute que sur l’hôte`, `${code(port)} listens on the host alone`),
    say(`${code(`127.0.0.1:${port}`)}, ou rien`, `${code(`127.0.0.1:${port}`)}, or nothing`),
    { ask: 'listening', port, protocol },
    [`127.0.0.1:${port}`, `127.0.0.1:${port} [::1]:${port}`, `[::1]:${port}`, ''],
  );
  return {
    needs: [
      say(
        `L’adresse d’écoute, dans la configuration de ce qui tient le port${unit === undefined ? '' : ` (${code(`systemctl cat ${unit}`)})`}\u00a0: \`127.0.0.1\` plutôt que toutes.`,
        `The address that it listens on, in the configuration of what holds the port${unit === undefined ? '' : ` (${code(`systemctl cat ${unit}`)})`}: \`127.0.0.1\` instead of all.`,
      ),
    ],
    proofs: [proof],
  };
}
