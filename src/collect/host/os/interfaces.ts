import type { HostState } from '#model/host.ts';
import { note, notUnderstood, refuse } from '../refusals.ts';
import { defineSection } from '../section.ts';

type Interfaces = HostState['interfaces'];

interface Linked {
  ifname?: unknown;
  flags?: unknown;
  addr_info?: { local?: unknown; prefixlen?: unknown }[];
}

/** `ip -json addr`: iproute2 from 4.13. */
function fromJson(text: string): Interfaces | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!Array.isArray(parsed)) return undefined;
  return (parsed as Linked[]).flatMap((one) =>
    (Array.isArray(one?.addr_info) ? one.addr_info : []).flatMap((info) =>
      typeof one.ifname === 'string' && typeof info?.local === 'string' && typeof info.prefixlen === 'number'
        ? [
            {
              name: one.ifname,
              address: info.local,
              prefix: info.prefixlen,
              isUp: Array.isArray(one.flags) && one.flags.includes('UP'),
            },
          ]
        : [],
    ),
  );
}

/** `ip addr` of older ones and of busybox, and ifconfig(8). */
function fromText(text: string): Interfaces {
  const found: Interfaces = [];
  let name = '';
  let isUp = false;
  for (const line of text.split('\n').slice(0, 20_000)) {
    const head = /^(?:\d{1,6}: )?([\w.@-]{1,40}):? .{0,200}?<([A-Z,_0-9-]{0,200})>/.exec(line);
    if (head) {
      name = head[1]?.split('@')[0] ?? '';
      isUp = (head[2] ?? '').split(',').includes('UP');
      continue;
    }
    const at =
      /^\s+inet6? (?:addr:\s?)?([0-9a-fA-F.:]{2,45})(?:%\S{1,20})?(?:\/(\d{1,3})|\s+netmask (\S{7,15})|\s+prefixlen (\d{1,3}))?/.exec(
        line,
      );
    if (!at?.[1] || !name) continue;
    const prefix = at[2] ?? at[4] ?? (at[3] ? lengthOf(at[3]) : at[1].includes(':') ? 128 : 32);
    found.push({ name, address: at[1], prefix: Number(prefix), isUp });
  }
  return found;
}

const lengthOf = (mask: string): number =>
  mask.split('.').reduce((bits, part) => bits + Number(part).toString(2).replaceAll('0', '').length, 0);

export const interfacesOf = (text: string): Interfaces => fromJson(text) ?? fromText(text);

/** Addresses of the machine. ip-address(8). */
export const interfaces = defineSection({
  parts: ['interfaces'],
  round: 1,
  commands: () => [
    {
      id: 'interfaces',
      operation: 'ip addr',
      script:
        'ip -json addr show 2>/dev/null || ip addr show 2>/dev/null || ifconfig -a 2>/dev/null || { command -v ip >/dev/null || exit 127; ip addr show; }',
    },
  ],
  read(answers, state) {
    const answer = answers.get('interfaces');
    if (!answer || refuse(state, 'interfaces', answer)) return;
    state.interfaces = interfacesOf(answer.stdout);
    // Every machine has at least its loopback.
    if (state.interfaces.length === 0) note(state, 'interfaces', notUnderstood(answer));
  },
});
