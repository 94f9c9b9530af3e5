import type { Answer } from '../../test/aws/proxy/answer.ts';
import type { Known, Recording } from '../../test/aws/proxy/recording.ts';
import { type AwsRequest, keyOf } from '../../test/aws/proxy/request.ts';
import { Copies } from './copies.ts';
import { type Frame, frameOf } from './frame.ts';
import { BATCHES, type GrowingList, LISTS } from './lists.ts';

/** Headers that belong to one body. */
const OF_BODY = new Set(['x-amz-crc32', 'content-length']);

/**
 * An account that is so many copies of a recorded one, made as it is asked for: filling moto with 100,000 resources
 * takes a quarter of an hour at best, and their answers would fill memory. Lists give their items of every copy, in
 * pages of the size that is asked for; details are those of the recording under another name; what the account has
 * nothing of stays as it is.
 */
export class Grown implements Known {
  readonly #recording: Recording;
  readonly #copies: Copies;
  readonly #count: number;
  readonly #lists = new Map<string, { frame: Frame; items: string[]; headers: Answer['headers'] }>();
  readonly #batches = new Map<string, Map<unknown, string>>();

  constructor(recording: Recording, count: number) {
    this.#recording = recording;
    this.#count = count;
    this.#copies = new Copies(recording.keys());
  }

  /** @throws on an answer that names the account's own things and that nothing says how to grow */
  get(key: string, request: AwsRequest): Answer | undefined {
    const list = LISTS[request.name];
    if (list) return this.#page(request, list);
    const batch = BATCHES[request.name];
    if (batch) return this.#batch(request, batch);
    const original = this.#copies.original(key);
    if (!original) {
      const answer = this.#recording.get(key);
      if (answer && this.#copies.names(answer.body.toString()))
        throw new Error(`${request.name} gives what grows with the account: lists.ts has to say how`);
      return answer;
    }
    const answer = this.#recording.get(original.text);
    return answer && answered(answer, this.#copies.rename(answer.body.toString(), original.copy));
  }

  set(key: string): void {
    throw new Error(`nothing is added to an account that is made as it is asked for: ${key}`);
  }

  #page(request: AwsRequest, list: GrowingList): Answer | undefined {
    const [parameter] = list.token;
    const { [parameter]: token, ...rest } = request.parameters;
    const key = keyOf({ ...request, parameters: rest });
    const known = this.#lists.get(key) ?? this.#all(request, rest, list);
    if (!known) return undefined;
    this.#lists.set(key, known);
    const { frame, items, headers } = known;
    const size = typeof list.size === 'number' ? list.size : Number(request.parameters[list.size] ?? 100);
    const from = Number(token ?? 0);
    const to = Math.min(from + size, items.length * this.#count);
    const page: string[] = [];
    for (let index = from; index < to; index++)
      page.push(this.#copies.rename(items[index % items.length] ?? '', Math.floor(index / items.length)));
    const next = to < items.length * this.#count ? String(to) : undefined;
    return answered({ status: 200, headers }, frame.around(page, next));
  }

  /** The items of every page that is recorded. */
  #all(request: AwsRequest, parameters: AwsRequest['parameters'], list: GrowingList) {
    const [parameter, member = parameter] = list.token;
    const members = { ...list, token: member };
    const first = this.#recording.get(keyOf({ ...request, parameters }));
    if (!first) return undefined;
    const frame = frameOf(first.body.toString(), members);
    const items = [...frame.items];
    for (let { next } = frame; next !== undefined; ) {
      const following = this.#recording.get(
        keyOf({ ...request, parameters: { ...parameters, [parameter]: next } }),
      );
      if (!following) return undefined;
      const page = frameOf(following.body.toString(), members);
      items.push(...page.items);
      next = page.next;
    }
    return { frame, items, headers: first.headers };
  }

  #batch(request: AwsRequest, { asked, items, by }: { asked: string; items: string; by: string }) {
    const known = this.#batches.get(request.name) ?? new Map<unknown, string>();
    if (known.size === 0)
      for (const key of this.#recording.keys())
        if (key.startsWith(`${request.name} `))
          for (const item of members(JSON.parse(String(this.#recording.get(key)?.body)), items))
            known.set((item as Record<string, unknown>)[by], JSON.stringify(item));
    this.#batches.set(request.name, known);
    const found: string[] = [];
    for (const name of members(request.parameters, asked)) {
      const original = this.#copies.original(String(name));
      const item = original && known.get(original.text);
      // what is not recorded is missing, not empty
      if (item === undefined) return undefined;
      found.push(this.#copies.rename(item, original?.copy ?? 0));
    }
    const headers = { 'content-type': 'application/x-amz-json-1.1' };
    return answered({ status: 200, headers }, `{"${items}":[${found.join(',')}],"failures":[]}`);
  }
}

const members = (holder: unknown, name: string): unknown[] => {
  const held = (holder as Record<string, unknown>)[name];
  return Array.isArray(held) ? held : [];
};

const answered = ({ status, headers }: Omit<Answer, 'body'>, body: string): Answer => ({
  status,
  headers: Object.fromEntries(Object.entries(headers).filter(([name]) => !OF_BODY.has(name))),
  body: Buffer.from(body),
});
