import type { HostAnswer } from '../../readers/host/session.ts';
import { note, notUnderstood, refusalOf, refuse } from '../refusals.ts';
import { defineSection } from '../section.ts';
import { firewalldZones } from './firewalld.ts';
import { iptablesRules } from './iptables.ts';
import { firewallOf, type ReadTools } from './layers.ts';
import { nftTables } from './nftables.ts';
import { ufwStatus } from './ufw.ts';

/** What the kernel filters by, and what ufw and firewalld say of it. All of it is only shown to root. */
export const firewall = defineSection({
  parts: ['firewall'],
  round: 1,
  commands: () => [
    { id: 'firewall.nft', operation: 'nft list ruleset', script: 'nft -j list ruleset', needsRoot: true },
    { id: 'firewall.iptables', operation: 'iptables-save', script: 'iptables-save', needsRoot: true },
    { id: 'firewall.ip6tables', operation: 'ip6tables-save', script: 'ip6tables-save', needsRoot: true },
    { id: 'firewall.ufw', operation: 'ufw status', script: 'LC_ALL=C ufw status verbose', needsRoot: true },
    {
      id: 'firewall.firewalld',
      operation: 'firewall-cmd --list-all-zones',
      script: `firewall-cmd --state >/dev/null 2>&1
c=$?
[ $c != 127 ] || exit 127
[ $c != 252 ] || { echo 'not running'; exit 0; }
echo "default $(firewall-cmd --get-default-zone)"
firewall-cmd --list-all-zones`,
      needsRoot: true,
    },
  ],
  read(answers, state) {
    const textOf = (id: string): string | undefined => {
      const answer = answers.get(`firewall.${id}`);
      // what tells of rules of another sort stands beside the answer
      return answer?.end === 'done'
        ? `${answer.stdout}\n${/^# Warning: .*$/m.exec(answer.stderr) ?? ''}`
        : undefined;
    };
    const tools: ReadTools = {};
    const [nft, iptables, ip6tables, ufw, firewalld] = [
      'nft',
      'iptables',
      'ip6tables',
      'ufw',
      'firewalld',
    ].map(textOf);
    if (nft !== undefined) {
      const tables = nftTables(nft);
      if (tables) tools.nft = tables;
      else broken('nft');
    }
    if (iptables !== undefined) tools.iptables = iptablesRules(iptables);
    if (ip6tables !== undefined) tools.ip6tables = iptablesRules(ip6tables);
    const status = ufw === undefined ? undefined : ufwStatus(ufw);
    if (status) tools.ufw = status;
    else if (ufw !== undefined) broken('ufw');
    if (firewalld !== undefined && !firewalld.startsWith('not running')) {
      const fallback = /^default ([\w-]{1,60})$/m.exec(firewalld)?.[1];
      const zones = firewalldZones(firewalld.replace(/^default .*\n/, ''), fallback);
      if (zones) tools.firewalld = zones;
      else broken('firewalld');
    }
    for (const [id, tool] of [
      ['iptables', 'iptables'],
      ['ip6tables', 'ip6tables'],
    ] as const)
      if (tools[tool]?.isWhole === false) broken(id);
    // what is not installed keeps no rules; what was refused, or broke off, may
    const asked = [...answers.values()];
    for (const answer of asked) if (answer.end !== 'missing') refuse(state, 'firewall', answer, 'root');
    const kernel = ['nft', 'iptables'].map((id) => answers.get(`firewall.${id}`));
    if (kernel.every((answer) => answer?.end === 'missing')) {
      const [first] = kernel;
      note(state, 'firewall', first && refusalOf(first));
      return;
    }
    // rules of which a part was not read may let in, or stop, anything
    if (state.refusals.firewall !== undefined) return;
    const found = firewallOf(tools);
    if (found) state.firewall = found;

    function broken(id: string): void {
      const answer: HostAnswer | undefined = answers.get(`firewall.${id}`);
      if (answer) note(state, 'firewall', notUnderstood(answer));
    }
  },
});
