import { maskSecrets } from '#lib/mask.ts';

/** One job of a table of cron. crontab(5). */
export interface CronLine {
  schedule: string;
  /** In the tables of the system alone (`/etc/crontab`, `/etc/cron.d`). */
  user?: string;
  /** Secrets masked. */
  command: string;
  line: number;
}

const FIELD = String.raw`(?:\*|[\d]{1,2}|[A-Za-z]{3})(?:[-/,](?:\*|[\d]{1,2}|[A-Za-z]{3}))*`;
const FIVE = new RegExp(String.raw`^\s*((?:${FIELD}\s+){4}${FIELD})\s+(\S.*)$`);
const NICKNAME = /^\s*(@(?:reboot|yearly|annually|monthly|weekly|daily|midnight|hourly))\s+(\S.*)$/;
const USER = /^([a-z_][a-z0-9_-]{0,31}|\{\{[^{}]{1,60}\}\}|__[A-Z_]{1,40}__)\s+(\S.*)$/;
/** Accounts that a table without its place is likely to name: as a command none of them would do anything. */
const ACCOUNT = /^(?:root|www-data|nobody|ubuntu|debian|postgres|nginx|apache|__APP__)\s/;
const LONGEST_LINE = 2_000;
const MOST = 300;

/** Cheap: whether a text holds a job at all. */
export const holdsJobs = (text: string): boolean =>
  text
    .slice(0, 50_000)
    .split('\n')
    .some((line) => line.length < LONGEST_LINE && jobOf(line, false) !== undefined);

/** The jobs of a table; settings, comments and what is no job are passed over. `isSystem`: each names its user. */
export function jobLines(text: string, isSystem: boolean | 'unknown'): CronLine[] {
  const found: CronLine[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    if (found.length >= MOST) break;
    if (line.length > LONGEST_LINE) continue;
    const job = jobOf(line, isSystem);
    if (job) found.push({ ...job, line: index + 1 });
  }
  return found;
}

/** One line of a table as a job. */
export function jobOf(line: string, isSystem: boolean | 'unknown'): Omit<CronLine, 'line'> | undefined {
  const [, schedule, rest = ''] = FIVE.exec(line) ?? NICKNAME.exec(line) ?? [];
  if (schedule === undefined) return undefined;
  const asSystem = isSystem === 'unknown' ? ACCOUNT.test(rest) : isSystem;
  const [, user, own] = (asSystem ? USER.exec(rest) : undefined) ?? [];
  if (asSystem && own === undefined) return undefined;
  const command = maskSecrets((own ?? rest).trim());
  return { schedule: schedule.replace(/\s+/g, ' '), ...(user !== undefined && { user }), command };
}
