import { NodeHttpHandler } from '@smithy/node-http-handler';
import type { Json } from '#model/fact.ts';
import type { AwsEdit, AwsRead, AwsWrite } from '#model/step.ts';
import { select } from '#plan/jmespath.ts';

/** Packages of the SDK by what AWS's command line calls their services. */
const PACKAGES: Readonly<Record<string, string>> = {
  elbv2: 'elastic-load-balancing-v2',
  route53: 'route-53',
  logs: 'cloudwatch-logs',
};

interface SdkClient {
  send(command: unknown): Promise<Record<string, Json>>;
  destroy(): void;
}
type Module = Record<string, new (settings: unknown) => unknown>;

/** Sends the calls of a plan to an endpoint, as `constat apply` would. For tests alone: it confirms and keeps nothing. */
export class Executor {
  readonly #endpoint: string;
  readonly #clients = new Map<string, { client: SdkClient; module: Module }>();

  constructor(endpoint: string) {
    this.#endpoint = endpoint;
  }

  /** What the query of a read gives. */
  async read({ service, operation, region, input, query }: AwsRead): Promise<Json> {
    const output = await this.#send(service, operation, region, input);
    return select(output, query);
  }

  /** Makes a write, with what it finds and edits at that moment. */
  async write({ service, operation, region, input, finds = {}, edit }: AwsWrite): Promise<void> {
    const found = new Map<string, Json>();
    for (const [name, one] of Object.entries(finds)) {
      const value = await this.read(one);
      if (value === null) throw new Error(`nothing is found for ${name}`);
      found.set(name, value);
    }
    const whole = edit ? await this.#document(edit, found) : {};
    await this.#send(service, operation, region, {
      ...whole,
      ...(filled(input, found) as Record<string, Json>),
    });
  }

  /** A state after a write, in which what it finds stands. */
  async after(after: Json, { finds = {} }: AwsWrite): Promise<Json> {
    const found = new Map<string, Json>();
    for (const [name, one] of Object.entries(finds)) found.set(name, await this.read(one));
    return filled(after, found);
  }

  async #document(edit: AwsEdit, found: ReadonlyMap<string, Json>): Promise<Record<string, Json>> {
    const document = structuredClone(await this.read(edit.read));
    for (const { path, value } of edit.set) place(document, path, filled(value, found));
    for (const path of edit.remove ?? []) place(document, path, undefined);
    return edit.as === undefined ? (document as Record<string, Json>) : { [edit.as]: document };
  }

  async #send(
    service: string,
    operation: string,
    region: string | undefined,
    input: Record<string, Json>,
  ): Promise<Record<string, Json>> {
    const { client, module } = await this.#client(service, region ?? 'us-east-1');
    const Command = module[`${operation}Command`];
    if (!Command) throw new Error(`${service} has no ${operation}`);
    return await client.send(new Command(input));
  }

  async #client(service: string, region: string): Promise<{ client: SdkClient; module: Module }> {
    const key = `${service} ${region}`;
    const known = this.#clients.get(key);
    if (known) return known;
    const module = (await import(`@aws-sdk/client-${PACKAGES[service] ?? service}`)) as Module;
    const name = Object.keys(module).find((one) => /^[A-Z].*Client$/.test(one) && !one.startsWith('__'));
    const Client = module[name ?? ''];
    if (!Client) throw new Error(`no client of ${service}`);
    const client = new Client({
      endpoint: this.#endpoint,
      region,
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
      requestHandler: new NodeHttpHandler({ requestTimeout: 30_000 }),
    }) as SdkClient;
    const made = { client, module };
    this.#clients.set(key, made);
    return made;
  }

  close(): void {
    for (const { client } of this.#clients.values()) client.destroy();
  }
}

function filled(value: Json, found: ReadonlyMap<string, Json>): Json {
  if (Array.isArray(value)) return value.map((one) => filled(one, found));
  if (typeof value !== 'object' || value === null) return value;
  if (typeof value.$find === 'string') return found.get(value.$find) ?? null;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, filled(inner, found)]));
}

/** Sets or removes what an RFC 6901 pointer leads to. */
function place(document: Json, pointer: string, value: Json | undefined): void {
  const tokens = pointer
    .split('/')
    .slice(1)
    .map((one) => one.replaceAll('~1', '/').replaceAll('~0', '~'));
  const last = tokens.pop() ?? '';
  let at = document as Record<string, Json>;
  for (const token of tokens) {
    at[token] ??= {};
    at = at[token] as Record<string, Json>;
  }
  if (Array.isArray(at) && last === '-') at.push(value ?? null);
  else if (value === undefined) delete at[last];
  else at[last] = value;
}
