import type { ProxyConfig, ProxyPlace } from '#model/proxy.ts';
import type { Text } from '#model/text.ts';
import { caddyConfig } from '../caddy/config.ts';
import { loadCaddy } from '../caddy/expand.ts';
import { caddyJson } from '../caddy/json.ts';
import type { CaddyBroken } from '../caddy/tokens.ts';
import { defineCollector, type Reading, type Sink } from '../collector.ts';
import { fitsPattern, folderOf, isPattern, plainPath } from '../nginx/include-path.ts';
import { proxyExcerpt } from '../nginx/masked.ts';
import { untemplated } from '../nginx/template.ts';
import { proxyFacts } from '../proxy-facts.ts';
import type { Tree } from '../readers/tree.ts';
import { readJson } from './json-source.ts';
import { givenTo, type PlacedFiles, placedFiles } from './placed-files.ts';
import { standingOf } from './standing.ts';

const NAME = /^caddyfile(?:[._-][\w.-]{1,60})?$|\.caddy(?:file)?(?:\.(?:j2|erb|tmpl|tpl|template|example))?$/;
const JSON_NAME = /^caddy[\w.-]{0,60}\.json$/;
const OTHER = /\.(?:md|go|ya?ml|sh|txt|html?|rs|ts|js|py|png|svg|lock|dockerfile|mod|sum|toml|gitignore)$/;
const TEMPLATE = /\.(?:j2|erb|tmpl|tpl|template|jinja2?)$/i;
/** Where images and packages of Caddy keep its configuration. */
const FOLDERS = /^\/(?:etc\/caddy|config\/caddy|usr\/share\/caddy|srv)(?=\/|$)/;

const WHY: Readonly<Record<CaddyBroken['why'], Text>> = {
  'unclosed-block': { fr: 'un bloc n’est pas fermé', en: 'a block is not closed' },
  'unexpected-brace': { fr: 'une accolade de trop', en: 'a brace too many' },
  'unclosed-quote': { fr: 'des guillemets ne sont pas fermés', en: 'a quote is not closed' },
  'too-deep': { fr: 'des blocs imbriqués de plus de 60 niveaux', en: 'blocks nested over 60 levels deep' },
  'too-many': { fr: 'plus de 200\u202f000 mots', en: 'over 200,000 words' },
};

/** Caddyfiles with what they import, and Caddy's own JSON. */
export const caddy = defineCollector({
  id: 'caddy',
  source: 'repo',
  title: { fr: 'configuration Caddy', en: 'Caddy configuration' },
  reads: ({ plain }) => (NAME.test(plain) || JSON_NAME.test(plain)) && !OTHER.test(plain),
  collectAll(readings, sinkOf, tree) {
    const files = readings.filter(({ path }) => !path.toLowerCase().endsWith('.json'));
    const places = placedFiles(tree, FOLDERS);
    const loaded = files.map((reading) => ({ reading, made: readFile(reading, readings, tree, places) }));
    const inner = new Set(loaded.flatMap(({ made }) => made.loaded.files.slice(1)));
    for (const { reading, made } of loaded) {
      // what another file imports is no configuration of its own
      if (inner.has(reading.path)) continue;
      for (const { file, line, why } of made.loaded.broken)
        sinkOf(file).unread(line, {
          fr: `Caddyfile illisible\u00a0: ${WHY[why].fr}`,
          en: `unreadable Caddyfile: ${WHY[why].en}`,
        });
      tell(made.config, sinkOf(reading.path));
    }
    for (const reading of readings) if (!files.includes(reading)) readOwnJson(reading, sinkOf(reading.path));
  },
});

function tell(config: ProxyConfig, sink: Sink): void {
  if (config.routers.length === 0 && config.entryPoints.length === 0) return;
  sink.artifact('proxies', config);
  const [main = ''] = config.files;
  for (const fact of proxyFacts(config, standingOf(main).environments)) sink.fact(fact);
}

function readFile(
  reading: Reading,
  readings: readonly Reading[],
  tree: Tree,
  places: readonly PlacedFiles[],
) {
  const texts = new Map<string, ReturnType<typeof untemplated>>();
  const lines = new Map<string, readonly string[]>();
  const raw = (file: string) => readings.find(({ path }) => path === file)?.text ?? tree.read(file);
  const text = (file: string): string | undefined => {
    const written = raw(file);
    if (written === undefined) return undefined;
    const plain = TEMPLATE.test(file) ? untemplated(written) : { text: written, marks: [] };
    texts.set(file, plain);
    return plain.text;
  };
  const loaded = loadCaddy(reading.path, { text, imported: importer(reading.path, tree, places) });
  const at = ({ file, line }: { file: string; line: number }): ProxyPlace => {
    const kept = lines.get(file) ?? raw(file)?.split('\n') ?? [];
    lines.set(file, kept);
    const excerpt = proxyExcerpt(kept[line - 1] ?? '');
    return { source: 'repo', file, line, ...(excerpt !== '' && { excerpt }) };
  };
  const { sort } = standingOf(reading.path, { rendered: TEMPLATE.test(reading.path) });
  const services = givenTo(places, [reading.path]);
  const config = caddyConfig(loaded, { source: 'repo', standing: sort }, at);
  if (services.length > 0) config.givenTo = services;
  for (const [file, { marks }] of texts)
    for (const { what, line } of marks) config.blindSpots.push({ what, at: at({ file, line }) });
  for (const { file, line } of loaded.broken)
    if (file !== reading.path) config.blindSpots.push({ what: 'import', at: at({ file, line }) });
  return { loaded, config };
}

/** Paths of imports are from the file that they stand in; absolute ones from where images and Compose put files. */
function importer(main: string, tree: Tree, places: readonly PlacedFiles[]) {
  const placed =
    places.find(({ files }) => [...files.values()].includes(main))?.files ?? new Map<string, string>();
  return (pattern: string, from: string): readonly string[] | undefined => {
    if (pattern.startsWith('/')) {
      const path = plainPath(pattern);
      const found = [...placed].filter(([target]) =>
        isPattern(path) ? fitsPattern(path, target) : target === path,
      );
      if (found.length > 0) return found.map(([, source]) => source).sort();
    }
    const inside = pattern.startsWith('/') ? pattern.replace(FOLDERS, '').slice(1) : pattern;
    if (inside === '' || inside.startsWith('/') || (pattern.startsWith('/') && !FOLDERS.test(pattern)))
      return undefined;
    const folder = folderOf(from);
    const path = plainPath(folder === '' ? inside : `${folder}/${inside}`);
    if (!isPattern(path)) return tree.paths.has(path) ? [path] : undefined;
    const found = [...tree.paths].filter((one) => fitsPattern(path, one)).sort();
    return found.length > 0 ? found.slice(0, 200) : undefined;
  };
}

function readOwnJson(reading: Reading, sink: Sink): void {
  if (!/"apps"/.test(reading.text) || !/"servers"/.test(reading.text)) return;
  const json = readJson(reading.text);
  if ('error' in json) {
    sink.unread(1, { fr: 'JSON de Caddy illisible', en: 'unreadable JSON of Caddy' });
    return;
  }
  const { sort } = standingOf(reading.path);
  const config = caddyJson(json.value, { source: 'repo', standing: sort, files: [reading.path] }, (value) => {
    const line = reading.lineOf(value.offset ?? 0);
    const excerpt = proxyExcerpt(reading.lines[line - 1] ?? '');
    return { source: 'repo', file: reading.path, line, ...(excerpt !== '' && { excerpt }) };
  });
  tell(config, sink);
}
