import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import type { Answer } from './answer.ts';
import type { AwsRequest } from './request.ts';

/** Answers that are known without asking a server. */
export interface Known {
  get(key: string, request: AwsRequest): Answer | undefined;
  /** Adds what a server behind answered. */
  set(key: string, answer: Answer): void;
}

/** Answers by the key of their request. In a file: one JSON array a line, in the order of the keys. */
export class Recording implements Known {
  readonly #answers = new Map<string, Answer>();

  /** What a file holds; nothing where there is none. */
  static read(file: string): Recording {
    const recording = new Recording();
    const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n').filter(Boolean) : [];
    for (const line of lines) {
      const [key, status, headers, body] = JSON.parse(line) as [string, number, Answer['headers'], string];
      recording.set(key, { status, headers, body: Buffer.from(body, 'base64') });
    }
    return recording;
  }

  get size(): number {
    return this.#answers.size;
  }

  keys(): Iterable<string> {
    return this.#answers.keys();
  }

  get(key: string): Answer | undefined {
    return this.#answers.get(key);
  }

  set(key: string, answer: Answer): void {
    this.#answers.set(key, answer);
  }

  /** Replaces the file at once, so that no other process reads half of it. */
  write(file: string): void {
    const lines = [...this.#answers]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, { status, headers, body }]) =>
        JSON.stringify([key, status, headers, body.toString('base64')]),
      );
    const draft = `${file}.${process.pid}`;
    writeFileSync(draft, `${lines.join('\n')}\n`);
    renameSync(draft, file);
  }
}
