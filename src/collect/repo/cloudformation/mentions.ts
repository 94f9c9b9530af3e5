import type { FileEvidence } from '#model/evidence.ts';
import type { Fact, Kind, RelationFact, Verb } from '#model/fact.ts';
import { type AwsName, nameOfArn } from '../aws-names.ts';
import { namesIn, providersIn } from '../environment-names.ts';
import { imageFacts } from '../image-facts.ts';
import { statusOf } from '../name-status.ts';
import { list, mapping, scalar } from '../untyped.ts';
import type { Evaluation } from './evaluation.ts';
import { calledIn } from './references.ts';
import type { TemplateResource } from './template.ts';

/** What a resource names that its template does not declare: images, ARNs, secrets, and what its variables name. */
export interface Mentions {
  facts: Fact[];
  relations: RelationFact[];
}

type Base = Pick<Fact, 'sort' | 'environments'>;

/** Keys whose value names one other resource by its ARN. */
const NAMING =
  /^(?:Role|RoleArn|\w*RoleArn|ValueFrom|CertificateArn|TargetGroupArn|TopicArn|EventSourceArn|Cluster|DestinationArn|KmsKeyId|KmsKeyArn|SecretArn|LoadBalancerArn)$/;
const IMAGES: readonly [type: string, ...keys: string[]][] = [
  ['AWS::ECS::TaskDefinition', 'ContainerDefinitions', 'Image'],
  ['AWS::Lambda::Function', 'Code', 'ImageUri'],
  ['AWS::Lambda::Function', 'ImageUri'],
  ['AWS::Batch::JobDefinition', 'ContainerProperties', 'Image'],
  ['AWS::AppRunner::Service', 'SourceConfiguration', 'ImageRepository', 'ImageIdentifier'],
];
const DYNAMIC = /⟨(ssm|ssm-secure|secretsmanager):([^⟩]{1,300})⟩/g;
const MOST = 60;
const MOST_VISITED = 5_000;

/** The parts of an ARN that only the account decides say nothing of what it names. */
const bareArn = (text: string): string =>
  text.replace('⟨AWS::Partition⟩', 'aws').replace(/⟨AWS::(?:Region|AccountId)⟩/g, '');

interface Found {
  named: AwsName;
  type: string;
  line: number;
  verb: Verb;
  resolved: boolean;
}

/** The facts and relations of what a resource names outside its template. Bounded. */
export function mentionsOf(
  resource: TemplateResource,
  evaluation: Evaluation,
  base: Base,
  at: (line: number) => FileEvidence,
): Mentions {
  const found: Found[] = [];
  const facts: Fact[] = [];
  const relations: RelationFact[] = [];
  const { template } = evaluation;
  let visited = 0;
  const visit = (node: unknown, holder: unknown, key: string, line: number, depth: number): void => {
    visited += 1;
    if (visited > MOST_VISITED || depth > 30 || found.length > MOST) return;
    if (/^(?:Policies|PolicyDocument|AssumeRolePolicyDocument|Events)$/.test(key)) return;
    const own = template.lineOf(holder, key, line);
    const call = calledIn(node);
    if (typeof node === 'string' || call) {
      const name = key;
      const text = evaluation.text(node);
      if (text === undefined) return;
      const arn = NAMING.test(name) && text.startsWith('arn:') ? nameOfArn(bareArn(text)) : undefined;
      if (arn) found.push({ named: arn, type: verbFor(name), line: own, verb: 'requires', resolved: !!call });
      for (const [, service, written = ''] of text.matchAll(DYNAMIC)) {
        const named = dynamicName(service ?? '', written);
        if (named) found.push({ named, type: 'reads', line: own, verb: 'requires', resolved: false });
      }
      return;
    }
    if (Array.isArray(node))
      for (const [index, item] of node.entries())
        if (typeof item === 'object') visit(item, node, key, template.lineOf(node, index, own), depth + 1);
        else visit(item, holder, key, own, depth + 1);
    else if (typeof node === 'object' && node !== null)
      for (const [inner, value] of Object.entries(node)) visit(value, node, inner, own, depth + 1);
  };
  visit(resource.properties, undefined, '', resource.line, 0);
  found.push(...variablesOf(resource, evaluation));
  for (const { named, type, line, verb, resolved } of found) {
    const status = statusOf(named.name.replaceAll(/⟨[^⟩]*⟩/g, ''));
    if (!status || named.name.includes('*')) continue;
    const isOpen = named.name.includes('⟨');
    facts.push({
      ...base,
      ...named,
      source: 'repo',
      nameStatus: isOpen ? 'template' : status === 'literal' && resolved ? 'resolved' : status,
      evidence: at(line),
      verb,
      certainty: 'static',
    });
    relations.push({ type, to: keyOf(named) });
  }
  for (const fact of imagesOf(resource, evaluation, base, at)) {
    facts.push(fact);
    if (fact.kind === 'Docker::Image') relations.push({ type: 'uses-image', to: keyOf(fact) });
  }
  return { facts, relations };
}

const keyOf = ({ kind, name, scope }: { kind: Kind; name: string; scope?: string }) => ({
  kind,
  name,
  ...(scope !== undefined && { scope }),
});

const verbFor = (key: string): string =>
  /Role/.test(key)
    ? 'assumes'
    : /^ValueFrom$|Secret/.test(key)
      ? 'reads'
      : key === 'TargetGroupArn'
        ? 'registers-in'
        : key === 'Cluster'
          ? 'runs-in'
          : 'uses';

/** `{{resolve:ssm:NAME:VERSION}}`, `{{resolve:secretsmanager:NAME:SecretString:KEY:STAGE:ID}}`. */
function dynamicName(service: string, written: string): AwsName | undefined {
  if (service === 'secretsmanager') {
    if (written.startsWith('arn:')) return nameOfArn(written.split(':').slice(0, 7).join(':'));
    return { kind: 'AWS::SecretsManager::Secret', name: written.split(':')[0] ?? '' };
  }
  const name = written.split(':')[0] ?? '';
  return name.startsWith('/aws/service/') ? undefined : { kind: 'AWS::SSM::Parameter', name };
}

/** What the variables of a function or a container name. */
function variablesOf(resource: TemplateResource, evaluation: Evaluation): Found[] {
  const { template } = evaluation;
  const maps: { name: string; value: unknown; line: number }[] = [];
  if (resource.type === 'AWS::Lambda::Function') {
    const variables = mapping(resource.properties.Environment).get('Variables');
    for (const [name, value] of mapping(variables))
      maps.push({ name, value, line: template.lineOf(variables, name, resource.line) });
  }
  if (resource.type === 'AWS::ECS::TaskDefinition')
    for (const container of list(resource.properties.ContainerDefinitions))
      for (const item of list(mapping(container).get('Environment'))) {
        const name = scalar(mapping(item).get('Name'));
        const line = template.lineOf(item, 'Name', resource.line);
        if (name !== undefined) maps.push({ name, value: mapping(item).get('Value'), line });
      }
  const variables = maps.slice(0, 300).flatMap(({ name, value, line }) => {
    // a reference to a resource of the template is a relation already
    const text = calledIn(value) ? undefined : evaluation.text(value);
    return text === undefined || text.includes('⟨') ? [] : [{ name, value: text, line }];
  });
  return [
    ...namesIn(variables).map(({ key, by }) => ({
      named: key,
      type: 'uses',
      line: by.line,
      verb: 'uses' as const,
      resolved: false,
    })),
    ...providersIn(maps).map(({ provider, by }) => ({
      named: provider,
      type: 'uses',
      line: by.line,
      verb: 'uses' as const,
      resolved: false,
    })),
  ];
}

function imagesOf(
  resource: TemplateResource,
  evaluation: Evaluation,
  base: Base,
  at: (line: number) => FileEvidence,
): Fact[] {
  return IMAGES.filter(([type]) => type === resource.type).flatMap(([, ...keys]) => {
    let holders: unknown[] = [resource.properties];
    for (const key of keys.slice(0, -1)) holders = holders.flatMap((one) => [mapping(one).get(key)].flat());
    const last = keys.at(-1) ?? '';
    return holders.slice(0, MOST).flatMap((holder) => {
      const written = mapping(holder).get(last);
      const text = written === undefined ? undefined : evaluation.text(written);
      if (text === undefined) return [];
      const status = calledIn(written) ? (text.includes('⟨') ? 'template' : 'resolved') : 'literal';
      return imageFacts({
        image: { text, status },
        evidence: at(evaluation.template.lineOf(holder, last, resource.line)),
        ...base,
        verb: 'requires',
      });
    });
  });
}
