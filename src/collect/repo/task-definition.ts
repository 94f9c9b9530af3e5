import type { Fact } from '#model/fact.ts';
import { code } from '#model/text.ts';
import { defineCollector, type Reading } from '../collector.ts';
import { imageFacts } from './image-facts.ts';
import { type JsonValue, readJson } from './json-source.ts';
import { statusOf } from './name-status.ts';
import { withoutRetiredMark } from './retired.ts';
import { standingOf } from './standing.ts';
import { type DefinitionContext, placeOf } from './task-definition/definition.ts';
import { serviceDefinitionFacts } from './task-definition/service-definition.ts';
import { taskDefinitionFacts } from './task-definition/task-facts.ts';

const NAME = /\.jsonc?(?:\.(?:tpl|tmpl|tftpl|template|j2|dist|example|sample))?$|\.tpl\.json$/;
const TEMPLATE = /\.(?:tpl|tmpl|tftpl|template|j2)$|\.tpl\.json$/;
/** A number that is filled in later, `"containerPort": {{ PORT }}`, makes a template of any file. */
const OPEN_VALUE = /[:[,]\s{0,20}(?:\{\{|\$\{|<%)/;
/** JSON of other tools, and of no deployment: not opened. */
const OTHER =
  /^(?:package|package-lock|npm-shrinkwrap|composer|tsconfig[\w.-]*|jsconfig|angular|nx|turbo|lerna|renovate|manifest|openapi|swagger|\.\w+)\.jsonc?$|(?:^|\/)(?:i18n|locales?|translations|lang|node_modules|__snapshots__)\//;

/** Task definitions of Amazon ECS kept as JSON: containers, images, logs, secrets by name, roles, file systems. */
export const taskDefinition = defineCollector({
  id: 'task-definition',
  source: 'repo',
  title: { fr: 'définition de tâche ECS (JSON)', en: 'ECS task definition (JSON)' },
  reads: ({ path, plain }) => NAME.test(plain) && !OTHER.test(plain) && !OTHER.test(path),
  collect(reading, sink) {
    if (!mayHold(reading)) return;
    const tolerant = TEMPLATE.test(withoutRetiredMark(reading.path)) || OPEN_VALUE.test(reading.text);
    const json = readJson(reading.text, { tolerant });
    if ('error' in json) {
      sink.unread(reading.lineOf(json.error.offset), {
        fr: `JSON illisible\u00a0: ${code(json.error.message)}`,
        en: `unreadable JSON: ${code(json.error.message)}`,
      });
      return;
    }
    const context = { reading, ...standingOf(reading.path, { rendered: true }) };
    if (json.value.get('AWSEBDockerrunVersion').exists)
      for (const fact of dockerrunFacts(json.value, context)) sink.fact(fact);
    for (const root of rootsOf(json.value)) {
      const facts = root.get('serviceName').exists
        ? serviceDefinitionFacts(root, context)
        : taskDefinitionFacts(root, context);
      for (const fact of facts) sink.fact(fact);
    }
  },
});

function mayHold({ path, text }: Reading): boolean {
  if (text.includes('"AWSEBDockerrunVersion"')) return true;
  if (text.includes('"containerDefinitions"')) return true;
  if (text.includes('"serviceName"') && text.includes('"taskDefinition"')) return true;
  return /container|task|ecs/i.test(path) && text.includes('"image"') && text.includes('"name"');
}

/** What stands in the file: one definition, one inside another call's input or answer, or its containers alone. */
function rootsOf(value: JsonValue): JsonValue[] {
  const inner = value.get('taskDefinition');
  if (inner.get('containerDefinitions').isArray) return [inner];
  const isService = value.get('serviceName').text !== undefined && inner.text !== undefined;
  if (value.get('containerDefinitions').isArray || isService) return [value];
  const isContainers = value.isArray && value.items.length > 0 && value.items.every(isContainer);
  return isContainers ? [value] : [];
}

/** The image of a single container on Elastic Beanstalk (developer guide, “Dockerrun.aws.json v1”); v2 lists containers. */
function dockerrunFacts(root: JsonValue, context: DefinitionContext): Fact[] {
  const image = root.get('Image').get('Name');
  const { sort, environments } = context;
  // `:@TAG` is what deployment scripts replace
  const text = (image.text ?? '').replace(/:@(\w+)$/, ':${$1}');
  return imageFacts({
    image: { text, status: statusOf(text) ?? 'literal' },
    evidence: placeOf(image, context),
    sort,
    environments,
    verb: 'requires',
  });
}

const isContainer = (item: JsonValue): boolean =>
  item.get('name').text !== undefined &&
  item.get('image').text !== undefined &&
  ['essential', 'portMappings', 'logConfiguration', 'memory', 'memoryReservation'].some(
    (key) => item.get(key).exists,
  );
