import type { Json } from '#model/fact.ts';
import type { AwsRead, AwsWrite } from '#model/step.ts';
import type { Account, Call } from './account.ts';
import { edited } from './edit.ts';
import { findsIn, type Known, resolve } from './resolve.ts';

type Reads = Pick<Account, 'read' | 'document'>;

/** What the finds of a write give now. */
async function found(
  account: Reads,
  write: AwsWrite,
  names: Iterable<string>,
): Promise<Record<string, unknown>> {
  const all: Record<string, unknown> = {};
  for (const name of names) {
    const read = write.finds?.[name];
    if (read) all[name] = await account.document(read);
  }
  return all;
}

/**
 * The state that a write leads to, with what its finds give now and what the audit captured.
 * @throws Unresolved where one gives nothing; Refused where one gets no answer
 */
export async function stateAfter(
  account: Reads,
  write: AwsWrite,
  after: Json,
  before: Json | undefined,
): Promise<Json> {
  const finds = await found(account, write, findsIn(after));
  return JSON.parse(JSON.stringify(resolve(after, { finds, before, orNull: true }))) as Json;
}

/**
 * What is sent for a write, with what its finds give now and the document that it edits as it stands now. The finds come
 * first: an entity tag that was read before the document cannot let a change in between pass.
 * @throws Unresolved, Refused as {@link stateAfter}; InputError where the edit does not fit the document
 */
export async function callOf(
  account: Reads,
  write: AwsWrite,
  before: Json | undefined,
  token: string,
): Promise<Call> {
  const { service, operation, region, edit } = write;
  const finds = await found(account, write, new Set([...findsIn(write.input), ...findsIn(edit?.set)]));
  const known: Known = { finds, before };
  let input = resolve(write.input, known) as Record<string, unknown>;
  if (edit) {
    const places = edit.set.map(({ path, value }) => ({ path, value: resolve(value, known) }));
    const document = edited(await account.document(edit.read), { ...edit, set: places });
    input =
      edit.as === undefined
        ? { ...(document as Record<string, unknown>), ...input }
        : { ...input, [edit.as]: document };
  }
  return { service, operation, input, token, ...(region !== undefined && { region }) };
}

/** Every read that a write needs, for what is to be known or allowed beforehand. */
export const readsOf = ({ finds = {}, edit }: AwsWrite): AwsRead[] => [
  ...Object.values(finds),
  ...(edit ? [edit.read] : []),
];
