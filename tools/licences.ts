import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/**
 * Licences that let their code be part of an Apache-2.0 work, as SPDX writes them. MPL-2.0 does where it is said how to
 * get the source of the files under it (3.2 and 3.3 there): every package is listed with its source.
 */
const ALLOWED = new Set([
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'CC0-1.0',
  'ISC',
  'MIT',
  'MIT-0',
  'MPL-2.0',
  'Python-2.0',
  'Unlicense',
  'WTFPL',
  'Zlib',
]);

interface Manifest {
  name?: string;
  version?: string;
  license?: string | { type?: string };
}

/** The folder of the package that a module is of: that of the nearest `package.json` with a name and a version. */
function packageOf(module: string): { folder: string; manifest: Manifest } | undefined {
  const inside = module.lastIndexOf(`node_modules${path.sep}`);
  if (inside < 0) return undefined;
  for (let folder = path.dirname(module); folder.length > inside; folder = path.dirname(folder)) {
    const file = path.join(folder, 'package.json');
    if (!existsSync(file)) continue;
    const manifest = JSON.parse(readFileSync(file, 'utf8')) as Manifest;
    if (manifest.name && manifest.version) return { folder, manifest };
  }
  return undefined;
}

/** `(MIT OR CC0-1.0)`: one of the choices is enough; of `A AND B` all are needed. */
const isAllowed = (licence: string) =>
  licence
    .replace(/[()]/g, '')
    .split(' OR ')
    .some((choice) => choice.split(' AND ').every((one) => ALLOWED.has(one.trim())));

/**
 * The licences of the packages that these modules are of, by name, with their texts and notices.
 * @throws when a package has none, or one that does not allow it.
 */
export function licencesOf(root: string, modules: ReadonlySet<string>): string {
  const packages = new Map<string, string>();
  for (const module of modules) {
    const found = packageOf(module);
    if (!found) continue;
    const { folder, manifest } = found;
    const title = `${manifest.name} ${manifest.version}`;
    if (packages.has(title)) continue;
    const licence =
      typeof manifest.license === 'string' ? manifest.license : (manifest.license?.type ?? 'none');
    if (!isAllowed(licence))
      throw new Error(`${title}: licence '${licence}' is not one that allows it to be bundled`);
    const texts = readdirSync(folder)
      .filter((file) => /^(licen[cs]e|notice|copying)/i.test(file))
      .sort()
      .map((file) => readFileSync(path.join(folder, file), 'utf8').trim());
    const source = `https://www.npmjs.com/package/${manifest.name}/v/${manifest.version}`;
    packages.set(title, [`${title}\nLicence: ${licence}\nSource: ${source}`, ...texts].join('\n\n'));
  }
  if (packages.size === 0) throw new Error(`${root}: no package is bundled, which cannot be`);
  const opening = 'Constat holds code of the packages below, under their own licences.';
  const sorted = [...packages].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, text]) => text);
  return `${[opening, ...sorted].join(`\n\n${'-'.repeat(80)}\n\n`)}\n`;
}
