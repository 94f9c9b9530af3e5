import type { Text } from '#model/text.ts';
import { code } from '#model/text.ts';
import { defineCollector, type FileName, type Sink } from '../collector.ts';
import type { Tree } from '../readers/tree.ts';
import { type ComposeText, projectOf, readCompose } from './compose/compose-text.ts';
import { Layers, otherCompose } from './compose/layers.ts';
import { readService } from './compose/service.ts';
import { type ComposeContext, type Started, serviceFacts } from './compose/service-facts.ts';
import { requiredVariables } from './compose/start-needs.ts';
import { networksOf, topLevelFacts, volumesOf } from './compose/top-level.ts';
import { withoutRetiredMark } from './retired.ts';
import { standingOf } from './standing.ts';
import { list, mapping, texts } from './untyped.ts';

const NAME =
  /(?:^|[._-])(?:docker[-_.]?)?(?:compose|stack|swarm)(?:[._-][\w.-]*)?\.ya?ml$|^(?:local|dev|development|staging|production|prod)\.ya?ml$/;
/** Names that say compose and nothing else: such a file without services is worth a word. */
const CERTAIN = /^(?:docker-)?compose(?:[._-][\w.-]*)?\.ya?ml$/;
const SERVICES = /^services:/m;

const isCompose = ({ path, plain }: Pick<FileName, 'path' | 'plain'>): boolean =>
  NAME.test(plain) && !path.startsWith('.github/workflows/');

const isComposePath = (path: string): boolean =>
  isCompose({ path, plain: withoutRetiredMark(path.slice(path.lastIndexOf('/') + 1).toLowerCase()) });

/** Unreadable YAML, for coverage; the message repeats nothing of the file. */
const brokenYaml = (message: string): Text => ({
  fr: `YAML illisible\u00a0: ${code(message)}`,
  en: `unreadable YAML: ${code(message)}`,
});

/** Compose files: their services with the images, ports and volumes that they would start with. */
export const compose = defineCollector({
  id: 'compose',
  source: 'repo',
  title: { fr: 'fichier Compose', en: 'Compose file' },
  reads: isCompose,
  collect(reading, sink, tree) {
    const { path, text } = reading;
    const base = withoutRetiredMark(path.slice(path.lastIndexOf('/') + 1).toLowerCase());
    if (!CERTAIN.test(base) && !SERVICES.test(text)) return;
    const compose = readCompose(path, text, tree);
    if (!compose) return;
    if ('error' in compose) {
      sink.unread(compose.error.line, brokenYaml(compose.error.message));
      return;
    }
    for (const { line } of compose.yaml.errors.slice(0, 5)) {
      sink.unread(line, {
        fr: 'clé donnée deux fois\u00a0: la dernière compte',
        en: 'key given twice: the last one counts',
      });
    }
    const project = projectOf(compose, tree);
    collectCompose(compose, project, sink, tree);
    for (const included of includedBy(compose, tree)) collectCompose(included, project, sink, tree);
  },
});

/** The included files that no collector reads by their own name. */
function includedBy(compose: ComposeText, tree: Tree): ComposeText[] {
  const paths = list(compose.top.get('include')).flatMap((entry) => {
    const path = mapping(entry).get('path');
    return texts(path ?? entry);
  });
  return [...new Set(paths)]
    .map((path) => otherCompose(compose, path, tree))
    .filter((other) => other !== undefined && !isComposePath(other.path)) as ComposeText[];
}

function collectCompose(text: ComposeText, project: string, sink: Sink, tree: Tree): void {
  const standing = standingOf(text.path);
  const context: ComposeContext = { text, project, ...standing };
  const overrides = overriddenBy(text, tree);
  const base = overrides === undefined ? undefined : composeAt(overrides, tree);
  const merged = base && startedWith(text, project, tree, base);
  const own = startedWith(text, project, tree);
  const seen = new Set<string>();
  for (const one of own.all) {
    const started = merged?.all.find(({ service }) => service.name === one.service.name) ?? one;
    for (const fact of serviceFacts(one.service, one.layers, context, started)) {
      const key = JSON.stringify([fact.kind, fact.name, fact.scope, fact.evidence]);
      const file = 'file' in fact.evidence ? fact.evidence.file : text.path;
      // What is extended from a file that is read by itself is told there.
      if (seen.has(key) || (file !== text.path && isComposePath(file))) continue;
      seen.add(key);
      sink.fact(fact);
    }
  }
  const services = own.all.map(({ service }) => service);
  for (const fact of topLevelFacts(context, merged?.services ?? services, own)) sink.fact(fact);
  sink.artifact('composeFiles', {
    file: text.path,
    retired: standing.sort === 'retired',
    ...requiredVariables(text),
    project,
    ...(overrides !== undefined && { overrides }),
    services,
    networks: own.networks,
    volumes: own.volumes,
    ...(merged && {
      merged: { services: merged.services, networks: merged.networks, volumes: merged.volumes },
    }),
  });
}

/** The services of a file as it would start them, alone or merged over another. Compose documentation, “Merge Compose files”. */
function startedWith(text: ComposeText, project: string, tree: Tree, base?: ComposeText) {
  const texts = base ? [text, base] : [text];
  const names = [...new Set(texts.flatMap((one) => [...one.services.keys()]))];
  const read = names.map((name) => {
    const layers = new Layers(text, name, tree, base);
    return { service: readService(name, layers), layers };
  });
  const services = read.map(({ service }) => service);
  const networks = networksOf(texts, project, services);
  const volumes = volumesOf(texts, project);
  const all = read.map((one): Started => ({ ...one, networks, volumes }));
  return { services, networks, volumes, all };
}

function composeAt(path: string, tree: Tree): ComposeText | undefined {
  const written = tree.read(path);
  const reading = written === undefined ? undefined : readCompose(path, written, tree);
  return reading && !('error' in reading) ? reading : undefined;
}

const BASES = ['compose.yaml', 'compose.yml', 'docker-compose.yml', 'docker-compose.yaml'];

/** The base file beside one that cannot stand alone: named as an override, or with a service that has no image. */
function overriddenBy(text: ComposeText, tree: Tree): string | undefined {
  const base = text.path.slice(text.path.lastIndexOf('/') + 1);
  if (BASES.includes(base)) return undefined;
  const isPartial = [...text.services.values()].some(
    (service) => !service.has('image') && !service.has('build') && !service.has('extends'),
  );
  if (!isPartial && !/[._-]override\.ya?ml$/.test(base)) return undefined;
  const folder = text.folder === '' ? '' : `${text.folder}/`;
  return BASES.map((name) => `${folder}${name}`).find((path) => tree.paths.has(path));
}
