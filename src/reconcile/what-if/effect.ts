import type { CallEvidence, Evidence, FileEvidence } from '#model/evidence.ts';
import type { HostContainer, HostPart, HostState } from '#model/host.ts';
import { code, type Text } from '#model/text.ts';
import type { Effect } from '#model/what-if.ts';

/** What one part of a file would do, and what of it could not be told. */
export interface Foretold {
  effects: Effect[];
  unknown: Text[];
}

export const nothing = (): Foretold => ({ effects: [], unknown: [] });

export const together = (parts: readonly Foretold[]): Foretold => ({
  effects: parts.flatMap(({ effects }) => effects),
  unknown: parts.flatMap(({ unknown }) => unknown),
});

export const say = (fr: string, en: string): Text => ({ fr, en });

/** A line of the file that is looked at. */
export const lineOf = (file: string, line: number): FileEvidence => ({ source: 'repo', file, line });

/** A reading of the host; `operation` is the program that said it. */
export const seen = ({ at }: Pick<HostState, 'at'>, operation: string, excerpt?: string): CallEvidence => ({
  source: 'host',
  operation,
  at,
  ...(excerpt !== undefined && { excerpt }),
});

/** How the engine says what a container is. */
export const inspected = (host: HostState, container: HostContainer): CallEvidence =>
  seen(
    host,
    `${container.engine} inspect`,
    [container.name, container.image, container.state].filter(Boolean).join(' · '),
  );

export const withFirst = (first: Evidence, rest: readonly Evidence[] = []): Effect['evidence'] => [
  first,
  ...rest,
];

/** Whether a list of the host is whole: what is not in it is then not there. */
export const isRead = (host: HostState, part: HostPart): boolean => host.refusals[part] === undefined;

/** Whether what the container engine holds was read in full. */
export const isEngineRead = (host: HostState, part: 'containers' | 'networks' | 'volumes' | 'images') =>
  host.engines.length > 0 && isRead(host, part);

/** What was not read of a host, with the reason that the reading gave. */
export function unread(host: HostState, part: HostPart, fr: string, en: string): Text[] {
  const why = host.refusals[part]?.why;
  return why ? [say(`${fr}\u00a0: ${why.fr}`, `${en}: ${why.en}`)] : [];
}

/** A value with a variable in it that nothing fills in. */
export const isOpen = (text: string): boolean => /[$⟨]/.test(text);

export const isUp = ({ state }: HostContainer): boolean => /^(?:running|restarting|paused)$/.test(state);

/** Names in a sentence: “`a`, `b` and 3 more” is the model's own; this is for names with a word before. */
export const container = (name: string): Text => say(`le conteneur ${code(name)}`, `container ${code(name)}`);

/** A sentence that begins with a capital letter. */
export const sentence = (text: Text): Text => ({
  fr: text.fr.charAt(0).toUpperCase() + text.fr.slice(1),
  en: text.en.charAt(0).toUpperCase() + text.en.slice(1),
});
