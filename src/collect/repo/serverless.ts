import { posix } from 'node:path';
import { environmentsOf } from '#lib/environments.ts';
import { hasSymbol, knownPart } from '#lib/symbolic.ts';
import type { FileEvidence } from '#model/evidence.ts';
import type { Fact } from '#model/fact.ts';
import { code, type Text } from '#model/text.ts';
import { defineCollector, type Reading, type Sink } from '../collector.ts';
import type { Tree } from '../readers/tree.ts';
import { Deployment } from './cloudformation/deployment.ts';
import { symbol } from './cloudformation/functions.ts';
import { LineIndex } from './cloudformation/line-index.ts';
import { type Located, readLocated } from './cloudformation/located.ts';
import { deploymentFacts } from './cloudformation/template-facts.ts';
import { givenStages } from './serverless/given-stages.ts';
import { inTree, Places } from './serverless/places.ts';
import { type Service, serviceOf } from './serverless/service.ts';
import { type Stage, stagesOf } from './serverless/stages.ts';
import { Variables } from './serverless/variables.ts';
import { type Standing, standingOf } from './standing.ts';
import { mapping, scalar } from './untyped.ts';

const NAME = /^serverless(?:[.-][\w-]{1,40})?\.(?:ya?ml|json)$/;
const MOST_FILES = 100;

/** Unreadable, for coverage; the message repeats nothing of the file. */
const broken = (message: string): Text => ({
  fr: `configuration illisible\u00a0: ${code(message)}`,
  en: `unreadable configuration: ${code(message)}`,
});

/** Services of the Serverless Framework: what each of their stages deploys. */
export const serverless = defineCollector({
  id: 'serverless',
  source: 'repo',
  title: { fr: 'Serverless Framework', en: 'Serverless Framework' },
  reads: ({ plain }) => NAME.test(plain),
  collect(reading, sink, tree) {
    const located = readLocated(reading.path, reading.text, (offset) => reading.lineOf(offset));
    if ('error' in located) {
      sink.unread(located.error.line, broken(located.error.message));
      return;
    }
    const provider = mapping(located.value).get('provider');
    if (provider === undefined) return;
    const name = scalar(mapping(provider).get('name')) ?? scalar(provider) ?? '';
    if (/^(?:google|azure|kubeless|openwhisk|cloudflare|fn|tencent|aliyun|knative)/.test(name)) {
      sink.unread(
        1,
        { fr: `fournisseur ${code(name)}, pas encore lu`, en: `provider ${code(name)}, not read yet` },
        false,
      );
      return;
    }
    collectService(located, reading, sink, tree);
  },
});

function collectService(located: Located, reading: Reading, sink: Sink, tree: Tree): void {
  const { path, text } = reading;
  const places = new Places();
  const self = places.add(path, text, located);
  const file = filesBeside(path, places, tree);
  const standing = standingOf(path, { rendered: true });
  const at = (place: number): FileEvidence => places.elsewhere(place) ?? reading.at(place);
  const stages = stagesOf(self, givenStages(path, tree));
  const deployments: Deployment[] = [];
  for (const { name: stage, environments } of stages.length > 0 ? stages : [UNKNOWN]) {
    const first = new Variables({ self, stage, file }, places);
    const region = first.text(mapping(mapping(self).get('provider')).get('region'));
    const variables = new Variables({ self, stage, file, ...(region !== undefined && { region }) }, places);
    const service = serviceOf(path, self, stage, variables, places);
    if (!service) continue;
    for (const fact of stackFacts(service, environments, standing, at)) sink.fact(fact);
    const world = {
      parameters: new Map<string, string>(),
      environments,
      stackName: service.stackName,
      ...(service.region !== undefined && { region: service.region }),
    };
    deployments.push(new Deployment(service.template, world, tree));
  }
  for (const fact of deploymentFacts(deployments, { standing, at })) sink.fact(fact);
}

const UNKNOWN: Stage = { name: symbol('stage'), environments: [] };

/** The stack of one stage; none where nothing of its name is known. */
function stackFacts(
  { stackName, place, region }: Service,
  environments: readonly string[],
  standing: Standing,
  at: (place: number) => FileEvidence,
): Fact[] {
  if (!/[A-Za-z0-9]{2}/.test(knownPart(stackName))) return [];
  const told = [environments, standing.environments, environmentsOf(knownPart(stackName))].find(
    (one) => one.length > 0,
  );
  return [
    {
      kind: 'AWS::CloudFormation::Stack',
      name: stackName,
      source: 'repo',
      sort: standing.sort,
      environments: [...(told ?? [])],
      nameStatus: hasSymbol(stackName) ? 'template' : 'resolved',
      evidence: at(place),
      verb: 'creates',
      certainty: 'static',
      ...(region !== undefined && { region }),
    },
  ];
}

/** The files that `${file(…)}` names, read once each and only within the tree. */
function filesBeside(service: string, places: Places, tree: Tree): (path: string) => unknown {
  const read = new Map<string, unknown>();
  return (written) => {
    const path = posix.join(posix.dirname(service), written);
    if (read.has(path)) return read.get(path);
    const isData = /\.(?:ya?ml|json)$/.test(path) && inTree(path, tree) && read.size < MOST_FILES;
    const text = isData ? tree.read(path) : undefined;
    const index = new LineIndex(text ?? '');
    const located =
      text === undefined ? undefined : readLocated(path, text, (offset) => index.lineOf(offset));
    const value =
      located === undefined || 'error' in located ? undefined : places.add(path, text ?? '', located);
    read.set(path, value);
    return value;
  };
}
