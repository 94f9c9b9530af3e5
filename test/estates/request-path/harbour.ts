import { audit } from '#audit.ts';
import type { Audit } from '#model/audit.ts';
import type { Path } from '#model/path.ts';
import type { Moto } from '../../aws/moto.ts';
import { startMoto } from '../../aws/moto.ts';
import type { Answer } from '../../aws/proxy/answer.ts';
import type { Known } from '../../aws/proxy/recording.ts';
import type { AwsRequest } from '../../aws/proxy/request.ts';
import { type AwsProxy, startProxy } from '../../aws/proxy.ts';
import { Made } from '../../aws/seed/made.ts';
import { ACCOUNT, fill, REGION, URLS } from './account.ts';
import { Answers } from './answers.ts';
import { asIfRunning } from './as-if-running.ts';

/** The day of every audit of this estate: certificates of moto are valid from the day on which they are made. */
export const TODAY = new Date();

/** Operations that only read. */
const READS = /^(?:Describe|List|Get|BatchGet|Lookup|Search|Select)/;

/**
 * What the sound account answers, and what it answers in place of that once something was written to a service: only the
 * services that were written to are asked again.
 */
class Kept implements Known {
  readonly #sound = new Map<string, Answer>();
  #now = new Map<string, Answer>();
  readonly #written = new Set<string>();
  isSound = true;

  get(key: string, request: AwsRequest): Answer | undefined {
    if (!READS.test(request.operation)) {
      this.#written.add(request.service);
      // what was read before it was written tells nothing any more
      this.#now = new Map();
      return undefined;
    }
    return this.#now.get(key) ?? (this.#written.has(request.service) ? undefined : this.#sound.get(key));
  }

  set(key: string, answer: Answer): void {
    (this.isSound ? this.#sound : this.#now).set(key, answer);
  }

  get isWritten(): boolean {
    return this.#written.size > 0;
  }

  forget(): void {
    this.#now = new Map();
    this.#written.clear();
  }
}

/** The estate while something is wrong with it: what a fault is made with. */
export interface Estate {
  /** What AWS calls each thing of the description: `target-group harbour-web`. */
  id(what: string): string;
  /** A client of the account, whose writes are undone afterwards. */
  client: Made['client'];
  /** Changes of answers, where moto cannot hold what is wrong. */
  answers: Answers;
}

/**
 * The sound estate, filled once, with faults one after the other: what a fault changes is put back before the next. Ends
 * what it started with `stop`.
 */
export class Harbour {
  readonly #moto: Moto;
  readonly #proxy: AwsProxy;
  readonly #kept: Kept;
  readonly #ids: Record<string, string>;

  private constructor(moto: Moto, proxy: AwsProxy, kept: Kept, ids: Record<string, string>) {
    this.#moto = moto;
    this.#proxy = proxy;
    this.#kept = kept;
    this.#ids = ids;
  }

  /** Every way through the estate. */
  static readonly urls: readonly string[] = Object.values(URLS);

  /** @throws where moto is not installed */
  static async start(): Promise<Harbour> {
    const moto = await startMoto({ account: ACCOUNT });
    const kept = new Kept();
    const proxy = await startProxy({ upstream: moto.url, account: ACCOUNT, recording: kept });
    const ids = await fill(moto.url);
    await moto.keep();
    return new Harbour(moto, proxy, kept, ids);
  }

  get url(): string {
    return this.#proxy.url;
  }

  /** What AWS calls something of the description; undefined where it has nothing of that name. */
  find(what: string): string | undefined {
    return this.#ids[what];
  }

  id(what: string): string {
    const id = this.find(what);
    if (id === undefined) throw new Error(`the estate has no ${what}`);
    return id;
  }

  /** Every operation that was asked for since the last fault. */
  get asked(): string[] {
    return Object.keys(this.#proxy.statistics.operations).sort();
  }

  /** Follows URLs through the estate with something wrong with it; nothing where nothing is given. */
  async follow(
    urls: readonly string[],
    ...faults: readonly ((estate: Estate) => unknown)[]
  ): Promise<{ paths: readonly Path[]; audit: Audit }> {
    this.#proxy.clear();
    const answers = new Answers(this.#proxy);
    asIfRunning(answers);
    this.#kept.isSound = faults.length === 0;
    const made = new Made(this.#proxy.url, REGION, ACCOUNT);
    const client: Made['client'] = (Class, region) => made.client(Class, region);
    try {
      for (const fault of faults) await fault({ id: (what) => this.id(what), client, answers });
      const { audit: result } = await traced(this.#proxy.url, urls);
      if (this.#proxy.statistics.errors.length > 0) throw new Error(this.#proxy.statistics.errors[0]);
      return { paths: [...result.estate.paths], audit: result };
    } finally {
      made.close();
      if (this.#kept.isWritten) await this.#moto.back();
      this.#kept.forget();
    }
  }

  async stop(): Promise<void> {
    await this.#proxy.stop();
    await this.#moto.stop();
  }
}

/** Follows URLs through what answers at an address, as `constat trace` does. */
export async function traced(endpoint: string, urls: readonly string[]) {
  const before = { ...process.env };
  Object.assign(process.env, {
    AWS_ENDPOINT_URL: endpoint,
    AWS_ACCESS_KEY_ID: 'testing',
    AWS_SECRET_ACCESS_KEY: 'testing',
  });
  try {
    return await audit({
      shownAs: urls.join(' '),
      name: 'harbour',
      config: {},
      lock: { version: 1, next: 1, gaps: {} },
      lang: 'en',
      version: '0.0.0',
      clock: () => TODAY,
      aws: { regions: [REGION], delay: 1 },
      urls,
    });
  } finally {
    for (const name of ['AWS_ENDPOINT_URL', 'AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'])
      if (before[name] === undefined) delete process.env[name];
      else process.env[name] = before[name];
  }
}
