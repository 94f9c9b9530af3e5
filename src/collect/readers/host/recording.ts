import { classify } from '#collect/repo/value-class.ts';
import { maskSecrets } from '#lib/mask.ts';
import type { HostAnswer, HostCommand, HostSession } from './session.ts';

/** What a host answered once, by the ids of its commands: a real reading that stands in where no host can be asked. */
export interface HostRecording {
  address: string;
  answers: Record<string, Pick<HostAnswer, 'end' | 'code' | 'stdout' | 'stderr' | 'asRoot'>>;
}

const ASSIGNMENT = /([A-Za-z_][\w.-]{0,80})=([^\s"';]{1,400})/g;
const LONGEST_LINE = 20_000;

/** Text of an answer without what is likely a secret: by its form, and by the name that it is given to. */
function masked(text: string): string {
  // A certificate is public, and looks like a secret line by line.
  let isCertificate = false;
  return text
    .split('\n')
    .map((line) => {
      if (line.includes('-----BEGIN CERTIFICATE-----')) isCertificate = true;
      const isPublic = isCertificate && /^\|?(?:-----|[A-Za-z0-9+/=]{1,76}$)/.test(line);
      if (!isPublic || line.includes('-----END')) isCertificate = false;
      if (isPublic) return line;
      return maskSecrets(line.slice(0, LONGEST_LINE)).replace(
        ASSIGNMENT,
        (whole, name: string, value: string) =>
          classify(name, value).secret && !value.includes('…') ? `${name}=…` : whole,
      );
    })
    .join('\n');
}

/** A host that answers what was recorded; a command that was not recorded is one whose program is missing. */
export function recordedHost({ address, answers }: HostRecording): HostSession {
  return {
    address,
    ask: async (commands) =>
      commands.map(({ id, operation }: HostCommand): HostAnswer => {
        const known = Object.hasOwn(answers, id) ? answers[id] : undefined;
        return known
          ? { id, operation, ...known }
          : { id, operation, end: 'missing', code: 127, stdout: '', stderr: '', asRoot: false };
      }),
    close: () => {},
  };
}

/** The same session, and what it answered so far with secret values masked: fit to be kept with tests. */
export function recordingOf(session: HostSession): { session: HostSession; recording(): HostRecording } {
  const answers = new Map<string, HostAnswer>();
  return {
    session: {
      address: session.address,
      ask: async (commands) => {
        const given = await session.ask(commands);
        for (const answer of given) answers.set(answer.id, answer);
        return given;
      },
      get broken() {
        return session.broken;
      },
      close: () => session.close(),
    } as HostSession,
    recording: () => ({
      address: session.address,
      answers: Object.fromEntries(
        [...answers].map(([id, { end, code, stdout, stderr, asRoot }]) => [
          id,
          { end, code, stdout: masked(stdout), stderr: masked(stderr), asRoot },
        ]),
      ),
    }),
  };
}
