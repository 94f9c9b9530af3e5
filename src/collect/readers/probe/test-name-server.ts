import { createSocket, type RemoteInfo } from 'node:dgram';
import type { AddressInfo } from 'node:net';
import { createServer, type Socket } from 'node:net';

type Type = 'A' | 'AAAA' | 'CNAME' | 'NS' | 'CAA';
const TYPES: Record<number, Type> = { 1: 'A', 2: 'NS', 5: 'CNAME', 28: 'AAAA', 257: 'CAA' };
const NUMBERS: Record<Type, number> = { A: 1, NS: 2, CNAME: 5, AAAA: 28, CAA: 257 };

/** What a name server of a test knows of a name, or how it fails to answer. */
export type Zone = Record<string, Partial<Record<Type, string[]>> | 'SERVFAIL' | 'REFUSED' | 'silent'>;

/** For tests: a DNS server (RFC 1035) on a free port of the loopback interface, over UDP and TCP. */
export class TestNameServer {
  readonly #zone: Zone;
  readonly #udp = createSocket('udp4');
  readonly #tcp = createServer((socket) => this.#serveTcp(socket));
  readonly #sockets = new Set<Socket>();
  /** What was asked: `A shop.test`, with `/tcp` where it was by TCP. */
  readonly asked: string[] = [];
  /** Answers by UDP are cut, with the bit that says so. */
  truncates = false;

  private constructor(zone: Zone) {
    this.#zone = zone;
  }

  static async start(zone: Zone): Promise<TestNameServer> {
    const server = new TestNameServer(zone);
    server.#udp.on('message', (query, from) => server.#serveUdp(query, from));
    // the same port for both: one that is free for TCP may be taken for UDP
    for (let tries = 0; tries < 20; tries += 1) {
      await new Promise<void>((resolve) => server.#tcp.listen(0, '127.0.0.1', resolve));
      const { port } = server.#tcp.address() as AddressInfo;
      const bound = await new Promise<boolean>((resolve) => {
        server.#udp.once('error', () => resolve(false));
        server.#udp.bind(port, '127.0.0.1', () => resolve(true));
      });
      if (bound) return server;
      await new Promise((resolve) => server.#tcp.close(resolve));
    }
    throw new Error('no free port');
  }

  get address(): string {
    return `127.0.0.1:${this.#udp.address().port}`;
  }

  async stop(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.#udp.close();
    await new Promise((resolve) => this.#tcp.close(resolve));
  }

  #serveUdp(query: Buffer, { port, address }: RemoteInfo): void {
    const answer = this.#answer(query, this.truncates, '');
    if (answer) this.#udp.send(answer, port, address);
  }

  #serveTcp(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on('error', () => undefined);
    let waiting = Buffer.alloc(0);
    socket.on('data', (chunk: Buffer) => {
      waiting = Buffer.concat([waiting, chunk]);
      while (waiting.length >= 2 && waiting.length >= 2 + waiting.readUInt16BE(0)) {
        const end = 2 + waiting.readUInt16BE(0);
        const answer = this.#answer(waiting.subarray(2, end), false, '/tcp');
        waiting = waiting.subarray(end);
        if (answer) socket.write(Buffer.concat([u16(answer.length), answer]));
      }
    });
  }

  #answer(query: Buffer, cut: boolean, by: string): Buffer | undefined {
    let at = 12;
    const labels: string[] = [];
    while (query[at]) {
      const length = query[at] ?? 0;
      labels.push(query.toString('ascii', at + 1, at + 1 + length));
      at += length + 1;
    }
    const question = query.subarray(12, at + 5);
    const name = labels.join('.').toLowerCase();
    const type = TYPES[query.readUInt16BE(at + 1)];
    this.asked.push(`${type} ${name}${by}`);
    const entry = this.#zone[name];
    if (entry === 'silent' || type === undefined) return undefined;
    const head = (flags: number, answers: number) =>
      Buffer.concat([query.subarray(0, 2), u16(flags), u16(1), u16(answers), u16(0), u16(0), question]);
    if (entry === 'SERVFAIL') return head(0x8182, 0);
    if (entry === 'REFUSED') return head(0x8185, 0);
    if (cut) return head(0x8380, 0);
    const records = this.#records(name, type);
    // the answer code is that of the name at the end of the aliases (RFC 2308, 2.1)
    const last = records.filter((one) => one.type === 'CNAME').at(-1)?.value ?? name;
    const known = type === 'CNAME' ? entry !== undefined : this.#zone[last] !== undefined;
    return Buffer.concat([head(known ? 0x8180 : 0x8183, records.length), ...records.map(encode)]);
  }

  #records(name: string, type: Type): { owner: string; type: Type; value: string }[] {
    const records: { owner: string; type: Type; value: string }[] = [];
    let owner = name;
    for (let hops = 0; hops < 8; hops += 1) {
      const entry = this.#zone[owner];
      if (typeof entry !== 'object') break;
      const alias = entry.CNAME?.[0];
      if (type === 'CNAME' || alias === undefined) {
        for (const value of entry[type] ?? []) records.push({ owner, type, value });
        break;
      }
      records.push({ owner, type: 'CNAME', value: alias });
      owner = alias;
    }
    return records;
  }
}

const u16 = (value: number): Buffer => Buffer.from([(value >> 8) & 255, value & 255]);

const encodeName = (name: string): Buffer =>
  Buffer.concat([
    ...name.split('.').map((label) => Buffer.concat([Buffer.from([label.length]), Buffer.from(label)])),
    Buffer.from([0]),
  ]);

function encode({ owner, type, value }: { owner: string; type: Type; value: string }): Buffer {
  const data = dataOf(type, value);
  return Buffer.concat([
    encodeName(owner),
    u16(NUMBERS[type]),
    u16(1),
    u16(0),
    u16(60),
    u16(data.length),
    data,
  ]);
}

function dataOf(type: Type, value: string): Buffer {
  if (type === 'A') return Buffer.from(value.split('.').map(Number));
  if (type === 'AAAA') {
    // written in full, or as `::1`
    const groups = value.startsWith('::') ? [...Array(7).fill('0'), value.slice(2)] : value.split(':');
    return Buffer.concat(groups.map((group) => u16(Number.parseInt(group, 16))));
  }
  if (type === 'CAA') {
    const [flags = '0', tag = '', rest = ''] = value.split(' ');
    return Buffer.concat([Buffer.from([Number(flags), tag.length]), Buffer.from(tag + rest)]);
  }
  return encodeName(value);
}
