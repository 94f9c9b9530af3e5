import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type OutputChunk, type Plugin, rolldown } from 'rolldown';
import { licencesOf } from './licences.ts';

const ENTRY = 'constat.js';

/** Native code that the simulated shell would use for two sorts of archive; it does without. */
const LEFT_OUT = ['@mongodb-js/zstd', 'node-liblzma'];

/** What asks for the operations of AWS by their names, and so for whole clients of the SDK. */
const BY_NAME = 'src/collect/readers/aws/services.ts';
const WHOLE = '?whole';

/**
 * Whole clients are copies of their own: else what the collectors take of a client, which is a small part, would become all
 * of it, and be loaded by every audit of an account.
 */
const wholeClients: Plugin = {
  name: 'whole-clients',
  async resolveId(source, importer = '') {
    const isClient = importer.endsWith(BY_NAME) && source.startsWith('@aws-sdk/client-');
    const isInOne = importer.endsWith(WHOLE);
    if (!isClient && !isInOne) return null;
    const resolved = await this.resolve(source, importer.replace(WHOLE, ''), { skipSelf: true });
    const isOwn = isClient || (source.startsWith('.') && !source.endsWith('.json'));
    return resolved && isOwn ? { ...resolved, id: `${resolved.id}${WHOLE}` } : resolved;
  },
  load(id) {
    return id.endsWith(WHOLE) ? readFileSync(id.slice(0, -WHOLE.length), 'utf8') : null;
  },
};

/**
 * The command line as one entry, and a chunk for each part that is loaded on demand. Node.js's own modules stay outside;
 * everything else is inside. A broken import fails the build.
 */
export async function chunksOf(root: string): Promise<OutputChunk[]> {
  const build = await rolldown({
    input: { constat: path.join(root, 'src/cli/main.ts') },
    cwd: root,
    platform: 'node',
    tsconfig: path.join(root, 'tsconfig.json'),
    // The main file of some packages is UMD, whose own imports no bundler sees.
    resolve: { mainFields: ['module', 'main'] },
    external: [/^node:/, ...LEFT_OUT],
    plugins: [wholeClients],
    transform: {
      define: {
        'process.env.NODE_ENV': '"production"',
        // The simulated shell keeps it for a network that it is never given; to touch it loads Node.js's whole HTTP.
        'globalThis.Headers': 'undefined',
      },
    },
    onLog(level, log, handler) {
      // What cannot be resolved would fail only when a user comes to it.
      if (log.code === 'UNRESOLVED_IMPORT') throw new Error(log.message);
      if (level !== 'warn' || !log.id?.includes('node_modules')) handler(level, log);
    },
  });
  const { output } = await build.generate({
    dir: path.join(root, 'dist'),
    format: 'esm',
    entryFileNames: ENTRY,
    chunkFileNames: 'chunks/[name]-[hash].js',
    minify: { compress: false, mangle: false, codegen: { removeWhitespace: true, legalComments: 'none' } },
  });
  await build.close();
  return output.filter((one): one is OutputChunk => one.type === 'chunk');
}

/** The files of `dist/`, with the licences of all that is inside. */
export async function bundle(root: string): Promise<Map<string, string>> {
  const chunks = await chunksOf(root);
  const files = new Map(chunks.map((chunk) => [chunk.fileName, chunk.code]));
  files.set(
    'THIRD-PARTY-LICENSES.txt',
    licencesOf(root, new Set(chunks.flatMap((chunk) => chunk.moduleIds.map((id) => id.replace(WHOLE, ''))))),
  );
  return files;
}

/** Writes `dist/`. The entry comes last and bears the time of the start: what changed meanwhile is newer. */
async function build(root: string): Promise<void> {
  const started = new Date();
  const files = await bundle(root);
  const dist = path.join(root, 'dist');
  mkdirSync(path.join(dist, 'chunks'), { recursive: true });
  for (const [file, text] of files) if (file !== ENTRY) writeFileSync(path.join(dist, file), text);
  const entry = path.join(dist, ENTRY);
  writeFileSync(`${entry}.tmp`, files.get(ENTRY) ?? '');
  utimesSync(`${entry}.tmp`, started, started);
  renameSync(`${entry}.tmp`, entry);
  for (const file of readdirSync(dist, { recursive: true, encoding: 'utf8' }))
    if (/\.(js|txt|tmp)$/.test(file) && !files.has(file.replaceAll(path.sep, '/')))
      rmSync(path.join(dist, file));
}

if (import.meta.main)
  await build(path.dirname(import.meta.dirname)).catch((error: Error) => {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 1;
  });
