import type { HostState } from '#model/host.ts';
import { note, refuse, seenInPart } from '../refusals.ts';
import { defineSection } from '../section.ts';

type Users = HostState['users'];

/** Shells that let nobody in. nologin(8), false(1), and those of Debian's base-passwd. */
const NO_LOGIN = /(?:^|\/)(?:nologin|false|true|sync|shutdown|halt)$/;
const MOST = 5_000;

/** Who may log in, of passwd(5) and group(5). An empty shell is `/bin/sh`. */
export function usersOf(passwd: string, groups: string): Users {
  const byId = new Map<string, string>();
  const members = new Map<string, string[]>();
  for (const line of groups.split('\n').slice(0, MOST)) {
    const [name = '', , id = '', list = ''] = line.split(':');
    if (!name) continue;
    byId.set(id, name);
    for (const member of list.split(',').filter(Boolean))
      members.set(member, [...(members.get(member) ?? []), name]);
  }
  return passwd
    .split('\n')
    .slice(0, MOST)
    .flatMap((line) => {
      const [name = '', , uid = '', gid = '', , , shell = ''] = line.trim().split(':');
      if (!/^\d{1,10}$/.test(uid) || !name || NO_LOGIN.test(shell)) return [];
      const own = byId.get(gid);
      return [
        {
          name,
          uid: Number(uid),
          shell: shell || '/bin/sh',
          groups: [...new Set([...(own === undefined ? [] : [own]), ...(members.get(name) ?? [])])],
        },
      ];
    });
}

/** `name keys`; a folder that may not be entered gives no line. */
const counts = (text: string): Map<string, number> =>
  new Map(
    text.split('\n').flatMap((line) => {
      const [, name, count] = /^(\S{1,64}) (\d{1,6})$/.exec(line) ?? [];
      return name ? [[name, Number(count)] as const] : [];
    }),
  );

/** What the shadow file says of a password, worked out on the host: no hash leaves it. shadow(5): `!` and `*` stand before none. */
const PASSWORDS = `awk -F: '{ s = "set"; if ($2 == "") s = "empty"; else if ($2 ~ /^[!*]/) s = "none"; print $1, s }' /etc/shadow`;

export const users = defineSection({
  parts: ['users'],
  round: 1,
  commands: () => [
    {
      id: 'users.passwd',
      operation: 'getent passwd',
      script: 'getent passwd 2>/dev/null || cat /etc/passwd',
    },
    { id: 'users.groups', operation: 'getent group', script: 'getent group 2>/dev/null || cat /etc/group' },
    {
      id: 'users.keys',
      operation: 'wc authorized_keys',
      script: `{ getent passwd 2>/dev/null || cat /etc/passwd; } | head -n 2000 | while IFS=: read -r name x uid gid x home shell; do
  case $shell in */nologin | */false | */true | */sync | */shutdown | */halt) continue ;; esac
  case $home in /?*) ;; *) continue ;; esac
  [ -d "$home" ] || continue
  [ -x "$home" ] || continue
  [ ! -d "$home/.ssh" ] || [ -x "$home/.ssh" ] || continue
  n=0
  for f in "$home/.ssh/authorized_keys" "$home/.ssh/authorized_keys2"; do
    [ -f "$f" ] || continue
    [ -r "$f" ] || continue 2
    n=$((n + $(grep -cE '^[^#]*(ssh-|ecdsa-|sk-)' "$f")))
  done
  echo "$name $n"
done`,
      needsRoot: true,
    },
    { id: 'users.passwords', operation: 'awk /etc/shadow', script: PASSWORDS, needsRoot: true },
  ],
  read(answers, state) {
    const passwd = answers.get('users.passwd');
    if (!passwd || refuse(state, 'users', passwd)) return;
    const keys = answers.get('users.keys');
    const count = counts(keys?.stdout ?? '');
    const passwords = answers.get('users.passwords');
    const status = new Map(
      (passwords?.end === 'done' ? passwords.stdout : '')
        .split('\n')
        .map((line) => line.split(' ') as [string, string]),
    );
    state.users = usersOf(passwd.stdout, answers.get('users.groups')?.stdout ?? '').map((user) => {
      const said = status.get(user.name);
      const known = count.get(user.name);
      return {
        ...user,
        ...(known !== undefined && { keys: known }),
        ...((said === 'set' || said === 'none') && { hasPassword: said === 'set' }),
      };
    });
    if (passwords && passwords.end !== 'done') refuse(state, 'users', passwords, 'root');
    if (keys && state.users.some((user) => user.keys === undefined) && !keys.asRoot)
      note(state, 'users', seenInPart(keys));
  },
});
