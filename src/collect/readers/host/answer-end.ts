import type { Frame } from './frames.ts';
import { COMMAND_SECONDS } from './remote-shell.ts';
import type { HostAnswer, HostCommand } from './session.ts';

/** What programs say, in the C locale, where the system or their service does not let in. */
const DENIED =
  /permission denied|operation not permitted|access denied|must be (?:run as )?(?:super)?(?:root|user)\b|are you root|you need to be root|requires? root|root privileges|interactive authentication required|a password is required|may not run sudo/i;
/** timeout(1); the signals KILL and TERM (signal(7)), to which POSIX shells add 128, and ksh 93 adds 256. */
const ENDED_BY_LIMIT = [124, 137, 143, 265, 271];

/** How a command ended, from its exit code (POSIX: 126, 127) and what it wrote. */
export function endOf(
  { seconds = COMMAND_SECONDS, needsRoot }: HostCommand,
  { code, stderr, isCut, took, asRoot }: Pick<Frame, 'code' | 'stderr' | 'isCut' | 'took' | 'asRoot'>,
): HostAnswer['end'] {
  if (isCut) return 'cut';
  if (code === 0) return 'done';
  if (code === undefined) return 'failed';
  if (ENDED_BY_LIMIT.includes(code) && took >= Math.max(0.5, seconds - 1) * 1000) return 'timeout';
  if (code === 127) return 'missing';
  if (code === 126 || DENIED.test(stderr) || (needsRoot && !asRoot)) return 'denied';
  return 'failed';
}
