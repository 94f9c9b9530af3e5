import { maskSecrets } from '#lib/mask.ts';
import type { Refusal } from '#model/lookup.ts';
import { code, type Text } from '#model/text.ts';

/** What is known of a connection that did not come about, or ended. */
export interface Ending {
  /** The host as the address names it. */
  host: string;
  /** What ssh(1) wrote of it. */
  stderr: string;
  /** What the host wrote before any shell answered. */
  said?: string;
  /** Jump hosts of the way, in their order. */
  jumps?: readonly string[];
}

const LONGEST = 4_096;

/** A line of somebody else, fit to be shown. */
export const quoted = (line: string): string => code(maskSecrets(line.slice(0, 400)).slice(0, 140));

const plain = (text: string): string => text.slice(-LONGEST).replaceAll('\r', '');

interface Known {
  pattern: RegExp;
  sort: Refusal['sort'];
  why(match: RegExpExecArray, ending: Ending): Text;
}

const text = (fr: string, en: string): Text => ({ fr, en });

/** Who a line of ssh is of: the host, or a jump host on the way to it. */
function whoOf(name: string | undefined, { host, jumps = [] }: Ending): Text {
  const jump = name === undefined ? undefined : jumps.find((one) => sameHost(one, name));
  return jump !== undefined && name !== undefined && !sameHost(host, name)
    ? text(`l’hôte de rebond ${code(jump)}`, `jump host ${code(jump)}`)
    : text(code(host), code(host));
}

function sameHost(spec: string, name: string): boolean {
  const bare = (one: string) =>
    one
      .replace(/^ssh:\/\//, '')
      .replace(/^[^@]*@/, '')
      .replace(/^\[([^\]]*)\].*$/, '$1')
      .replace(/^([^:]*):\d+$/, '$1');
  return bare(spec) === bare(name);
}

/**
 * What OpenSSH's client says when it cannot connect, in the order in which it is looked for: what is more exact comes first. The
 * texts are those of OpenSSH 6.8 to 10 (ssh.c, sshconnect.c, sshconnect2.c, packet.c, readconf.c), which it does not translate.
 */
const KNOWN: readonly Known[] = [
  {
    pattern: /^command-line: line \d+: (.{1,200})$/m,
    sort: 'failed',
    why: ([, said = '']) =>
      text(
        `le programme \`ssh\` de cette machine refuse une option dont l’audit a besoin (${quoted(said)})\u00a0: il en faut un plus récent`,
        `the \`ssh\` program of this machine refuses an option that the audit needs (${quoted(said)}): a newer one is needed`,
      ),
  },
  {
    pattern:
      /^(\/[^\n]{0,300}?)(?: line |: line )(\d{1,6}): (?!exec: |.{0,200}(?:restricted|not found))(.{1,200})$/m,
    sort: 'failed',
    why: ([, file = '', line = '', said = '']) =>
      text(
        `la configuration de ssh n’est pas utilisable\u00a0: ${quoted(`${file}:${line}`)}, ${quoted(said)}`,
        `the configuration of ssh cannot be used: ${quoted(`${file}:${line}`)}, ${quoted(said)}`,
      ),
  },
  {
    pattern: /^Can't open user config file (.{1,300}?): (.{1,100})$/m,
    sort: 'failed',
    why: ([, file = '', said = '']) =>
      text(
        `la configuration de ssh ${quoted(file)} ne peut pas être lue (${quoted(said)})`,
        `ssh’s configuration ${quoted(file)} cannot be read (${quoted(said)})`,
      ),
  },
  {
    pattern: /^Bad owner or permissions on (.{1,300})$/m,
    sort: 'failed',
    why: ([, file = '']) =>
      text(
        `ssh refuse la configuration ${quoted(file)}\u00a0: d’autres que son propriétaire peuvent l’écrire`,
        `ssh refuses configuration ${quoted(file)}: others than its owner can write it`,
      ),
  },
  {
    pattern: /REMOTE HOST IDENTIFICATION HAS CHANGED/,
    sort: 'failed',
    why: (_, ending) => {
      const [, file, line] = /^Offending \S{1,40} key in (.{1,300}):(\d{1,9})$/m.exec(ending.stderr) ?? [];
      const who = whoOf(/^Host key for (\S{1,255}) has changed/m.exec(ending.stderr)?.[1], ending);
      const at = file === undefined ? undefined : quoted(`${file}:${line}`);
      return text(
        `la clé de ${who.fr} a changé${at ? ` depuis celle que note ${at}` : ''}\u00a0: rien n’a été lu. Vérifier auprès de qui tient l’hôte avant de remplacer la ligne`,
        `the host key of ${who.en} has changed${at ? ` from the one that ${at} holds` : ''}: nothing was read. Check with whoever runs the host before replacing the line`,
      );
    },
  },
  {
    pattern: /REVOKED HOST KEY DETECTED|host key .{0,300} revoked/i,
    sort: 'failed',
    why: (_, ending) =>
      text(
        `la clé de ${code(ending.host)} est révoquée sur cette machine\u00a0: rien n’a été lu`,
        `the host key of ${code(ending.host)} is revoked on this machine: nothing was read`,
      ),
  },
  {
    pattern: /^No (\S{1,60}) host key is known for (\S{1,255}) and you have requested strict checking/m,
    sort: 'failed',
    why: ([, , name = ''], ending) => unknownKey(name, ending),
  },
  {
    pattern: /^Host key verification failed/m,
    sort: 'failed',
    why: (_, ending) => unknownKey(undefined, ending),
  },
  {
    pattern: /no matching ([\w -]{1,40}?) found\. Their offer: (\S{1,300})/,
    sort: 'failed',
    why: ([, what = '', offer = ''], ending) =>
      text(
        `${code(ending.host)} et ce \`ssh\` n’ont pas d’algorithme commun (${quoted(what)}, proposés\u00a0: ${quoted(offer)})`,
        `${code(ending.host)} and this \`ssh\` share no algorithm (${quoted(what)}, offered: ${quoted(offer)})`,
      ),
  },
  {
    pattern: /Too many authentication failures/,
    sort: 'denied',
    why: (_, ending) =>
      text(
        `${code(ending.host)} a refusé après trop de clés essayées\u00a0: nommer la bonne par \`IdentityFile\` et \`IdentitiesOnly yes\``,
        `${code(ending.host)} refused after too many keys were tried: name the right one by \`IdentityFile\` and \`IdentitiesOnly yes\``,
      ),
  },
  {
    pattern: /^(?:(\S{1,300}): )?Permission denied \(([\w,@.+ -]{1,200})\)/m,
    sort: 'denied',
    why: ([, name, methods = ''], ending) => {
      const who = whoOf(name?.slice(name.lastIndexOf('@') + 1), ending);
      const user = name?.includes('@') ? name.slice(0, name.lastIndexOf('@')) : undefined;
      const key = /^(?:Permissions \d+ for '(.{1,300})' are too open|Load key "(.{1,300})": )/m.exec(
        ending.stderr,
      );
      const file = key?.[1] ?? key?.[2];
      return text(
        `${who.fr} n’a pas laissé entrer${user ? ` ${code(user)}` : ''} (méthodes admises\u00a0: ${code(methods)}${file ? `\u00a0; la clé ${quoted(file)} n’a pas pu servir` : ''})`,
        `${who.en} did not let ${user ? code(user) : 'the user'} in (methods that it takes: ${code(methods)}${file ? `; key ${quoted(file)} could not be used` : ''})`,
      );
    },
  },
  {
    pattern: /Could not resolve hostname (\S{1,255}): /,
    sort: 'failed',
    why: ([, name], ending) => {
      const who = whoOf(name, ending);
      return text(
        `le nom de ${who.fr} n’est connu d’aucun DNS ni de la configuration de ssh`,
        `the name of ${who.en} is known to no DNS nor to ssh’s configuration`,
      );
    },
  },
  {
    pattern: /open failed: [\w ]{1,60}: ([\w ]{1,80})[\s\S]{0,300}stdio forwarding failed/,
    sort: 'failed',
    why: ([, said = ''], ending) =>
      text(
        `l’hôte de rebond ${code(ending.jumps?.at(-1) ?? '?')} n’a pas pu joindre ${code(ending.host)} (${quoted(said)})`,
        `jump host ${code(ending.jumps?.at(-1) ?? '?')} could not reach ${code(ending.host)} (${quoted(said)})`,
      ),
  },
  {
    pattern: /connect to host (\S{1,255}) port (\d{1,5}): ([\w ,()-]{1,80})/,
    sort: 'failed',
    why: ([, name, port = '', said = ''], ending) => {
      const who = whoOf(name, ending);
      const reason = /refused/i.test(said)
        ? text(
            'refuse la connexion (rien n’y écoute, ou un pare-feu la rejette)',
            'refuses the connection (nothing listens there, or a firewall rejects it)',
          )
        : /timed out/i.test(said)
          ? text('n’a pas répondu à temps', 'did not answer in time')
          : text(`ne peut pas être joint (${quoted(said)})`, `cannot be reached (${quoted(said)})`);
      return text(`${who.fr}, port ${port}, ${reason.fr}`, `${who.en}, port ${port}, ${reason.en}`);
    },
  },
  {
    pattern:
      /Connection timed out during banner exchange|Connection to \S{1,255} port \d+ timed out|timed out during/,
    sort: 'failed',
    why: (_, ending) =>
      text(
        `${code(ending.host)} a accepté la connexion et n’a rien dit à temps`,
        `${code(ending.host)} took the connection and said nothing in time`,
      ),
  },
  {
    pattern: /Timeout, server (\S{1,255}) not responding/,
    sort: 'failed',
    why: (_, ending) =>
      text(`${code(ending.host)} a cessé de répondre`, `${code(ending.host)} stopped answering`),
  },
  {
    pattern:
      /kex_exchange_identification|Connection (?:closed|reset) by|Not allowed at this time|Exceeded MaxStartups/,
    sort: 'failed',
    why: (_, ending) =>
      text(
        `${code(ending.host)} a fermé la connexion avant l’identification (trop de connexions à la fois, ou une adresse qui n’est pas admise)`,
        `${code(ending.host)} closed the connection before the login (too many connections at once, or an address that is not let in)`,
      ),
  },
];

function unknownKey(name: string | undefined, ending: Ending): Text {
  const who = whoOf(name, ending);
  const place = name ?? ending.host;
  const [, bare = place, port] = /^\[([^\]]{1,255})\]:(\d{1,5})$/.exec(place) ?? [];
  const command = `ssh-keyscan ${port ? `-p ${port} ` : ''}${bare}`;
  return text(
    `la clé de ${who.fr} n’est pas connue de cette machine\u00a0: rien n’a été lu. La vérifier auprès de qui tient l’hôte (${code(command)} la montre), puis l’ajouter à \`known_hosts\``,
    `the host key of ${who.en} is not known to this machine: nothing was read. Check it with whoever runs the host (${code(command)} shows it), then add it to \`known_hosts\``,
  );
}

/**
 * Why there is no shell on a host: what ssh said, in one line. Nothing of it is a secret: ssh names files of keys, never what is
 * in them.
 */
export function sshRefusal(ending: Ending): Refusal {
  const stderr = plain(ending.stderr);
  for (const { pattern, sort, why } of KNOWN) {
    const match = pattern.exec(stderr);
    if (match) return { sort, operation: 'ssh', why: why(match, { ...ending, stderr }) };
  }
  const heard = [ending.said ?? '', stderr]
    .flatMap((one) => plain(one).split('\n'))
    .map((line) => line.trim())
    .filter(Boolean);
  const shown = heard[0] === undefined ? undefined : quoted(heard[0]);
  return {
    sort: 'denied',
    operation: 'ssh',
    why: text(
      `${code(ending.host)} a ouvert la session et n’a pas donné de shell${shown ? `\u00a0; il a répondu ${shown}` : ''} (compte sans shell, commande forcée ou shell restreint)`,
      `${code(ending.host)} opened the session and gave no shell${shown ? `; it answered ${shown}` : ''} (an account without a shell, a forced command or a restricted shell)`,
    ),
  };
}

/** A jump host whose key would be taken unseen: the configuration says so, and an audit does not follow it. */
export const uncheckedJump = (jump: string): Refusal => ({
  sort: 'failed',
  operation: 'ssh',
  why: text(
    `la configuration de ssh laisse passer la clé de l’hôte de rebond ${code(jump)} sans la vérifier (\`StrictHostKeyChecking\`)\u00a0: rien n’a été lu`,
    `ssh’s configuration takes the key of jump host ${code(jump)} unchecked (\`StrictHostKeyChecking\`): nothing was read`,
  ),
});

export const noProgram = (program: string): Refusal => ({
  sort: 'unavailable',
  operation: program,
  why: text(
    `le programme ${code(program)} n’est pas sur cette machine\u00a0: sans lui aucun hôte distant n’est lu`,
    `the program ${code(program)} is not on this machine: without it no remote host is read`,
  ),
});

export const notInTime = (host: string, seconds: number): Refusal => ({
  sort: 'failed',
  operation: 'ssh',
  why: text(
    `${code(host)} n’a pas donné de shell en ${seconds} s`,
    `${code(host)} gave no shell within ${seconds} s`,
  ),
});

export const tooLong = (host: string, seconds: number): Refusal => ({
  sort: 'failed',
  operation: 'ssh',
  why: text(
    `la lecture de ${code(host)} a dépassé ${seconds} s\u00a0: la suite n’a pas été lue`,
    `reading ${code(host)} took more than ${seconds} s: the rest was not read`,
  ),
});

/** The connection ended after the shell was there. */
export function lostConnection({ host, stderr }: Ending): Refusal {
  const said = plain(stderr)
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
    .at(-1);
  return {
    sort: 'failed',
    operation: 'ssh',
    why: text(
      `la connexion à ${code(host)} s’est rompue pendant la lecture${said ? ` (${quoted(said)})` : ''}`,
      `the connection to ${code(host)} broke during the reading${said ? ` (${quoted(said)})` : ''}`,
    ),
  };
}
