import { writeCommand } from '#lib/aws-command-line.ts';
import type { Json } from '#model/fact.ts';
import type { Refusal } from '#model/lookup.ts';
import type { AwsRead, AwsWrite, Change, Proof, Step } from '#model/step.ts';
import { code, type Text } from '#model/text.ts';
import { isSame, keyOfRead, resolveBefore, withBefore } from './before.ts';
import type { DraftChange, DraftProof, Drafts, HandWork, PlacedStep } from './draft.ts';
import { select } from './jmespath.ts';
import { proofCommand } from './proof-command.ts';

/** What was read of the states that a plan changes, by {@link keyOfRead}: a value, or why there is none. */
export type Captured = ReadonlyMap<string, { value: Json } | { refusal: Refusal }>;

/** The states to read before a plan can be shown, each once. */
export function capturesOf({ steps }: Drafts): AwsRead[] {
  const reads = steps.flatMap(({ changes }) => changes.map(({ state }) => state));
  return [...new Map(reads.map((one) => [keyOfRead(one), one])).values()];
}

/**
 * The plan with what was captured: the values before, the commands, how each is undone and proven, and which can be
 * applied now.
 */
export function finish(
  { steps: drafts, proofs: ofPaths }: Drafts,
  captured: Captured,
): { steps: Step[]; proofs: Proof[] } {
  const proofs: Proof[] = [];
  const prove = (draft: DraftProof | NonNullable<HandWork['proof']>): string => {
    const proof = 'check' in draft ? { ...draft, command: proofCommand(draft.check) } : draft;
    const keyOf = (one: Pick<Proof, 'check' | 'command'>) => JSON.stringify(one.check ?? one.command);
    const known = proofs.find((one) => keyOf(one) === keyOf(proof));
    if (known) return known.id;
    const id = `P-${String(proofs.length + 1).padStart(2, '0')}`;
    proofs.push({ id, ...proof });
    return id;
  };
  const steps: Step[] = [];
  for (const draft of drafts) steps.push(stepOf(draft, captured, prove, steps));
  for (const draft of ofPaths) prove(draft);
  return { steps, proofs };
}

function stepOf(
  draft: PlacedStep,
  captured: Captured,
  prove: (draft: DraftProof | NonNullable<HandWork['proof']>) => string,
  earlier: readonly Step[],
): Step {
  const {
    changes: drafts,
    proofs,
    provides: _p,
    requires: _r,
    alone: _a,
    unless: _u,
    suggestion,
    hand,
    ...step
  } = draft;
  const changes: Change[] = [];
  const needs: Text[] = [...(step.needs ?? [])];
  for (const change of drafts) {
    const seen = captured.get(keyOfRead(change.state));
    if (seen && 'value' in seen && isExpected(change, seen.value))
      changes.push(withCaptured(change, seen.value));
    else if (seen && 'value' in seen) needs.push(changedSince(change.state, seen.value));
    else needs.push(seen ? refused(change.state, seen.refusal) : unread(change.state));
  }
  // a step of which a part cannot be told is not applied in part
  const whole = changes.length === drafts.length ? changes : [];
  const undo = [...whole].reverse().flatMap((change) => change.undo ?? []);
  const canUndo = whole.length > 0 && undo.length === whole.length;
  const { needs: _needs, ...own } = step;
  return {
    ...own,
    ...(needs.length > 0 && { needs }),
    command: hand?.command ?? commandOf(whole, suggestion),
    state: stateOf(draft, whole, needs, earlier),
    ...(whole.length > 0
      ? { before: shownBefore(whole) }
      : hand && Object.keys(hand.before).length > 0 && { before: hand.before }),
    ...(canUndo
      ? { rollback: { command: commandsOf(undo) } }
      : hand?.undo !== undefined && { rollback: { command: hand.undo } }),
    proofs: [
      ...whole.flatMap((change, index) => changeProof(draft, change, drafts[index]?.within)),
      ...(whole.length === drafts.length ? proofs : []),
      ...(hand?.proof ? [hand.proof] : []),
    ].map(prove),
    changes: whole,
  };
}

/** Whether the estate is still what the check saw, or what the change leads to. */
const isExpected = ({ expects, after }: DraftChange, before: Json): boolean =>
  expects === undefined || isSame(before, after) || isSame(select(before, expects.query), expects.equals);

const commandsOf = (writes: readonly AwsWrite[]): string => writes.map(writeCommand).join('\n');

function commandOf(changes: readonly Change[], suggestion: AwsWrite | string | undefined): string {
  if (changes.length > 0) return commandsOf(changes.map(({ write }) => write));
  return typeof suggestion === 'object' ? commandsOf([suggestion]) : (suggestion ?? '');
}

function withCaptured({ write, state, after, ...draft }: DraftChange, before: Json): Change {
  const undo = (before === null ? draft.undoOfNone : undefined) ?? draft.undo;
  return {
    write: withBefore(write, before),
    state,
    before,
    after: resolveBefore(after, before),
    ...(undo && { undo: withBefore(undo, before) }),
  };
}

const holdsFind = (value: Json): boolean => JSON.stringify(value).includes('"$find"');

/** The read of a change again, with what it gives once the change is done. What only the moment knows proves nothing. */
function changeProof(
  { title }: PlacedStep,
  { state, after }: Change,
  within: number | undefined,
): DraftProof[] {
  if (holdsFind(after)) return [];
  const shown = code(JSON.stringify(after));
  return [
    {
      title,
      expected: { fr: `la lecture donne ${shown}`, en: `the read gives ${shown}` },
      check: { type: 'aws', read: state, equals: after, ...(within !== undefined && { within }) },
    },
  ];
}

function stateOf(
  { after, hand }: PlacedStep,
  changes: readonly Change[],
  needs: readonly Text[],
  earlier: readonly Step[],
): Step['state'] {
  if (needs.length > 0 || (changes.length === 0 && !hand)) return 'needs-input';
  if (!hand && changes.every((change) => isSame(change.before ?? null, change.after))) return 'applied';
  return after.some((id) => earlier.find((one) => one.id === id)?.state !== 'applied') ? 'blocked' : 'ready';
}

/** By the read that gave it. */
const shownBefore = (changes: readonly Change[]): Record<string, Json> =>
  Object.fromEntries(
    changes.map(({ state, before }) => [
      `${state.service} ${state.operation} ${state.query}`,
      before ?? null,
    ]),
  );

function refused({ service, operation }: AwsRead, { permission, why }: Refusal): Text {
  const name = code(`${service}:${operation}`);
  return {
    fr: `La valeur d’avant n’a pas pu être lue (${name})\u00a0: ${why.fr}${permission ? `\u00a0; permission à donner\u00a0: ${code(permission)}` : ''}.`,
    en: `The value before could not be read (${name}): ${why.en}${permission ? `; permission to give: ${code(permission)}` : ''}.`,
  };
}

function changedSince({ service, operation }: AwsRead, value: Json): Text {
  const [name, seen] = [code(`${service}:${operation}`), code(JSON.stringify(value))];
  return {
    fr: `L’état lu (${name}) n’est pas celui que le contrôle a vu : ${seen}. Reprendre l’audit.`,
    en: `The state that was read (${name}) is not the one that the check saw: ${seen}. Audit again.`,
  };
}

function unread({ service, operation }: AwsRead): Text {
  const name = code(`${service}:${operation}`);
  return {
    fr: `La valeur d’avant n’a pas été lue (${name})\u00a0: lancer l’audit avec \`--aws\`.`,
    en: `The value before was not read (${name}): run the audit with \`--aws\`.`,
  };
}
