import { NodeHttpHandler } from '@smithy/node-http-handler';

/** The least that every client of the SDK has. */
interface Client {
  destroy(): void;
}
type ClientClass<C extends Client> = new (settings: never) => C;

/** What an account holds already, by the names that its description uses. */
export class Made {
  readonly endpoint: string;
  readonly region: string;
  readonly account: string;
  readonly #clients = new Map<string, Client>();
  readonly #ids = new Map<string, string>();

  constructor(endpoint: string, region: string, account: string) {
    this.endpoint = endpoint;
    this.region = region;
    this.account = account;
  }

  /** The client of a service, made once for a region. */
  client<C extends Client>(Class: ClientClass<C>, region = this.region): C {
    const key = `${Class.name} ${region}`;
    const known = this.#clients.get(key);
    if (known) return known as C;
    const settings = {
      endpoint: this.endpoint,
      region,
      forcePathStyle: true,
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
      requestHandler: new NodeHttpHandler({ requestTimeout: 60_000 }),
    };
    const client = new Class(settings as never);
    this.#clients.set(key, client);
    return client;
  }

  /** Keeps what AWS calls something: `keep('subnet', 'public-a', 'subnet-0123')`. */
  keep(what: string, name: string, id: string | undefined): string {
    if (!id) throw new Error(`the ${what} ${name} was made without an id`);
    this.#ids.set(`${what} ${name}`, id);
    return id;
  }

  /**
   * What AWS calls something that the description names.
   *
   * @throws where the description has nothing of that name, or has it later
   */
  id(what: string, name: string): string {
    const id = this.#ids.get(`${what} ${name}`);
    if (!id) throw new Error(`the description has no ${what} ${name}`);
    return id;
  }

  /** The ids of several. */
  ids(what: string, names: readonly string[] | undefined): string[] {
    return (names ?? []).map((name) => this.id(what, name));
  }

  /** Every id by `kind name`. */
  get all(): Record<string, string> {
    return Object.fromEntries(this.#ids);
  }

  close(): void {
    for (const client of this.#clients.values()) client.destroy();
  }
}

/** One after the other, so that what moto makes up is the same each time. */
export async function each<T>(
  things: Record<string, T> | undefined,
  make: (name: string, thing: T) => Promise<unknown>,
): Promise<void> {
  for (const [name, thing] of Object.entries(things ?? {})) await make(name, thing);
}
