/** What the SDK's clients have in common, as a seed needs it. */
interface Client {
  send(command: never): Promise<unknown>;
}

/** Makes calls of one service of an account in moto, by the SDK's own clients. */
export class Seeder {
  readonly region: string;
  readonly #endpoint: string;

  constructor(endpoint: string, region: string) {
    this.#endpoint = endpoint;
    this.region = region;
  }

  client<C>(Class: new (config: never) => C): C {
    return new Class({
      endpoint: this.#endpoint,
      region: this.region,
      credentials: { accessKeyId: 'testing', secretAccessKey: 'testing' },
      forcePathStyle: true,
      maxAttempts: 2,
    } as never);
  }

  /** One call; gives its answer. */
  async send<Input, Output>(
    client: Client,
    // biome-ignore lint/suspicious/noExplicitAny: every service of the SDK has its own wide types
    command: new (input: Input) => { resolveMiddleware(...all: any[]): any } & { readonly __output?: Output },
    input: Input,
  ): Promise<Record<string, never>> {
    return (await client.send(new command(input) as never)) as Record<string, never>;
  }
}

/** Each thing that is read is there twice: one that files name, one that they do not. */
export const TWO = ['one', 'two'] as const;
