import { shellQuote } from '#lib/shell-quote.ts';
import type { HostState } from '#model/host.ts';
import type { HostQuestion } from '#model/host-question.ts';
import type { Text } from '#model/text.ts';
import type { DraftProof } from './draft.ts';

type Host = Pick<HostState, 'address' | 'user'>;

/**
 * A command that changes a host, from where the audit was started. Who is not root there needs sudo, which asks for a
 * password where it has to: over ssh it gets a terminal.
 * @param commands each for a POSIX shell, one after another; what fails ends it
 */
export function onHost({ address, user }: Host, commands: readonly string[]): string {
  const script = commands.join(' && ');
  if (address === 'local') return user.isRoot ? commands.join('\n') : `sudo sh -c ${shellQuote(script)}`;
  return user.isRoot
    ? `ssh ${shellQuote(address)} ${shellQuote(script)}`
    : `ssh -t ${shellQuote(address)} ${shellQuote(`sudo sh -c ${shellQuote(script)}`)}`;
}

/** A proof that asks a host one question. */
export const hostProof = (
  { address }: Pick<Host, 'address'>,
  title: Text,
  expected: Text,
  question: HostQuestion,
  equals: readonly [string, ...string[]],
  within?: number,
): DraftProof => ({
  title,
  expected,
  check: {
    type: 'host',
    host: address,
    question,
    equals: [...equals],
    ...(within !== undefined && { within }),
  },
});
