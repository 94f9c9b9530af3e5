/** The most pages of one list: a service that repeats itself must not be asked for ever. */
const MOST = 10_000;

/**
 * The pages of a list for which the SDK has no paginator, by the token that each gives for the next.
 * @throws what `ask` throws
 */
export async function* tokenPages<Output extends object>(
  ask: (token: string | undefined) => Promise<Output>,
): AsyncIterable<Output> {
  let token: string | undefined;
  for (let page = 0; page < MOST; page += 1) {
    const output = await ask(token);
    yield output;
    const members = output as Record<string, unknown>;
    const next = members.NextToken ?? members.nextToken ?? members.NextMarker ?? members.Marker;
    if (typeof next !== 'string' || next === '' || next === token) return;
    token = next;
  }
}
