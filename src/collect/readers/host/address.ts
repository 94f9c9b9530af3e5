import { code, type Text } from '#model/text.ts';

/** Where a host is: this machine, or what OpenSSH is told to connect to. */
export type HostAddress =
  | { to: 'local' }
  | {
      to: 'ssh';
      user?: string /** A name, an alias of ssh_config(5), an address without brackets. */;
      host: string;
      port?: number;
    };

const NAME = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,252}$/;
const V6 = /^[0-9A-Fa-f:.]{2,45}(?:%[A-Za-z0-9_.-]{1,32})?$/;
const USER = /^[A-Za-z0-9_][A-Za-z0-9_.@+\\$-]{0,127}$/;

const text = (fr: string, en: string): Text => ({ fr, en });

/**
 * What an address means: `local`, `ssh://[user@]host[:port]`. An address of IPv6 stands between brackets, as in RFC 3986.
 * Anything that ssh(1) could take for an option, or a shell for more than a name, is refused.
 * @returns the address, or why it is none
 */
export function hostAddress(address: string): HostAddress | Text {
  if (address === 'local') return { to: 'local' };
  const shown = code(address);
  const rest = /^ssh:\/\/([^\s/]{1,400})\/?$/.exec(address)?.[1];
  if (rest === undefined)
    return text(
      `l’hôte ${shown} n’est pas de la forme \`local\` ou \`ssh://utilisateur@hôte:port\``,
      `host ${shown} is not of the form \`local\` or \`ssh://user@host:port\``,
    );
  const at = rest.lastIndexOf('@');
  const user = at < 0 ? undefined : rest.slice(0, at);
  const place = rest.slice(at + 1);
  const inBrackets = /^\[([^\]]*)\](?::(\d{1,5}))?$/.exec(place);
  const plain = /^([^:[\]]*)(?::(\d{1,5}))?$/.exec(place);
  const [, host = '', port] = inBrackets ?? plain ?? [];
  if (user?.includes(':'))
    return text(
      'l’adresse de l’hôte porte un mot de passe\u00a0: ssh n’en prend pas, donner une clé ou un agent',
      'the host’s address bears a password: ssh takes none there, give a key or an agent',
    );
  if (!(inBrackets ? V6.test(host) : NAME.test(host)))
    return text(`${code(host || place)} n’est pas un nom d’hôte`, `${code(host || place)} is no host name`);
  if (user !== undefined && !USER.test(user))
    return text(`${code(user)} n’est pas un nom d’utilisateur`, `${code(user)} is no user name`);
  if (port !== undefined && !(Number(port) >= 1 && Number(port) <= 65_535))
    return text(`${code(port)} n’est pas un numéro de port`, `${code(port)} is no port number`);
  return {
    to: 'ssh',
    host,
    ...(user !== undefined && { user }),
    ...(port !== undefined && { port: Number(port) }),
  };
}
