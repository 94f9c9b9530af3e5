import type { ProxyConfig, ProxyPlace } from '#model/proxy.ts';
import type { Text } from '#model/text.ts';
import { defineCollector, type Reading, type Sink } from '../collector.ts';
import { nginxConfig } from '../nginx/config.ts';
import { folderOf } from '../nginx/include-path.ts';
import { type LoadedNginx, loadNginx } from '../nginx/load.ts';
import { proxyExcerpt } from '../nginx/masked.ts';
import {
  type Finder,
  guessedFinder,
  isLoadedFolder,
  NGINX_FOLDERS,
  placedFinder,
  rendered,
} from '../nginx/repository.ts';
import { untemplated } from '../nginx/template.ts';
import type { Broken, Directive } from '../nginx/tokens.ts';
import { proxyFacts } from '../proxy-facts.ts';
import type { Tree } from '../readers/tree.ts';
import { givenTo, type PlacedFiles, placedFiles } from './placed-files.ts';
import { type Standing, standingOf } from './standing.ts';

const CONF = /\.conf(?:\.[\w-]{1,24}){0,3}$/;
const NAMED = /^nginx[\w.-]{0,80}$|\.nginx(?:\.[\w-]{1,24}){0,2}$/;
const FOLDER = /(?:^|\/)(?:nginx|sites-(?:available|enabled)|conf\.d)\/(?:.*\/)?[^/]{1,200}$/;
/** Texts in the same folders that are something else. */
const OTHER =
  /\.(?:ya?ml|json|md|rst|sh|py|rb|js|mjs|ts|tsx|html?|css|svg|png|jpe?g|gif|ico|toml|xml|crt|pem|key|csr|txt|log|lua|pp|go|rs|java|php|patch|diff|service|env|lock|tf|ps1|bat|dockerfile|gitkeep|gitignore|cs|vcl|map|woff2?)$|^(?:docker|container|make)file|^\.|^readme/;
/** A block that only nginx has, and a directive with its semicolon: other languages have the one or the other. */
const BLOCK =
  /^[ \t]{0,24}(?:(?:server|http|stream|mail|events|types)[ \t]{0,8}\{|(?:upstream|location|map|geo|limit_except|split_clients)[ \t]{1,8}[^\n;{]{1,300}\{|(?:server|http|stream|events)[ \t]{0,8}\r?\n[ \t]{0,24}\{)/m;
const DIRECTIVE =
  /(?:^|[{;])[ \t]{0,24}(?:listen|server_name|root|alias|proxy_pass|fastcgi_pass|uwsgi_pass|grpc_pass|return|rewrite|include|server|worker_connections|worker_processes|try_files|index|default|location|add_header|deny|allow|proxy_set_header|access_log|error_log|set|keepalive|expires|auth_basic)[ \t]{1,40}[^\n;]{1,500};/m;
const HEAD = 200_000;

/** Whether a text is nginx's, by a look that costs little. */
export const looksLikeNginx = (text: string): boolean => {
  const head = text.length > HEAD ? text.slice(0, HEAD) : text;
  return BLOCK.test(head) && DIRECTIVE.test(head);
};

const WHY: Readonly<Record<Broken['why'], Text>> = {
  'unclosed-block': { fr: 'un bloc n’est pas fermé', en: 'a block is not closed' },
  'unexpected-brace': { fr: 'une accolade de trop', en: 'a brace too many' },
  'unclosed-quote': { fr: 'des guillemets ne sont pas fermés', en: 'a quote is not closed' },
  'unended-directive': { fr: 'une directive sans point-virgule', en: 'a directive without its semicolon' },
  'too-deep': { fr: 'des blocs imbriqués de plus de 60 niveaux', en: 'blocks nested over 60 levels deep' },
  'too-many': { fr: 'plus de 100\u202f000 directives', en: 'over 100,000 directives' },
};

/** One configuration to be read: its main files, and where its includes lead. */
interface Unit {
  mains: string[];
  finder: Finder;
}

/** nginx's configuration: what each main file makes with what it includes. */
export const nginx = defineCollector({
  id: 'nginx',
  source: 'repo',
  title: { fr: 'configuration nginx', en: 'nginx configuration' },
  reads: ({ path, plain }) =>
    CONF.test(plain) || ((NAMED.test(plain) || FOLDER.test(path.toLowerCase())) && !OTHER.test(plain)),
  holds: looksLikeNginx,
  collectAll: (readings, sinkOf, tree) => new Repository(readings, sinkOf, tree).collect(),
});

class Repository {
  readonly #readings: ReadonlyMap<string, Reading>;
  readonly #sinkOf: (file: string) => Sink;
  readonly #tree: Tree;
  readonly #texts = new Map<string, ReturnType<typeof untemplated> | undefined>();
  readonly #lines = new Map<string, readonly string[]>();
  readonly #told = new Set<string>();
  readonly #places: readonly PlacedFiles[];

  constructor(readings: readonly Reading[], sinkOf: (file: string) => Sink, tree: Tree) {
    this.#readings = new Map(readings.map((reading) => [reading.path, reading]));
    this.#sinkOf = sinkOf;
    this.#tree = tree;
    this.#places = placedFiles(tree, NGINX_FOLDERS);
  }

  collect(): void {
    const done = new Set<string>();
    const made = new Set<string>();
    const read = (units: readonly Unit[]) => {
      const loaded = units.map((unit) => ({ unit, loaded: this.#load(unit) }));
      // a file that another one includes is no configuration of its own
      const inner = new Set(
        loaded.flatMap((one) => one.loaded.files.filter((file) => !one.unit.mains.includes(file))),
      );
      for (const one of loaded) {
        const key = one.unit.mains.join('\n');
        if (made.has(key) || one.unit.mains.every((main) => inner.has(main))) continue;
        made.add(key);
        for (const file of one.loaded.files) done.add(file);
        this.#tell(one.unit, one.loaded);
      }
      for (const file of inner) done.add(file);
    };
    read(this.#placed());
    const left = () => [...this.#readings.keys()].filter((path) => !done.has(path));
    const guessed = (mains: string[]): Unit => ({
      mains,
      finder: guessedFinder(this.#tree.paths, mains[0] ?? ''),
    });
    read(
      left()
        .filter((path) => this.#isWhole(path))
        .map((path) => guessed([path])),
    );
    const folders = Map.groupBy(
      left().filter((path) => isLoadedFolder(folderOf(path))),
      (path) => JSON.stringify([folderOf(path), standing(path).sort]),
    );
    read([...folders.values()].map(guessed));
    read(
      left()
        .filter((path) => !this.#isEnabledToo(path))
        .map((path) => guessed([path])),
    );
  }

  /** What containers are given: nginx's main file, else what the image's own takes of `conf.d`. */
  #placed(): Unit[] {
    return this.#places.flatMap(({ files }): Unit[] => {
      const known = [...files].filter(([, source]) => this.#readings.has(source));
      const whole = known.find(([target]) => /^\/.*\/(?:nginx|angie)\.conf$/.test(rendered(target)));
      if (whole) return [{ mains: [whole[1]], finder: placedFinder(files, whole[0]) }];
      const loaded = known
        .filter(
          ([target]) =>
            isLoadedFolder(folderOf(rendered(target))) && /\.conf$|\/sites-enabled\//.test(rendered(target)),
        )
        .sort(([a], [b]) => (rendered(a) < rendered(b) ? -1 : 1));
      const [first] = loaded;
      return first
        ? [{ mains: loaded.map(([, source]) => source), finder: placedFinder(files, first[0]) }]
        : [];
    });
  }

  /** A file with the blocks that only a main file has. */
  #isWhole(path: string): boolean {
    return /^[ \t]{0,8}(?:http|events|stream|mail)\s{0,8}\{/m.test(this.#text(path)?.text ?? '');
  }

  /** A copy under `sites-available` of what `sites-enabled` beside it has. */
  #isEnabledToo(path: string): boolean {
    const twin = path.replace(/(^|\/)sites-available\//, '$1sites-enabled/');
    return twin !== path && this.#tree.paths.has(twin) && this.#text(twin)?.text === this.#text(path)?.text;
  }

  #text(path: string): ReturnType<typeof untemplated> | undefined {
    if (!this.#texts.has(path)) {
      const text = this.#readings.get(path)?.text ?? this.#tree.read(path);
      this.#texts.set(path, text === undefined ? undefined : untemplated(text));
    }
    return this.#texts.get(path);
  }

  #load({ mains, finder }: Unit): LoadedNginx {
    return loadNginx(mains, { text: (file) => this.#text(file)?.text, included: finder });
  }

  #tell({ mains }: Unit, loaded: LoadedNginx): void {
    for (const { file, line, why } of loaded.broken) {
      const key = `${file}:${line}`;
      if (!this.#told.has(key)) {
        const { fr, en } = WHY[why];
        this.#sinkOf(file).unread(line, {
          fr: `configuration nginx illisible\u00a0: ${fr}`,
          en: `unreadable nginx configuration: ${en}`,
        });
      }
      this.#told.add(key);
    }
    const [main] = mains;
    if (main === undefined || loaded.directives.length === 0) return;
    const { sort, environments } = standing(main);
    const at = (directive: Pick<Directive, 'file' | 'line'>): ProxyPlace => this.#at(directive);
    const services = givenTo(this.#places, mains);
    const { config } = nginxConfig(
      loaded,
      { source: 'repo', standing: sort, ...(services.length > 0 && { givenTo: services }) },
      at,
    );
    for (const file of loaded.files)
      for (const { what, line } of this.#text(file)?.marks ?? [])
        config.blindSpots.push({ what, at: at({ file, line }) });
    if (config.routers.length === 0 && config.services.length === 0 && config.entryPoints.length === 0)
      return;
    const sink = this.#sinkOf(main);
    sink.artifact('proxies', config satisfies ProxyConfig);
    for (const fact of proxyFacts(config, environments)) sink.fact(fact);
  }

  #at({ file, line }: Pick<Directive, 'file' | 'line'>): ProxyPlace {
    const lines =
      this.#lines.get(file) ?? this.#readings.get(file)?.lines ?? this.#tree.read(file)?.split('\n') ?? [];
    this.#lines.set(file, lines);
    const excerpt = proxyExcerpt(lines[line - 1] ?? '');
    return { source: 'repo', file, line, ...(excerpt !== '' && { excerpt }) };
  }
}

/** What nginx's image renders stands as a template too, and `default.conf` is what nginx's packages call the one in use. */
const standing = (path: string): Standing => {
  const folder = folderOf(path);
  const base = path
    .slice(folder === '' ? 0 : folder.length + 1)
    .replace(/^(\.?)default(?=$|[._-])/i, '$1site');
  return standingOf(folder === '' ? base : `${folder}/${base}`, {
    rendered: /\.(?:template|j2|erb|tmpl|tpl)$/i.test(path),
  });
};
