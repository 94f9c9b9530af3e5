import type { FileEvidence } from '#model/evidence.ts';
import { isFileEvidence } from '#model/evidence.ts';
import { code } from '#model/text.ts';
import { defineCollector, type Reading, type Sink } from '../collector.ts';
import { flagsOf } from '../traefik/arguments.ts';
import { type DynamicConfig, isDynamic, readDynamic } from '../traefik/dynamic.ts';
import { isOldDynamic, readOldDynamic } from '../traefik/dynamic-v1.ts';
import { traefikFacts } from '../traefik/facts.ts';
import { optionFrom } from '../traefik/option.ts';
import { isStatic, readStatic } from '../traefik/static.ts';
import { statusOf } from './name-status.ts';
import { standingOf } from './standing.ts';
import { containersOf } from './traefik/containers.ts';
import { placeAt, readOptions } from './traefik/read-options.ts';
import { type OptionFile, type UnitStart, type Whole, wholes } from './traefik/whole.ts';

const NAMED = /\.(?:ya?ml|toml)(?:\.(?:j2|tpl|tmpl|template|example|exemple|sample|dist))?$|\.service$/;
const ELSEWHERE = /^\.github\/|(?:^|\/)(?:node_modules|charts?)\/|-lock\.ya?ml$/;

/** A key or a table at the start of a line that a file of Traefik, Compose or systemd has: most files have none. */
const START =
  /^["']?(?:http|tcp|udp|tls|entry[pP]oints|certificatesResolvers|providers|services)["']?\s{0,8}:|^\s{0,8}\[/m;
/** Words of which such a file holds one at least. */
const MARKS = ['traefik', 'ntryPoints', 'ntrypoints', 'routers', 'middlewares', 'certFile', 'loadBalancer'];
const LABELS =
  /traefik\.(?:\$|[\w-]{1,100}\.|enable|port)|image:\s{0,4}["']?[\w./:-]{0,200}traefik|--(?:entry[pP]oints|providers)\./;
const STATIC =
  /^["']?(?:entry[pP]oints|certificatesResolvers)["']?\s{0,8}:|^providers:\s{0,20}(?:#[^\n]{0,200})?\n|^\s{0,8}\[(?:entry[pP]oints|providers|certificatesResolvers)[.\]]/m;
const DYNAMIC =
  /^["']?(?:http|tcp|udp|tls)["']?\s{0,8}:|^\s{0,8}\[{1,2}(?:http|tcp|udp|tls|frontends|backends)[.\]]/m;
const OF_KUBERNETES = /^["']?apiVersion["']?\s{0,4}:/m;

/** Cheap: whether a text may be of Traefik, or of containers that it serves. */
const holds = (text: string): boolean =>
  START.test(text) &&
  MARKS.some((mark) => text.includes(mark)) &&
  !OF_KUBERNETES.test(text) &&
  (LABELS.test(text) || STATIC.test(text) || DYNAMIC.test(text) || /^ExecStart=.{0,400}traefik/m.test(text));

/** Traefik: static configuration, dynamic files, and labels of containers. Traefik documentation, versions 1.7 to 3. */
export const traefik = defineCollector({
  id: 'traefik',
  source: 'repo',
  title: { fr: 'configuration de Traefik', en: 'Traefik configuration' },
  reads: ({ path, plain }) => NAMED.test(plain) && !ELSEWHERE.test(path),
  holds,
  collectAll(readings, sinkOf, tree) {
    const files: OptionFile[] = [];
    const composes = [];
    const units: UnitStart[] = [];
    for (const reading of readings) {
      if (/\.service(?:\.|$)/i.test(reading.path)) units.push(...unitOf(reading));
      else if (/^["']?services["']?\s*:/m.test(reading.text)) {
        const compose = containersOf(reading, tree);
        // a compose file that does not parse is told by the collector of compose files
        if (compose && !('error' in compose)) composes.push(compose);
      } else files.push(...fileOf(reading, sinkOf(reading.path)));
    }
    // what is there to be extended is started by nobody, unless its name says that it is
    const extended = new Set(composes.flatMap((compose) => compose.extended));
    const started = composes.filter(({ file }) => !extended.has(file) || /compose|stack/i.test(file));
    for (const whole of wholes(files, started, units)) give(whole, sinkOf);
  },
});

function fileOf(reading: Reading, sink: Sink): OptionFile[] {
  const read = readOptions(reading);
  if ('error' in read) {
    // other formats share its words: only what is surely of Traefik is missed
    if (isSurely(reading.text))
      sink.unread(read.error.line, {
        fr: `configuration de Traefik illisible\u00a0: ${code(read.error.message)}`,
        en: `unreadable configuration of Traefik: ${code(read.error.message)}`,
      });
    return [];
  }
  const { option, isTemplated, second, isCut } = read;
  const at = placeAt(reading, 1);
  const blindSpots = [
    ...(isTemplated ? [{ what: 'templates', at }] : []),
    ...(isCut ? [{ what: 'too large', at }] : []),
    ...(second !== undefined ? [{ what: 'documents after the first', at: placeAt(reading, second) }] : []),
  ];
  const settings = isStatic(option) ? readStatic(option) : undefined;
  const dynamic = dynamicOf(option);
  if (!settings && !dynamic) return [];
  return [
    {
      path: reading.path,
      at,
      ...(settings && { static: { ...settings, blindSpots: [...settings.blindSpots, ...blindSpots] } }),
      ...(dynamic && { dynamic: { ...dynamic, blindSpots: [...dynamic.blindSpots, ...blindSpots] } }),
    },
  ];
}

function dynamicOf(option: Parameters<typeof isDynamic>[0]): DynamicConfig | undefined {
  if (isDynamic(option)) return readDynamic(option, 'file');
  return isOldDynamic(option) ? readOldDynamic(option) : undefined;
}

const isSurely = (text: string): boolean =>
  /^["']?entry[pP]oints["']?\s{0,8}:/m.test(text) ||
  /^(?:http|tcp|udp):[ \t]{0,20}\n(?:[ \t]{0,40}(?:#[^\n]{0,400})?\n){0,20}[ \t]{1,8}(?:routers|services|middlewares):/m.test(
    text,
  );

const EXEC = /^ExecStart\s*=\s*[-@:+!|]{0,8}(\S*traefik\S*(?:[^\n\\]|\\\n)*)/m;

/** How a unit of systemd starts it. */
function unitOf(reading: Reading): UnitStart[] {
  const found = EXEC.exec(reading.text);
  if (!found?.[1]) return [];
  const at = placeAt(reading, reading.lineOf(found.index));
  const words = found[1].replace(/\\\n/g, ' ').slice(0, 20_000).split(/\s+/);
  const flags = flagsOf(words.map((text) => ({ text: text.replace(/^(["'])(.*)\1$/, '$2'), at })));
  const configFile = flags.find(({ path }) => /^configfile$/i.test(String(path[0])))?.value;
  const others = flags.filter(({ path }) => !/^configfile$/i.test(String(path[0])));
  return [
    {
      path: reading.path,
      at,
      ...(configFile !== undefined && { configFile }),
      ...(others.length > 0 && configFile === undefined && { settings: readStatic(optionFrom(others, at)) }),
    },
  ];
}

function give({ config, implied, containers }: Whole, sinkOf: (file: string) => Sink): void {
  const first = config.files[0] ?? '';
  sinkOf(first).artifact('proxies', config);
  const facts = traefikFacts(config, {
    environmentsOf: (place) =>
      isFileEvidence(place) ? standingOf(place.file, { rendered: true }).environments : [],
    statusOf: (name) => (implied.has(name) ? undefined : statusOf(name)),
    containerOf: ({ name, provider }) => (provider === 'file' ? undefined : containers.get(name)),
  });
  for (const fact of facts) sinkOf((fact.evidence as FileEvidence).file).fact(fact);
}
