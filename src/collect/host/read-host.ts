import type { Coverage, CoverageState, Operation } from '#model/coverage.ts';
import { emptyHostState, HOST_PARTS, type HostPart, type HostState } from '#model/host.ts';
import type { Refusal } from '#model/lookup.ts';
import { code, type Text } from '#model/text.ts';
import { hostAddress } from '../readers/host/address.ts';
import { type HostRequest, openHost } from '../readers/host/open-host.ts';
import type { HostAnswer, HostCommand, HostSession } from '../readers/host/session.ts';
import { withContainers } from './engines/listeners.ts';
import { withReach } from './reach.ts';
import { note, refusalOf } from './refusals.ts';
import type { HostSection } from './section.ts';

export interface HostReading {
  state: HostState;
  /** One entry, of source `host`; its scope is the host's name. */
  coverage: Coverage[];
  /** Why the host was not opened, or was lost. */
  broken?: Refusal;
}

/**
 * Opens a host and reads it: what is asked blindly in one go, then what is asked of what was seen in another.
 * Never throws for what a host does or is: what was not read stands in the state's refusals and in the coverage.
 * @param clock when the reading begins
 */
export async function readHost(
  request: HostRequest,
  sections: readonly HostSection[],
  clock: () => Date,
): Promise<HostReading> {
  const session = openHost(request);
  try {
    return await readSession(session, request, sections, clock);
  } finally {
    session.close();
  }
}

/** The same, of a session that is open: a recorded one too. */
export async function readSession(
  session: HostSession,
  { name, address }: Pick<HostRequest, 'name' | 'address'>,
  sections: readonly HostSection[],
  clock: () => Date,
): Promise<HostReading> {
  const to = hostAddress(address);
  const host = 'to' in to && to.to === 'ssh' ? to.host : undefined;
  const at = clock()
    .toISOString()
    .replace(/\.\d{3}Z$/, 'Z');
  const state = emptyHostState(name ?? host ?? address, address, at);
  const operations = new Map<string, Operation>();
  let isOpened = false;
  for (const round of [1, 2] as const) {
    const asked = sections.filter((section) => section.round === round);
    const commands = asked.map((section) => attempt(state, section, () => section.commands(state)) ?? []);
    const all = commands.flat();
    if (all.length === 0) continue;
    const answers = await session.ask(all);
    const needsRoot = new Set(all.filter((command) => command.needsRoot).map(({ id }) => id));
    for (const answer of answers) count(operations, answer, needsRoot.has(answer.id));
    isOpened ||= answers.some(({ end }) => end !== 'closed' && end !== 'timeout') || !session.broken;
    if (!isOpened) break;
    const byId = new Map(answers.map((answer) => [answer.id, answer]));
    asked.forEach((section, index) => {
      const own = (commands[index] ?? []).flatMap(({ id }: HostCommand) => byId.get(id) ?? []);
      attempt(state, section, () => section.read(new Map(own.map((answer) => [answer.id, answer])), state));
    });
  }
  state.listeners = withContainers(state);
  state.listeners = withReach(state).listeners;
  const { broken } = session;
  if (!isOpened && broken) for (const part of HOST_PARTS) note(state, part, broken);
  if (name === undefined && host === undefined && state.hostname) state.name = state.hostname;
  return {
    state,
    coverage: [coverageOf(state, operations, broken, isOpened)],
    ...(broken && { broken }),
  };
}

/** What a section throws is a fault of its own: its parts are then unknown, and the reading goes on. */
function attempt<T>(state: HostState, { parts }: HostSection, act: () => T): T | undefined {
  try {
    return act();
  } catch (error) {
    const fault = code(error instanceof Error ? error.name : 'Error');
    for (const part of parts)
      note(state, part, {
        sort: 'failed',
        operation: part,
        why: {
          fr: `la lecture de ${code(part)} a échoué dans Constat même (${fault})`,
          en: `reading ${code(part)} failed in Constat itself (${fault})`,
        },
      });
    return undefined;
  }
}

function count(operations: Map<string, Operation>, answer: HostAnswer, needsRoot: boolean): void {
  const known = operations.get(answer.operation) ?? {
    name: answer.operation,
    calls: 0,
    denied: 0,
    throttled: 0,
    failed: 0,
  };
  operations.set(answer.operation, known);
  known.calls += 1;
  const refusal = refusalOf(answer);
  if (refusal?.sort === 'denied') {
    known.denied += 1;
    if (needsRoot) known.permission ??= 'root';
  } else if (refusal?.sort === 'unavailable') known.unavailable = (known.unavailable ?? 0) + 1;
  else if (refusal) known.failed += 1;
}

function coverageOf(
  state: HostState,
  operations: ReadonlyMap<string, Operation>,
  broken: Refusal | undefined,
  isOpened: boolean,
): Coverage {
  const entries = Object.entries(state.refusals) as [HostPart, Refusal][];
  // What a host does not have is no gap of the reading.
  const gaps = entries.filter(([, { sort }]) => sort !== 'unavailable');
  const listed = [...operations.values()];
  for (const [, { operation, permission }] of gaps) {
    const one = operations.get(operation);
    if (one && permission !== undefined) one.permission ??= permission;
  }
  const how: CoverageState =
    !isOpened && broken
      ? broken.sort === 'denied'
        ? 'denied'
        : 'failed'
      : gaps.length > 0 || broken
        ? 'partial'
        : 'complete';
  const reason: Text | undefined = broken?.why ?? (how === 'partial' ? gaps[0]?.[1].why : undefined);
  return {
    source: 'host',
    scope: state.name,
    state: how,
    ...(reason && { reason }),
    operations: isOpened ? listed : [],
  };
}
