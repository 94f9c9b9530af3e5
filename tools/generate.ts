import { globSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { domains } from '#judge/maturity/domains.ts';
import { configSchema } from '#model/config.ts';
import { reportSchema } from '#model/report.ts';
import { targetSchema } from '#model/target.ts';
import { kindsPage } from './generate-kinds.ts';
import { maturityPage } from './generate-maturity.ts';
import { generateRules } from './generate-rules.ts';
import { webAssets } from './generate-web-assets.ts';

/** Folders in which every file of these names is generated: another one there is left over. */
const WHOLLY_GENERATED = ['docs/rules/*.md', 'schema/*.json'];

/** Every committed file that a tool writes, by path from the root of the project. */
export async function generated(root: string): Promise<Map<string, string>> {
  const files = await generateRules(root);
  files.set('web/assets.generated.ts', await webAssets());
  files.set('docs/kinds.md', kindsPage());
  files.set('schema/report.schema.json', schema(reportSchema, 'Audit report of Constat'));
  files.set('schema/config.schema.json', schema(configSchema, 'constat.yaml'));
  files.set('schema/target.schema.json', schema(targetSchema, 'constat.target.yaml'));
  files.set('docs/maturity.md', maturityPage(domains));
  return files;
}

const schema = (of: z.ZodType, title: string) =>
  `${JSON.stringify({ title, ...z.toJSONSchema(of) }, null, 2)}\n`;

/** What generating would change: files that differ or are not there, and those that nothing makes any more. */
export async function stale(root: string): Promise<{ differ: Map<string, string>; left: string[] }> {
  const files = await generated(root);
  const differ = new Map([...files].filter(([file, text]) => textOf(path.join(root, file)) !== text));
  const there = globSync(WHOLLY_GENERATED, { cwd: root }).map((file) => file.replaceAll(path.sep, '/'));
  return { differ, left: there.filter((file) => !files.has(file)).sort() };
}

function textOf(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

async function generate(root: string): Promise<void> {
  const { differ, left } = await stale(root);
  for (const [file, text] of differ) {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), text);
    process.stdout.write(`wrote ${file}\n`);
  }
  for (const file of left) {
    rmSync(path.join(root, file));
    process.stdout.write(`removed ${file}\n`);
  }
}

if (import.meta.main) await generate(path.dirname(import.meta.dirname));
