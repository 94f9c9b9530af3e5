import { isUnknown } from '#lib/symbolic.ts';
import { commandTool } from './command-tool.ts';
import { isOn, names } from './options.ts';
import type { Named } from './tool.ts';

/** Units of the machine itself, whatever it serves. */
const OF_THE_MACHINE =
  /^(?:docker|containerd|podman|sshd?|crond?|snapd|ufw|firewalld|iptables|nftables|networking|NetworkManager|rsyslog|dbus|getty.*|systemd-.*|apt-daily.*|unattended-upgrades|fail2ban|chrony|ntp|multipathd|apparmor)(?:\.\w+)?$/;
const SUFFIX = /\.(?:service|socket|timer|target|mount|path|slice|scope|device|swap|automount)$/;
const UNIT = /^[\w@:.\\⟨⟩-]+$/;

/** The units that words name, with the ending that systemctl adds. */
export const units = (words: readonly string[], user: boolean): Named[] =>
  words
    .filter(
      (word) => UNIT.test(word.replace(/⟨[^⟩]*⟩/g, 'x')) && !isUnknown(word) && !OF_THE_MACHINE.test(word),
    )
    .map((word) => ({
      kind: 'Systemd::Unit',
      name: SUFFIX.test(word) ? word : `${word}.service`,
      ...(user && { properties: { userManager: true } }),
    }));

/** systemctl(1). */
export const systemctl = commandTool({
  names: ['systemctl'],
  grammar: {
    valued: names(
      'H host M machine n lines o output p P property s signal t type root job-mode kill-whom kill-who state what preset-mode boot-loader-entry',
    ),
  },
  depth: 1,
  requires: /^(?:enable|start|restart|try-restart|reload|reload-or-restart|stop|reenable|unmask|kill)$/,
  deletes: /^(?:disable|mask)$/,
  prints: /^(?:show|list-|cat|is-|get-default)/,
  named: (call) =>
    /^(?:enable|disable|start|stop|restart|try-restart|reload|reload-or-restart|reenable|status|is-|mask|unmask|show|cat|kill)/.test(
      call.operation,
    )
      ? units(call.words, isOn(call, 'user'))
      : [],
});
