import { mkdirSync, readdirSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { type OutputChunk, rolldown } from 'rolldown';
import { licencesOf } from './licences.ts';

const ENTRY = 'constat.js';

/** Native code that the simulated shell would use for two sorts of archive; it does without. */
const LEFT_OUT = ['@mongodb-js/zstd', 'node-liblzma'];

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
    licencesOf(root, new Set(chunks.flatMap((chunk) => chunk.moduleIds))),
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
