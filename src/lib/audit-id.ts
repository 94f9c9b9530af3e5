import { createHash } from 'node:crypto';

/** The id of an audit: its day, and eight hexadecimal digits of what was audited and when. */
export function auditId(estate: string, commit: string | undefined, startedAt: string): string {
  const digest = createHash('sha256')
    .update(`${estate}\n${commit ?? ''}\n${startedAt}`)
    .digest('hex');
  return `${startedAt.slice(0, 10).replaceAll('-', '')}-${digest.slice(0, 8)}`;
}
