import type { FileEvidence } from '#model/evidence.ts';
import type { Fact } from '#model/fact.ts';
import { isOpen } from '../../systemd/unit-text.ts';
import type { Standing } from '../standing.ts';
import type { CronLine } from './job-lines.ts';

const LONGEST_COMMAND = 300;

/**
 * The fact of one job.
 * @param file where the host has it: `/etc/cron.d/backup`, `crontab of deploy`; `crontab` where nothing says whose it is
 */
export function cronFact(
  file: string,
  { schedule, user, command }: Omit<CronLine, 'line'>,
  evidence: FileEvidence,
  { sort, environments }: Standing,
): Fact {
  const shown = command.slice(0, LONGEST_COMMAND);
  const name = `${file} ${shown}`;
  return {
    kind: 'Cron::Job',
    name,
    source: 'repo',
    sort,
    nameStatus: isOpen(name) ? 'template' : 'literal',
    evidence,
    environments,
    verb: 'creates',
    certainty: 'static',
    properties: { file, schedule, command: shown, ...(user !== undefined && { user }) },
  };
}
