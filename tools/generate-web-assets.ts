import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rolldown } from 'rolldown';

const root = join(import.meta.dirname, '..');
const target = join(root, 'web/assets.generated.ts');

/** In the order in which later rules win. */
const STYLES = [
  'tokens',
  'page',
  'marks',
  'tables',
  'cover',
  'systems',
  'findings',
  'sections',
  'maturity',
  'path',
  'path-drawing',
  'plan',
  'narrow',
  'print',
];

async function script(name: string): Promise<string> {
  const bundle = await rolldown({
    input: join(root, 'web/script', name),
    platform: 'browser',
    tsconfig: join(root, 'tsconfig.json'),
    transform: { define: { 'process.env.NODE_ENV': '"production"' } },
  });
  const { output } = await bundle.generate({ format: 'iife', minify: true });
  const code = output[0].code.trim();
  if (/<\/script|<!--/i.test(code)) throw new Error(`${name}: the bundle would end its own script element`);
  return code;
}

/** A style sheet without its comments and line breaks; no rule of ours holds either in a string. */
const compact = (css: string): string =>
  css
    .replace(/\/\*[\s\S]*?\*\//g, '')
    .replace(/\s*\n\s*/g, ' ')
    .replace(/\s*([{};,])\s*/g, '$1')
    .replace(/;}/g, '}')
    .trim();

const hash = (code: string): string => `sha256-${createHash('sha256').update(code).digest('base64')}`;

/** The module that holds the styles and scripts of the HTML report, as strings. */
export async function webAssets(): Promise<string> {
  const styles = STYLES.map((name) =>
    compact(readFileSync(join(root, `web/styles/${name}.css`), 'utf8')),
  ).join('');
  const [early, app] = await Promise.all([script('early.ts'), script('app.ts')]);
  const constant = (name: string, value: string) => `export const ${name} =\n  ${JSON.stringify(value)};\n`;
  return [
    '// Written by tools/generate-web-assets.ts from web/styles and web/script. Do not edit.\n',
    constant('styles', styles),
    constant('early', early),
    constant('earlyHash', hash(early)),
    constant('app', app),
    constant('appHash', hash(app)),
  ].join('');
}

if (import.meta.main) writeFileSync(target, await webAssets());
