import { MOST_BYTES } from './session.ts';

/** What the host's shell said of one command, as it came. */
export interface Frame {
  number: number;
  stdout: Buffer;
  /** More was written than is taken. */
  isCut: boolean;
  /** Undefined where the command's end did not come. */
  code?: number;
  stderr: string;
  asRoot: boolean;
  /** Milliseconds from its first mark to its last. */
  took: number;
}

export interface FrameEvents {
  /** The shell is there: who it is, and whether sudo lets it in. */
  ready(user: string, sudo: string): void;
  begun(number: number): void;
  ended(frame: Frame): void;
  /** More than can be taken, and no mark in it. */
  flooded(): void;
}

const MOST_NOISE = 4_096;
/** Of the part between the end of a command and the last mark: an exit code and a few lines. */
const MOST_REST = 16_384;
/** The host limits what it sends. Where its programs cannot, what is dropped has an end too. */
const MOST_DROPPED = 4 * MOST_BYTES;

type Place = 'noise' | 'stdout' | 'rest';

/**
 * Reads what the host's shell writes. Only lines that begin with the mark mean something: what stands before the first one (banners, what
 * a login shell prints) and between two commands is noise. The mark has 128 random bits and is known to nobody on the host
 * but the shell, so that no output can imitate it.
 */
export class FrameReader {
  readonly #mark: Buffer;
  readonly #events: FrameEvents;
  readonly #now: () => number;
  #pending: Buffer = Buffer.alloc(0);
  #place: Place = 'noise';
  #taken: Buffer[] = [];
  #size = 0;
  #dropped = 0;
  #isCut = false;
  #number = -1;
  #asRoot = false;
  #since = 0;
  #stdout: Buffer = Buffer.alloc(0);
  #noise = '';

  constructor(mark: string, events: FrameEvents, now: () => number) {
    this.#mark = Buffer.from(`\n${mark} `);
    this.#events = events;
    this.#now = now;
  }

  take(data: Buffer): void {
    let rest: Buffer = this.#pending.length === 0 ? data : Buffer.concat([this.#pending, data]);
    for (;;) {
      const at = rest.indexOf(this.#mark);
      const end = at < 0 ? -1 : rest.indexOf(10, at + this.#mark.length);
      if (at >= 0 && end >= 0) {
        this.#keep(rest.subarray(0, at));
        this.#marked(rest.toString('latin1', at + this.#mark.length, end));
        // The line end may be the one that the next mark begins with.
        rest = rest.subarray(end);
        continue;
      }
      // A mark may have begun: it and its line are short.
      if (at >= 0 && rest.length - at > MOST_REST) {
        this.#events.flooded();
        return;
      }
      const from = at >= 0 ? at : Math.max(0, rest.length - this.#mark.length);
      this.#keep(rest.subarray(0, from));
      this.#pending = Buffer.from(rest.subarray(from));
      return;
    }
  }

  /** The first of what came before the shell. */
  get noise(): string {
    return this.#place === 'noise' && this.#noise.length < MOST_NOISE
      ? this.#noise + this.#pending.toString('utf8', 0, MOST_NOISE)
      : this.#noise;
  }

  /** The command whose end did not come, with what came of it. */
  unfinished(): Frame | undefined {
    if (this.#place === 'noise') return undefined;
    if (this.#place === 'stdout') {
      this.#keep(this.#pending);
      this.#stdout = this.#gathered();
    }
    const { stdout, isCut } = this.#limited();
    return {
      number: this.#number,
      stdout,
      isCut,
      stderr: '',
      asRoot: this.#asRoot,
      took: this.#now() - this.#since,
    };
  }

  #keep(bytes: Buffer): void {
    if (bytes.length === 0) return;
    if (this.#place === 'noise') {
      if (this.#noise.length < MOST_NOISE) this.#noise += bytes.toString('utf8', 0, MOST_NOISE);
      this.#drop(bytes.length);
      return;
    }
    const most = this.#place === 'stdout' ? MOST_BYTES + 2 : MOST_REST;
    const room = most - this.#size;
    if (room > 0) {
      const part = bytes.subarray(0, room);
      this.#taken.push(Buffer.from(part));
      this.#size += part.length;
    }
    if (bytes.length > room) {
      if (this.#place === 'stdout') this.#isCut = true;
      this.#drop(bytes.length - Math.max(0, room));
    }
  }

  #drop(bytes: number): void {
    this.#dropped += bytes;
    if (this.#dropped > MOST_DROPPED) this.#events.flooded();
  }

  #gathered(): Buffer {
    const all = Buffer.concat(this.#taken);
    this.#taken = [];
    this.#size = 0;
    // What follows the mark's own line.
    return all[0] === 10 ? all.subarray(1) : all;
  }

  #limited(): { stdout: Buffer; isCut: boolean } {
    const isCut = this.#isCut || this.#stdout.length > MOST_BYTES;
    return { stdout: this.#stdout.subarray(0, MOST_BYTES), isCut };
  }

  #marked(line: string): void {
    const [word, first = '', second = ''] = line.trimEnd().split(' ');
    if (word === 'r') this.#events.ready(first, second);
    else if (word === 'b') {
      this.#gathered();
      this.#isCut = false;
      this.#dropped = 0;
      this.#place = 'stdout';
      this.#number = Number(first);
      this.#asRoot = false;
      this.#since = this.#now();
      this.#events.begun(this.#number);
    } else if (word === 'e' && this.#place === 'stdout') {
      this.#stdout = this.#gathered();
      this.#asRoot = second === 'root';
      this.#place = 'rest';
    } else if (word === 'z' && this.#place === 'rest') {
      const [code = '', ...stderr] = this.#gathered().toString('utf8').split('\n');
      const frame: Frame = {
        number: this.#number,
        ...this.#limited(),
        ...(/^\d{1,5}$/.test(code) && { code: Number(code) }),
        stderr: (/^\d{1,5}$/.test(code) ? stderr : [code, ...stderr]).join('\n').trim(),
        asRoot: this.#asRoot,
        took: this.#now() - this.#since,
      };
      this.#place = 'noise';
      this.#stdout = Buffer.alloc(0);
      this.#events.ended(frame);
    }
  }
}
