import type { Json } from '#model/fact.ts';
import type { AwsRead, AwsWrite, Change, ProofCheck, Step } from '#model/step.ts';
import type { Text } from '#model/text.ts';

/** A change whose `before` is not captured yet. `$before` may stand in `write` and `after` too. */
export interface DraftChange extends Omit<Change, 'before'> {
  /** How it is undone where nothing was there before, and another call sets back what was. */
  undoOfNone?: AwsWrite;
  /** Seconds until which the state may take to be so. */
  within?: number;
  /** What must be so of what was captured, as the check saw it: else the step is not what it was planned for. */
  expects?: { query: string; equals: Json };
}

/**
 * Commands that a person runs in the repository: Constat changes no file of it. Each is for a POSIX shell at its root,
 * every value filled in.
 */
export interface HandWork {
  command: string;
  undo?: string;
  /** What the audit saw of what they change, by the command that shows it. */
  before: Record<string, Json>;
  /** What shows that it is done, where no check of {@link DraftStep.proofs} does. */
  proof?: { title: Text; command: string; expected: Text };
}

/** A proof without its id and its command, which follow from it. */
export interface DraftProof {
  title: Text;
  expected: Text;
  check: ProofCheck;
  resources?: string[];
}

/** A step before the estate is read for it, and before its place among the others is known. */
export interface DraftStep
  extends Pick<Step, 'title' | 'reason' | 'risk' | 'cost' | 'duration' | 'irreversible' | 'needs'> {
  changes: DraftChange[];
  /** Beside that of each change, which is its own read again. */
  proofs: DraftProof[];
  /** What holds once it is done, in words that `requires` of other steps repeat: `listener arn:… 443`. */
  provides?: string[];
  /** What must hold first; what no step provides holds already. */
  requires?: string[];
  /** Steps that name the same thing are taken one after the other: the API takes it whole, or deploys it anew. */
  alone?: string;
  /** Where another step provides this, this one is not taken, and its findings are that one's. */
  unless?: string;
  /** Of a step that only a person can take: the call that begins it, or the command. */
  suggestion?: AwsWrite | string;
  /** Of a step that a person takes with commands. */
  hand?: HandWork;
}

/** A step with its place. */
export interface PlacedStep extends DraftStep {
  /** `S-01`, in an order in which they can be applied. */
  id: string;
  /** Ids of the steps that it needs first. */
  after: string[];
  /** Gap ids. */
  findings: string[];
}

/** A plan that is not read for yet. */
export interface Drafts {
  steps: PlacedStep[];
  /** Proofs of whole paths. */
  proofs: DraftProof[];
}

export const say = (fr: string, en: string): Text => ({ fr, en });

/** What an AWS call gives, with the region where the service has any. */
export const read = (
  service: string,
  operation: string,
  region: string | undefined,
  input: Record<string, Json>,
  query: string,
): AwsRead => ({ service, operation, ...(region !== undefined && { region }), input, query });

export const write = (
  service: string,
  operation: string,
  region: string | undefined,
  input: Record<string, Json>,
  more: Pick<AwsWrite, 'finds' | 'edit'> = {},
): AwsWrite => ({ service, operation, ...(region !== undefined && { region }), input, ...more });
