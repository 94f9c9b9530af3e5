import { maskSecrets } from '#lib/mask.ts';
import type { CronJob } from '#model/host.ts';
import { note, refuse, seenInPart } from '../refusals.ts';
import { defineSection } from '../section.ts';
import { filesOf, filesScript } from './files.ts';

const LONGEST = 2_000;

/** Jobs of one table. crontab(5): system tables have a column for the user; variables and comments are none. */
export function jobsOf(text: string, file: string, owner?: string): CronJob[] {
  return text
    .split('\n')
    .slice(0, 5_000)
    .flatMap((line) => {
      const job = line.trim().slice(0, LONGEST);
      if (job === '' || job.startsWith('#') || /^[A-Za-z_]\w{0,100}\s{0,10}=/.test(job)) return [];
      const fields = job.split(/\s+/);
      const count = job.startsWith('@') ? 1 : 5;
      const schedule = fields.slice(0, count);
      if (!schedule.every((field) => /^(?:@[a-z]{3,12}|[\d*,/A-Za-z~-]{1,100})$/.test(field))) return [];
      const user = owner ?? fields[count];
      const command = wordsAfter(job, count + (owner === undefined ? 1 : 0));
      if (command === '') return [];
      return [
        {
          file,
          schedule: schedule.join(' '),
          ...(user !== undefined && { user }),
          command: maskSecrets(command),
        },
      ];
    });
}

/** A line without its first words, otherwise as it was written. */
function wordsAfter(line: string, count: number): string {
  let rest = line;
  for (let word = 0; word < count; word++) rest = rest.replace(/^\S+\s*/, '');
  return rest.trim();
}

/** Tables of the system and of users. Where the tables of users are: Debian's cron, cronie, busybox. */
export const cron = defineSection({
  parts: ['cron'],
  round: 1,
  commands: () => [
    {
      id: 'cron.system',
      operation: 'cat /etc/crontab',
      script: filesScript(['/etc/crontab'], { globs: ['/etc/cron.d/*'] }),
      needsRoot: true,
    },
    {
      id: 'cron.users',
      operation: 'cat /var/spool/cron',
      script: `for d in /var/spool/cron/crontabs /var/spool/cron /etc/crontabs; do
  if [ -d "$d" ] && { [ ! -r "$d" ] || [ ! -x "$d" ]; }; then echo "$d: Permission denied" >&2; exit 1; fi
done
${filesScript([], { globs: ['/var/spool/cron/crontabs/*', '/var/spool/cron/*', '/etc/crontabs/*'] })}`,
      needsRoot: true,
    },
  ],
  read(answers, state) {
    const all = answers.get('cron.system');
    if (all && !refuse(state, 'cron', all, 'root'))
      for (const { path, text, state: how } of filesOf(all.stdout)) {
        // run-parts(8) and cron pass over what has a dot in its name.
        if (!/\/cron\.d\/[^/]*\./.test(path)) state.cron.push(...jobsOf(text, path));
        if (how === 'denied') note(state, 'cron', seenInPart(all));
      }
    const users = answers.get('cron.users');
    if (users && !refuse(state, 'cron', users, 'root'))
      for (const { path, text, state: how } of filesOf(users.stdout)) {
        const owner = path.slice(path.lastIndexOf('/') + 1);
        state.cron.push(...jobsOf(text, `crontab of ${owner}`, owner));
        if (how === 'denied') note(state, 'cron', seenInPart(users));
      }
  },
});
