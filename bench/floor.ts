// The floor under an audit, in a process of its own: lists what git tracks with the same library, and reads the files
// that the audit reads (their paths stand in a file, one on a line). usage: floor.ts REPOSITORY LIST
import { closeSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs';
import path from 'node:path';
import { listTracked } from '#collect/readers/git-index.ts';

const [repository = '.', list = ''] = process.argv.slice(2);
const listing = await listTracked(repository);
const wanted = new Set(readFileSync(list, 'utf8').split('\n'));
const buffer = Buffer.allocUnsafe(8 * 1024 * 1024);
let bytes = 0;
for (const file of listing?.tracked ?? []) {
  if (!wanted.has(file)) continue;
  const descriptor = openSync(path.join(repository, file), 'r');
  bytes += readSync(descriptor, buffer, 0, fstatSync(descriptor).size, 0);
  closeSync(descriptor);
}
process.stdout.write(`${bytes}\n`);
