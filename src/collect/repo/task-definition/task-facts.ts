import { AWS_REGION } from '#lib/aws-region.ts';
import { type ContainerPorts, portsOf } from '#lib/container-ports.ts';
import { environmentsOf } from '#lib/environments.ts';
import type { Fact, Json } from '#model/fact.ts';
import { namesIn, providersIn } from '../environment-names.ts';
import { imageFacts } from '../image-facts.ts';
import type { JsonValue } from '../json-source.ts';
import { statusOf } from '../name-status.ts';
import { type DefinitionContext, Named, placeOf } from './definition.ts';

const OPEN_SECRET =
  /^(?:\$\{[^}]{1,80}\}|\{\{[^}]{1,80}\}\}|<[^<>]{1,80}>|\$\w{1,80}|__\w{1,80}__|%\w{1,80}%)(?::[^:]{0,200}){1,3}$/;

/** The facts of a task definition, or of a list of container definitions that stands alone. */
export function taskDefinitionFacts(root: JsonValue, context: DefinitionContext): Fact[] {
  const family = root.get('family').text?.split(':')[0] ?? '';
  const environments = context.environments.length > 0 ? context.environments : environmentsOf(family);
  const containers = root.isArray ? root.items : root.get('containerDefinitions').items;
  const named = new Named(context, environments);
  const images = containers.flatMap((container) => {
    const image = container.get('image');
    return imageFacts({
      image: { text: image.text ?? '', status: 'literal' },
      evidence: placeOf(image, context),
      sort: context.sort,
      environments,
      verb: 'requires',
    });
  });
  for (const key of ['taskRoleArn', 'executionRoleArn'])
    named.add(root.get(key), 'AWS::IAM::Role', 'assumes');
  for (const container of containers) collectContainer(container, named);
  for (const volume of root.get('volumes').items) {
    named.add(volume.get('efsVolumeConfiguration').get('fileSystemId'), 'AWS::EFS::FileSystem', 'mounts');
  }
  const nameStatus = root.isArray ? undefined : statusOf(family);
  if (!nameStatus) return [...images, ...named.facts];
  const definition: Fact = {
    kind: 'AWS::ECS::TaskDefinition',
    name: family,
    source: 'repo',
    sort: context.sort,
    nameStatus,
    evidence: placeOf(root.get('family'), context),
    environments,
    verb: 'creates',
    certainty: 'static',
    ...whereabouts([...images, ...named.facts]),
    properties: propertiesOf(root, containers),
    relations: [
      ...images
        .filter(({ kind }) => kind === 'Docker::Image')
        .map(({ kind, name }) => ({ type: 'uses-image', to: { kind, name } })),
      ...named.relations,
    ],
  };
  return [definition, ...images, ...named.facts];
}

/** Logs, secrets, parameters, and what the container's variables name. */
function collectContainer(container: JsonValue, named: Named): void {
  const logging = container.get('logConfiguration');
  if (logging.get('logDriver').text === 'awslogs') {
    const options = logging.get('options');
    const group = options.get('awslogs-group');
    const region = options.get('awslogs-region').text ?? '';
    const creates = options.get('awslogs-create-group').isTrue;
    named.put(
      { kind: 'AWS::Logs::LogGroup', name: group.text ?? '', ...(AWS_REGION.test(region) && { region }) },
      group,
      'logs-to',
      creates ? 'creates' : 'requires',
    );
  }
  for (const secret of [...container.get('secrets').items, ...logging.get('secretOptions').items]) {
    // `{{SECRETS_ARN}}:DATABASE_URL::`: a key of a secret that is filled in later
    if (OPEN_SECRET.test(secret.get('valueFrom').text ?? '')) continue;
    named.add(secret.get('valueFrom'), 'AWS::SSM::Parameter', 'reads');
  }
  named.add(
    container.get('repositoryCredentials').get('credentialsParameter'),
    'AWS::SecretsManager::Secret',
    'reads',
  );
  for (const file of container.get('environmentFiles').items)
    named.add(file.get('value'), 'AWS::S3::Bucket', 'reads');
  const variables = container.get('environment').items.flatMap((item) => {
    const name = item.get('name').text;
    const value = item.get('value').text;
    return name !== undefined && value !== undefined ? [{ name, value, place: item.get('name') }] : [];
  });
  for (const { key, by } of namesIn(variables)) named.put(key, by.place, 'uses', 'uses');
  const given = [...container.get('environment').items, ...container.get('secrets').items].map((item) => ({
    name: item.get('name').text ?? '',
    place: item.get('name'),
  }));
  for (const { provider, by } of providersIn(given)) named.put(provider, by.place, 'uses', 'uses');
}

/** Where the task runs, as far as the things it names agree. */
function whereabouts(facts: readonly Fact[]): Pick<Fact, 'account' | 'region'> {
  const only = (values: (string | undefined)[]) => {
    const known = new Set(values.filter((value) => value !== undefined));
    return known.size === 1 ? [...known][0] : undefined;
  };
  const account = only(facts.map((fact) => fact.account));
  const region = only(facts.map((fact) => fact.region));
  return { ...(account !== undefined && { account }), ...(region !== undefined && { region }) };
}

function propertiesOf(root: JsonValue, containers: readonly JsonValue[]): Record<string, Json> {
  const plain = ['cpu', 'memory', 'networkMode'].flatMap((key): [string, Json][] => {
    const text = root.get(key).text;
    return text === undefined || statusOf(text) !== 'literal' ? [] : [[key, text]];
  });
  const listening = portsOf(containers.map(portsIn));
  const compatibilities = root.get('requiresCompatibilities').items.flatMap((item) => item.text ?? []);
  return {
    ...Object.fromEntries(plain),
    ...(compatibilities.length > 0 && { requiresCompatibilities: compatibilities }),
    ...(listening && { containerPorts: listening }),
    containers: containers.map((container) => ({
      name: container.get('name').text ?? '',
      image: container.get('image').text ?? '',
      ports: container.get('portMappings').items.flatMap((port) => port.get('containerPort').text ?? []),
      healthCheck: container.get('healthCheck').exists,
      environment: container.get('environment').items.flatMap((item) => item.get('name').text ?? []),
      secrets: container.get('secrets').items.flatMap((item) => item.get('name').text ?? []),
    })),
  };
}

/** The ports of a container, where each is written out; a range of them is told by neither side. */
function portsIn(container: JsonValue): ContainerPorts {
  const mappings = container.get('portMappings');
  const named = mappings.items.filter((one) => !one.get('containerPortRange').exists);
  const ports = named.flatMap((one) => one.get('containerPort').text ?? []);
  const isWhole = (!mappings.exists || mappings.isArray) && ports.length === named.length;
  return { name: container.get('name').text, ports: isWhole ? ports : undefined };
}
