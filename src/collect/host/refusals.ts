import { maskSecrets } from '#lib/mask.ts';
import type { HostPart, HostState } from '#model/host.ts';
import type { Refusal } from '#model/lookup.ts';
import { code, type Text } from '#model/text.ts';
import type { HostAnswer } from '../readers/host/session.ts';

const LONGEST_LINE = 120;

/** The last line that a command wrote of what went wrong, fit to be shown. */
function lastLine(stderr: string): string | undefined {
  const line = stderr
    .split('\n')
    .map((one) => one.trim())
    .filter(Boolean)
    .at(-1);
  return line && code(maskSecrets(line.slice(0, 400)).slice(0, LONGEST_LINE));
}

function why(answer: HostAnswer, permission: string | undefined): Text {
  const operation = code(answer.operation);
  const line = lastLine(answer.stderr);
  switch (answer.end) {
    case 'missing':
      return {
        fr: `${operation}\u00a0: le programme n’est pas sur cet hôte`,
        en: `${operation}: the program is not on this host`,
      };
    case 'denied':
      return {
        fr: `${operation} a été refusé${permission ? ` (il y faut ${code(permission)})` : ''}`,
        en: `${operation} was denied${permission ? ` (it needs ${code(permission)})` : ''}`,
      };
    case 'timeout':
      return {
        fr: `${operation} n’a pas fini dans le temps donné`,
        en: `${operation} did not end within its time`,
      };
    case 'cut':
      return {
        fr: `la réponse de ${operation} dépasse ce qui est lu\u00a0: la suite est inconnue`,
        en: `the answer of ${operation} is longer than what is read: the rest is unknown`,
      };
    case 'closed':
      return {
        fr: `la connexion s’est fermée avant la réponse de ${operation}`,
        en: `the connection closed before ${operation} was answered`,
      };
    default:
      return {
        fr: `${operation} a échoué (code ${answer.code})${line ? `\u00a0: ${line}` : ''}`,
        en: `${operation} failed (code ${answer.code})${line ? `: ${line}` : ''}`,
      };
  }
}

/**
 * Why an answer says nothing, or not all; undefined where it is whole. A command that was never asked is no refusal.
 * @param permission what would open it: `root`, or the group that may: `docker group`
 */
export function refusalOf(answer: HostAnswer, permission?: string): Refusal | undefined {
  if (answer.end === 'done') return undefined;
  const sort = answer.end === 'denied' ? 'denied' : answer.end === 'missing' ? 'unavailable' : 'failed';
  return {
    sort,
    operation: answer.operation,
    ...(sort === 'denied' && permission !== undefined && { permission }),
    why: why(answer, permission),
  };
}

/** A command that was answered, by root's view only in part: what ordinary users may not see is not in it. */
export const seenInPart = ({ operation }: HostAnswer, permission = 'root'): Refusal => ({
  sort: 'denied',
  operation,
  permission,
  why: {
    fr: `${code(operation)} ne montre pas tout sans ${code(permission)}`,
    en: `${code(operation)} does not show everything without ${code(permission)}`,
  },
});

/** What was given is not in the form that the command's manual gives. */
export const notUnderstood = ({ operation }: HostAnswer): Refusal => ({
  sort: 'failed',
  operation,
  why: {
    fr: `la réponse de ${code(operation)} n’est pas dans une forme connue`,
    en: `the answer of ${code(operation)} is not in a known form`,
  },
});

/** Puts a refusal to a part: the first one stands. */
export function note(state: HostState, part: HostPart, refusal: Refusal | undefined): void {
  if (refusal) state.refusals[part] ??= refusal;
}

/**
 * Puts to a part why an answer says nothing, or not all.
 * @returns whether nothing of the answer is to be read. `timeout` and `cut` leave what came until then.
 */
export function refuse(state: HostState, part: HostPart, answer: HostAnswer, permission?: string): boolean {
  const refusal = refusalOf(answer, permission);
  note(state, part, refusal);
  return refusal !== undefined && !(['timeout', 'cut'].includes(answer.end) && answer.stdout !== '');
}
