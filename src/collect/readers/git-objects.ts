import { closeSync, constants, fstatSync, openSync, readdirSync, readSync } from 'node:fs';
import { join } from 'node:path';
import { inflateSync } from 'node:zlib';
import { Kept } from '#lib/kept.ts';
import { regularFile } from './git-files.ts';

/** Commits and trees over this many bytes are not read: a compressed object may claim to hold anything. */
const LARGEST_OBJECT = 8 * 1024 * 1024;
const LONGEST_DELTA_CHAIN = 512;
const MOST_PACKS = 64;
const KEPT = 8 * 1024 * 1024;
/** Object ids of SHA-1, in bytes. Repositories of SHA-256 are not read. */
const ID = 20;

/** Types of entries in a pack. Git documentation, “gitformat-pack”. */
const OFFSET_DELTA = 6;
const REFERENCE_DELTA = 7;

/** A file of git read at places, never as a whole. */
class Positions {
  private readonly descriptor: number;
  readonly size: number;

  constructor(path: string) {
    this.descriptor = openSync(path, constants.O_RDONLY | constants.O_NONBLOCK);
    const stat = fstatSync(this.descriptor);
    this.size = stat.isFile() ? stat.size : 0;
  }

  /** The bytes at a place: fewer where the file ends before. */
  at(offset: number, length: number): Buffer {
    const bytes = Buffer.allocUnsafe(Math.max(0, Math.min(length, this.size - offset)));
    return bytes.subarray(0, readSync(this.descriptor, bytes, 0, bytes.length, offset));
  }

  close(): void {
    closeSync(this.descriptor);
  }
}

/** One pack with its index of version 2. */
class Pack {
  private readonly index: Positions;
  private readonly pack: Positions;
  private readonly fanout: Buffer;
  private readonly kept = new Kept<Buffer>(KEPT);

  constructor(path: string) {
    this.index = new Positions(`${path}.idx`);
    this.pack = new Positions(`${path}.pack`);
    const head = this.index.at(0, 8 + 1024);
    if (head.length < 8 + 1024 || head.readUInt32BE(0) !== 0xff744f63 || head.readUInt32BE(4) !== 2)
      throw new Error('not an index of version 2');
    this.fanout = head.subarray(8);
  }

  close(): void {
    this.index.close();
    this.pack.close();
  }

  /** Where an object lies in the pack; undefined when it is not in there. */
  private find(id: Buffer): number | undefined {
    const first = id[0] ?? 0;
    let low = first === 0 ? 0 : this.fanout.readUInt32BE((first - 1) * 4);
    let high = this.fanout.readUInt32BE(first * 4);
    const count = this.fanout.readUInt32BE(255 * 4);
    const names = 8 + 1024;
    while (low < high) {
      const middle = (low + high) >>> 1;
      const order = this.index.at(names + middle * ID, ID).compare(id);
      if (order === 0) return this.offset(names + count * (ID + 4), count, middle);
      if (order < 0) low = middle + 1;
      else high = middle;
    }
    return undefined;
  }

  private offset(offsets: number, count: number, place: number): number {
    const small = this.index.at(offsets + place * 4, 4).readUInt32BE(0);
    if (small < 0x80000000) return small;
    return Number(this.index.at(offsets + count * 4 + (small - 0x80000000) * 8, 8).readBigUInt64BE(0));
  }

  read(id: Buffer): Buffer | undefined {
    const offset = this.find(id);
    return offset === undefined ? undefined : this.entry(offset);
  }

  /** An entry, put together from the deltas that it consists of. */
  private entry(start: number): Buffer {
    const deltas: Buffer[] = [];
    let offset = start;
    let base: Buffer | undefined;
    while (!base) {
      if (deltas.length > LONGEST_DELTA_CHAIN) throw new Error('too many deltas');
      base = this.kept.get(String(offset));
      if (base) break;
      const head = this.pack.at(offset, 64);
      let at = 0;
      let byte = head.readUInt8(at++);
      const type = (byte >> 4) & 7;
      let size = byte & 15;
      for (let shift = 4; byte & 0x80; shift += 7) {
        byte = head.readUInt8(at++);
        size += (byte & 0x7f) * 2 ** shift;
      }
      if (size > LARGEST_OBJECT) throw new Error('too large');
      let from: number | undefined;
      if (type === OFFSET_DELTA) {
        byte = head.readUInt8(at++);
        let back = byte & 0x7f;
        while (byte & 0x80) {
          byte = head.readUInt8(at++);
          back = (back + 1) * 128 + (byte & 0x7f);
        }
        if (back <= 0 || back > offset) throw new Error('damaged pack');
        from = offset - back;
      } else if (type === REFERENCE_DELTA) {
        from = this.find(head.subarray(at, at + ID));
        at += ID;
        if (from === undefined) throw new Error('base not in the pack');
      }
      // What zlib cannot shorten grows by less than a thousandth.
      const data = this.pack.at(offset + at, size + (size >> 9) + 64);
      const bytes = inflateSync(data, { maxOutputLength: Math.max(size, 1) });
      if (bytes.length !== size) throw new Error('damaged pack');
      if (from === undefined) {
        base = bytes;
        this.kept.set(String(offset), bytes, bytes.length);
      } else {
        deltas.push(bytes);
        offset = from;
      }
    }
    const whole = deltas.reduceRight((bytes, delta) => applied(bytes, delta), base);
    if (deltas.length > 0) this.kept.set(String(start), whole, whole.length);
    return whole;
  }
}

/** A delta put on its base: copies of parts of it, and new bytes. */
function applied(base: Buffer, delta: Buffer): Buffer {
  let at = 0;
  const length = (): number => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = delta.readUInt8(at++);
      value += (byte & 0x7f) * 2 ** shift;
      if (!(byte & 0x80)) return value;
    }
  };
  const [from, to] = [length(), length()];
  if (from !== base.length || to > LARGEST_OBJECT) throw new Error('damaged delta');
  const whole = Buffer.alloc(to);
  let end = 0;
  while (at < delta.length) {
    const instruction = delta.readUInt8(at++);
    if (instruction & 0x80) {
      let [offset, size] = [0, 0];
      for (let bit = 0; bit < 4; bit += 1)
        if (instruction & (1 << bit)) offset += delta.readUInt8(at++) * 2 ** (8 * bit);
      for (let bit = 0; bit < 3; bit += 1)
        if (instruction & (0x10 << bit)) size += delta.readUInt8(at++) * 2 ** (8 * bit);
      end += base.copy(whole, end, offset, offset + (size || 0x10000));
    } else {
      end += delta.copy(whole, end, at, at + instruction);
      at += instruction;
    }
  }
  if (end !== to) throw new Error('damaged delta');
  return whole;
}

/**
 * Reads commits and trees out of git's own files, loose and packed, each within a bound of memory. Our own, since the
 * git library holds whole packs in memory and inflates what it is given without a bound. What an `alternates` file
 * names is another repository's, and not read.
 */
export class GitObjects {
  private readonly folder: string;
  private packs: Pack[] | undefined;

  /** `folder` is what holds `objects/`. */
  constructor(folder: string) {
    this.folder = join(folder, 'objects');
  }

  close(): void {
    for (const pack of this.packs ?? []) pack.close();
  }

  /** The content of an object by its id in hexadecimal. @throws when it is not there, damaged or too large. */
  read(id: string): Buffer {
    if (!/^[0-9a-f]{40}$/.test(id)) throw new Error('not an object id');
    const loose = regularFile(join(this.folder, id.slice(0, 2), id.slice(2)), LARGEST_OBJECT);
    if (loose) {
      const bytes = inflateSync(loose, { maxOutputLength: LARGEST_OBJECT });
      return bytes.subarray(bytes.indexOf(0) + 1);
    }
    const key = Buffer.from(id, 'hex');
    for (const pack of this.opened()) {
      const bytes = pack.read(key);
      if (bytes) return bytes;
    }
    throw new Error('object not here');
  }

  private opened(): readonly Pack[] {
    if (!this.packs) {
      this.packs = [];
      for (const name of packNames(join(this.folder, 'pack')))
        try {
          this.packs.push(new Pack(join(this.folder, 'pack', name)));
        } catch {
          // An index of another version: what it holds is not found.
        }
    }
    return this.packs;
  }
}

function packNames(folder: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith('.idx'))
      .map((name) => name.slice(0, -'.idx'.length))
      .sort()
      .slice(0, MOST_PACKS);
  } catch {
    return [];
  }
}
