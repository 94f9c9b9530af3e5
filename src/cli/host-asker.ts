import type { HostAsker } from '#act/prove.ts';
import { openHost } from '#collect/readers/host/open-host.ts';
import type { HostAnswer, HostSession } from '#collect/readers/host/session.ts';
import { hostAnswer, hostCommand, needsRoot } from '#model/host-command.ts';

/** How hosts are reached for proofs. */
export interface AskerOptions {
  sshConfig?: string;
  sudo?: boolean;
}

/** Seconds in which all proofs of one host are to be asked. */
const PATIENCE = 600;

const WHY: Record<Exclude<HostAnswer['end'], 'done' | 'failed'>, string> = {
  missing: 'the host has no such program',
  denied: 'the host refuses: root alone may look (--sudo)',
  timeout: 'no answer in time',
  cut: 'more than can be taken',
  closed: 'the connection ended before an answer',
};

/** Asks hosts what proofs ask of them: one connection for each, opened when it is first needed. */
export function hostAsker({ sshConfig, sudo }: AskerOptions): { ask: HostAsker; close(): void } {
  const sessions = new Map<string, HostSession>();
  const sessionOf = (address: string): HostSession => {
    const known = sessions.get(address);
    if (known) return known;
    const session = openHost({
      address,
      seconds: PATIENCE,
      ...(sshConfig !== undefined && { sshConfig }),
      ...(sudo && { sudo }),
    });
    sessions.set(address, session);
    return session;
  };
  let asked = 0;
  return {
    ask: async ({ host, question }) => {
      const session = sessionOf(host);
      asked += 1;
      const command = {
        id: `proof-${asked}`,
        operation: question.ask,
        script: hostCommand(question),
        ...(needsRoot(question) && { needsRoot: true }),
      };
      const [answer] = await session.ask([command]);
      if (session.broken || !answer)
        return { why: (session.broken?.why.en ?? 'the host was not asked').replaceAll('`', ''), final: true };
      const said = hostAnswer(question, answer);
      if (said !== undefined) return { answer: said };
      return answer.end === 'done' || answer.end === 'failed'
        ? { why: 'what the host answers says nothing of it' }
        : { why: WHY[answer.end], final: answer.end === 'missing' || answer.end === 'denied' };
    },
    close: () => {
      for (const session of sessions.values()) session.close();
    },
  };
}
