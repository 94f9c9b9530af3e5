import { shellQuote } from '#lib/shell-quote.ts';
import type { HostState } from '#model/host.ts';
import { code } from '#model/text.ts';
import { type DraftStep, say } from '../draft.ts';
import { hostOf, hostStep } from '../hosts.ts';
import { onHost } from '../on-host.ts';
import type { Problem } from '../problem.ts';
import { defineRemedy } from '../remedy.ts';

const NAME = /^[\w][\w.-]{0,250}$/;
/** A network as firewalls take it; nothing of it needs a shell. */
const NETWORK = /^[0-9a-f.:]{2,45}\/\d{1,3}$/i;

/** What stands between a request and what answers it on a host: networks of containers, and the firewall. */
export const hostNetwork = defineRemedy({
  for: ['proxy-network-unreachable', 'host-firewall-blocks'],
  plan(problem) {
    const host = hostOf(problem);
    if (!host) return [];
    return problem.id === 'host-firewall-blocks' ? opened(problem, host) : connected(problem, host);
  },
});

function connected(problem: Problem, host: HostState): DraftStep[] {
  const names = ['container', 'proxy', 'network'].map((one) => problem.maybeText(one) ?? '');
  const [container = '', proxy = '', network = ''] = names;
  const engine = host.containers.find(({ name }) => name === proxy)?.engine;
  if (engine === undefined || !names.every((name) => NAME.test(name))) return [];
  const words = `${shellQuote(network)} ${shellQuote(proxy)}`;
  const shown = shellQuote(`{{range $name, $one := .NetworkSettings.Networks}}{{println $name}}{{end}}`);
  return [
    hostStep(host, {
      title: say(
        `Mettre ${code(proxy)} dans le réseau ${code(network)}`,
        `Put ${code(proxy)} into the network ${code(network)}`,
      ),
      reason: say(
        `${code(proxy)} mène à ${code(container)}, et n’est dans aucun de ses réseaux.`,
        `${code(proxy)} leads to ${code(container)}, and is in none of its networks.`,
      ),
      risk: 'none',
      needs: [
        say(
          `Le même réseau à déclarer pour ${code(proxy)} dans son fichier Compose\u00a0: sans cela, sa prochaine création l’en retire.`,
          `The same network to be declared for ${code(proxy)} in its compose file: without it the next creation takes it out again.`,
        ),
      ],
      commands: [`${engine} network connect ${words}`],
      undo: [`${engine} network disconnect ${words}`],
      before: { [`${engine} inspect ${proxy}`]: networksOf(host, proxy) },
      proofs: [],
    }),
  ].map((step) => ({
    ...step,
    ...(step.hand && {
      hand: {
        ...step.hand,
        proof: {
          title: say(`${code(proxy)} est dans ${code(network)}`, `${code(proxy)} is in ${code(network)}`),
          command: onHost(host, [
            `${engine} inspect --format ${shown} ${shellQuote(proxy)} | grep -Fx ${shellQuote(network)}`,
          ]),
          expected: say(code(network), code(network)),
        },
      },
    }),
  }));
}

const networksOf = ({ containers }: HostState, name: string): string[] =>
  containers.find((one) => one.name === name)?.networks.map((one) => one.name) ?? [];

function opened(problem: Problem, host: HostState): DraftStep[] {
  const port = problem.maybeNumber('port');
  const source = problem.maybeText('source');
  if (port === undefined || (source !== undefined && !NETWORK.test(source))) return [];
  const rule = ruleOf(host, port, source);
  const whom = source === undefined ? say('tous', 'everybody') : say(code(source), code(source));
  const step = {
    title: say(
      `Ouvrir le port ${code(port)} de ${code(host.name)} à ${whom.fr}`,
      `Open port ${code(port)} of ${code(host.name)} to ${whom.en}`,
    ),
    reason: say(
      'Le pare-feu de l’hôte jette ce qui y arrive.',
      'The firewall of the host drops what comes to it.',
    ),
    risk: 'none' as const,
    needs: [
      say(
        source === undefined
          ? 'À confirmer\u00a0: ce port est bien fait pour être joint de partout.'
          : 'À confirmer\u00a0: ce réseau de conteneurs doit bien joindre ce port.',
        source === undefined
          ? 'To confirm: the port is meant to be reached from anywhere.'
          : 'To confirm: this network of containers is meant to reach the port.',
      ),
    ],
  };
  // tables of nftables and chains of iptables are called as their administrator calls them
  if (!rule) return [{ ...step, changes: [], proofs: [] }];
  const made = hostStep(host, { ...step, ...rule, before: { firewall: `${port}/tcp: drop` }, proofs: [] });
  return [
    {
      ...made,
      ...(made.hand && {
        hand: {
          ...made.hand,
          proof: {
            title: say(`La règle est en place`, `The rule is in place`),
            command: onHost(host, [rule.shows]),
            expected: say(code(port), code(port)),
          },
        },
      }),
    },
  ];
}

interface Rule {
  commands: string[];
  undo: string[];
  shows: string;
}

/** The rule that lets a port in, in the words of the tool that keeps the rules. ufw(8), firewall-cmd(1). */
function ruleOf({ firewall }: HostState, port: number, source: string | undefined): Rule | undefined {
  if (firewall?.tool === 'ufw') {
    const rule = source === undefined ? `${port}/tcp` : `from ${source} to any port ${port} proto tcp`;
    return {
      commands: [`ufw allow ${rule}`],
      undo: [`ufw delete allow ${rule}`],
      shows: `ufw show added | grep -F ${shellQuote(`ufw allow ${rule}`)}`,
    };
  }
  if (firewall?.tool === 'firewalld') {
    const family = source?.includes(':') ? 'ipv6' : 'ipv4';
    const rich = `rule family="${family}" source address="${source}" port port="${port}" protocol="tcp" accept`;
    const [verb, word] = source === undefined ? ['port', `${port}/tcp`] : ['rich-rule', rich];
    return {
      commands: [`firewall-cmd --permanent --add-${verb}=${shellQuote(word)}`, 'firewall-cmd --reload'],
      undo: [`firewall-cmd --permanent --remove-${verb}=${shellQuote(word)}`, 'firewall-cmd --reload'],
      shows: `firewall-cmd --query-${verb}=${shellQuote(word)}`,
    };
  }
  return undefined;
}
