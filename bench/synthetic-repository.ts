import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, globSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** A reproducible source of numbers from 0 to 1 (mulberry32). */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const WORDS =
  'account address amount archive basket batch billing cache cart catalogue channel client cluster comment config currency customer delivery device discount document entry event export filter gateway handler invoice item journal label ledger listing locale merchant message notice order page parcel partner payment period policy price product profile queue quote receipt record refund region report request review route schedule search segment session setting shipment stock store stream supplier ticket token total tracking transfer vendor voucher warehouse worker'.split(
    ' ',
  );

/** Makes the text of one file. */
type Writer = (pick: () => string, random: () => number) => string;

const lines = (count: number, line: (index: number) => string) =>
  Array.from({ length: count }, (_, i) => line(i)).join('\n');
const capital = (word: string) => (word[0] ?? '').toUpperCase() + word.slice(1);

const typescript: Writer = (pick, random) =>
  `import { ${pick()} } from './${pick()}.js';\n\n${lines(8 + Math.floor(random() * 40), () => {
    const [a, b, c] = [pick(), pick(), pick()];
    return `/** Gives the ${a} of a ${b}. */\nexport async function ${a}Of${capital(b)}(${c}: ${capital(c)}): Promise<string> {\n  const ${b} = await ${c}.find({ ${a}: true, limit: ${Math.floor(random() * 100)} });\n  return \`\${${b}.id}/${a}\`;\n}\n`;
  })}`;

const python: Writer = (pick, random) =>
  `import logging\n\n${lines(6 + Math.floor(random() * 30), () => {
    const [a, b] = [pick(), pick()];
    return `def ${a}_${b}(${b}, limit=${Math.floor(random() * 50)}):\n    """The ${a} of a ${b}."""\n    logging.info("${a} %s", ${b})\n    return [x for x in ${b}.${a} if x]\n`;
  })}`;

const markdown: Writer = (pick, random) =>
  `# ${capital(pick())} ${pick()}\n\n${lines(4 + Math.floor(random() * 12), () => {
    const [a, b, c] = [pick(), pick(), pick()];
    return `## The ${a} ${b}\n\nThe ${a} asks the \`${b}-${c}\` service for a ${c}; see [${b}](../${random() < 0.005 ? `gone-${b}` : 'README'}.md).\n\n- ${a} before ${b}\n- ${c} of the ${a}\n\n\`\`\`sh\ncurl http://localhost:8080/${a}/${b}\n\`\`\`\n`;
  })}`;

const json: Writer = (pick, random) =>
  JSON.stringify(
    Object.fromEntries(
      Array.from({ length: 10 + Math.floor(random() * 60) }, (_, i) => [
        `${pick()}.${pick()}.${i}`,
        `${pick()} ${pick()}`,
      ]),
    ),
    null,
    2,
  );

const yaml: Writer = (pick, random) =>
  lines(
    10 + Math.floor(random() * 40),
    (i) => `${pick()}_${i}:\n  ${pick()}: ${pick()}\n  ${pick()}_size: ${i}`,
  );

const css: Writer = (pick, random) =>
  lines(
    20 + Math.floor(random() * 60),
    () => `.${pick()}-${pick()} {\n  margin: ${Math.floor(random() * 20)}px;\n}`,
  );

const shell: Writer = (pick) => `#!/bin/sh\nset -eu\n${lines(12, () => `echo "${pick()} ${pick()}"`)}\n`;

const dockerfile: Writer = (pick) =>
  `FROM node:24-alpine AS build\nWORKDIR /app\nCOPY package.json ./\nRUN npm ci\nCOPY . .\nRUN npm run build\n\nFROM node:24-alpine\nCOPY --from=build /app/dist /app\nENV ${pick().toUpperCase()}=${pick()}\nUSER node\nEXPOSE 8080\nCMD ["node", "/app/main.js"]\n`;

const compose: Writer = (pick) =>
  `services:\n${lines(4, (i) => `  ${pick()}-${i}:\n    image: ${pick()}/${pick()}:1.${i}\n    ports: ["127.0.0.1:80${i}0:8080"]\n    environment:\n      LOG_LEVEL: info`)}\n`;

const manifest: Writer = (pick) =>
  JSON.stringify(
    { name: `${pick()}-${pick()}`, version: '1.0.0', dependencies: { express: '^5.0.0', pg: '^8.0.0' } },
    null,
    2,
  );

const environment: Writer = (pick) =>
  `${lines(10, () => `${pick().toUpperCase()}_${pick().toUpperCase()}=`)}\n`;

const image: Writer = (_, random) => `\u0089PNG\0\0${lines(30, () => String(random()))}`;

/** What a large repository is made of: how many files in a thousand, what they are called, what they hold. */
const MIX: readonly [share: number, name: (word: string, index: number) => string, Writer][] = [
  [480, (word, i) => `src/${word}/${word}-${i}.ts`, typescript],
  [160, (word, i) => `src/${word}/${word}-${i}.test.ts`, typescript],
  [110, (word, i) => `jobs/${word}/${word}_${i}.py`, python],
  [90, (word, i) => `locales/${word}/${i}.json`, json],
  [1, (_, i) => (i === 0 ? 'docs/README.md' : `docs/notes/notes-${i}.md`), markdown],
  [44, (word, i) => `docs/${word}/${word}-${i}.md`, markdown],
  [45, (word, i) => `styles/${word}-${i}.css`, css],
  [35, (word, i) => `config/${word}/${word}-${i}.yaml`, yaml],
  [20, (word, i) => `assets/${word}-${i}.png`, image],
  [5, (_, i) => `packages/p${i}/package.json`, manifest],
  [4, (word, i) => `scripts/${word}-${i}.sh`, shell],
  [3, (_, i) => `packages/p${i}/Dockerfile`, dockerfile],
  [2, (_, i) => `packages/p${i}/.env.example`, environment],
  [1, (_, i) => `packages/p${i}/compose.yaml`, compose],
];

/**
 * A repository of so many files without workflows, tracked by git: the mix of a large application. It is made once in
 * `folder`, and again when what makes it changed.
 */
export function syntheticRepository(folder: string, count: number): string {
  const recipe = createHash('sha256')
    .update(readFileSync(import.meta.filename))
    .digest('hex')
    .slice(0, 12);
  const target = path.join(folder, `repository-${count}-${recipe}`);
  if (existsSync(target)) return target;
  for (const old of globSync(path.join(folder, `repository-${count}-*`))) rmSync(old, { recursive: true });
  const draft = `${target}.${process.pid}`;
  const random = randomFrom(1);
  const pick = () => WORDS[Math.floor(random() * WORDS.length)] ?? 'order';
  const known = new Set<string>();
  let made = 0;
  for (const [share, name, write] of MIX)
    for (let index = 0; index < Math.round((share * count) / 1000); index++) {
      const file = path.join(draft, name(pick(), index));
      const parent = path.dirname(file);
      if (!known.has(parent)) mkdirSync(parent, { recursive: true });
      known.add(parent);
      writeFileSync(file, write(pick, random));
      made += 1;
    }
  const git = (...parameters: string[]) => {
    const { status, stderr } = spawnSync('git', ['-C', draft, ...parameters], { encoding: 'utf8' });
    if (status !== 0) throw new Error(`git ${parameters.join(' ')}: ${stderr}`);
  };
  git('init', '--quiet');
  git('-c', 'core.compression=0', '-c', 'core.looseCompression=0', 'add', '--all');
  renameSync(draft, target);
  process.stderr.write(`made a repository of ${made} files in ${target}\n`);
  return target;
}
