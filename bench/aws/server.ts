import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface, type Interface } from 'node:readline';
import type { Served, Settings } from './serve.ts';

/** A server that answers as an account does, in a process of its own. */
export class Server {
  readonly url: string;
  readonly #recording: string;
  readonly #child: ChildProcessWithoutNullStreams;
  readonly #lines: AsyncIterator<string>;

  private constructor(
    recording: string,
    url: string,
    child: ChildProcessWithoutNullStreams,
    lines: AsyncIterator<string>,
  ) {
    this.#recording = recording;
    this.url = url;
    this.#child = child;
    this.#lines = lines;
  }

  static async start(recording: string, settings: Settings): Promise<Server> {
    const script = path.join(import.meta.dirname, 'serve.ts');
    const child = spawn(process.execPath, [script, recording, JSON.stringify(settings)]);
    child.stderr.pipe(process.stderr);
    const reader: Interface = createInterface({ input: child.stdout });
    const lines = reader[Symbol.asyncIterator]();
    const { value: url } = (await lines.next()) as { value: string };
    return new Server(recording, url, child, lines);
  }

  /** What was asked since the last time; `write` keeps the answers too. */
  async served(word: 'served' | 'write' = 'served'): Promise<Served> {
    this.#child.stdin.write(`${word}\n`);
    const { value } = (await this.#lines.next()) as { value: string };
    return JSON.parse(value) as Served;
  }

  /**
   * What was asked since the last time, all of which was answered.
   * @throws where the recording lacked something: who asked did less than on the account
   */
  async servedWhole(who: string): Promise<Served> {
    const served = await this.served();
    const [error] = served.errors;
    if (error !== undefined) throw new Error(error);
    if (served.missing.length > 0)
      throw new Error(`${this.#recording} lacks what ${who} asks: ${served.missing.join(', ')}`);
    return served;
  }

  stop(): void {
    this.#child.stdin.end();
    this.#child.kill();
  }
}
