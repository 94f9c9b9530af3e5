import type { Json } from '#model/fact.ts';
import { kindOf } from '#model/kinds/kinds.ts';
import type { Drift, Resource } from '#model/resource.ts';
import { code, type Text } from '#model/text.ts';
import { type DraftChange, type DraftStep, read, say, write } from '../draft.ts';
import { retention } from '../log-groups.ts';
import type { Problem } from '../problem.ts';
import { defineRemedy } from '../remedy.ts';
import { QUEUE_ATTRIBUTES } from './resource-missing.ts';

/** A property that is not what files state: set back to it where one call does. Each property is a step of its own. */
export const resourceDrifted = defineRemedy({
  for: ['resource-drifted'],
  plan(problem) {
    const { resource } = problem;
    if (resource?.status !== 'drifted') return [];
    const settable = resource.drift.flatMap((drift) => {
      const change = SETTERS[resource.kind]?.(problem, resource, drift);
      return change ? [stepOf(resource, drift, change)] : [];
    });
    return settable.length > 0 ? settable : [choice(resource)];
  },
});

type Setter = (problem: Problem, resource: Resource, drift: Drift) => DraftChange | undefined;

const SETTERS: Readonly<Record<string, Setter>> = {
  'AWS::Logs::LogGroup': (problem, { name }, { path, declared }) =>
    path === 'retentionInDays' && /^\d+$/.test(String(declared))
      ? retention(problem, name, Number(declared))
      : undefined,
  'AWS::ECR::Repository': repository,
  'AWS::DynamoDB::Table': table,
  'AWS::SQS::Queue': queue,
};

const shown = (value: Json): string => code(typeof value === 'string' ? value : JSON.stringify(value));

function stepOf({ name }: Resource, { path, declared, observed }: Drift, change: DraftChange): DraftStep {
  return {
    title: say(
      `Rendre à ${code(name)} ${code(path)} = ${shown(declared)}`,
      `Set ${code(path)} of ${code(name)} back to ${shown(declared)}`,
    ),
    reason: say(
      `Les fichiers déclarent ${shown(declared)}, le compte a ${shown(observed)}. Si c’est la valeur du compte qui est voulue, la porter plutôt dans les fichiers.`,
      `Files declare ${shown(declared)}, the account has ${shown(observed)}. If the value of the account is the intended one, put it into the files instead.`,
    ),
    risk: 'none',
    duration: say('quelques secondes', 'a few seconds'),
    changes: [change],
    proofs: [],
  };
}

function choice({ name, kind, drift }: Resource): DraftStep {
  const title = kindOf(kind).title;
  const paths = drift.map(({ path, declared }) => `${code(path)} = ${shown(declared)}`).join(', ');
  return {
    title: say(`Accorder ${code(name)} et sa déclaration`, `Make ${code(name)} agree with its declaration`),
    reason: say(
      `${code(name)} (${title.fr}) n’est pas ce que les fichiers en disent.`,
      `${code(name)} (${title.en}) is not what files say of it.`,
    ),
    risk: 'none',
    changes: [],
    proofs: [],
    needs: [
      OF_HOST.test(kindOf(kind).provider)
        ? say(
            `À choisir\u00a0: ${HOST_WAYS[kind]?.fr ?? 'recharger depuis les fichiers'} (${paths}), ou porter dans les fichiers ce que l’hôte exécute.`,
            `To choose: ${HOST_WAYS[kind]?.en ?? 'load it from the files again'} (${paths}), or put what the host runs into the files.`,
          )
        : say(
            `À choisir\u00a0: déployer depuis les fichiers (${paths}), ou y porter la valeur du compte. Aucun appel seul ne le fait.`,
            `To choose: deploy from the files (${paths}), or put the value of the account into them. No single call does it.`,
          ),
    ],
  };
}

/** Providers of what runs on a host. */
const OF_HOST = /^(?:host|docker)$/;
/** How a host is given what files say, by kind. */
const HOST_WAYS: Readonly<Record<string, Text>> = {
  'Systemd::Unit': say(
    'installer l’unité du dépôt, puis `systemctl daemon-reload` et `systemctl restart`',
    'install the unit of the repository, then `systemctl daemon-reload` and `systemctl restart`',
  ),
  'Compose::Service': say(
    'recréer le service depuis le fichier (`docker compose up --detach`)',
    'make the service again from the file (`docker compose up --detach`)',
  ),
};

const isTrue = (value: Json): boolean => String(value) === 'true';

function repository(
  problem: Problem,
  { name }: Resource,
  { path, declared }: Drift,
): DraftChange | undefined {
  const { region } = problem;
  const state = (query: string) =>
    read('ecr', 'DescribeRepositories', region, { repositoryNames: [name] }, `repositories[0].${query}`);
  if (path === 'imageTagMutability') {
    const set = (imageTagMutability: string | { $before: string }) =>
      write('ecr', 'PutImageTagMutability', region, { repositoryName: name, imageTagMutability });
    const value = String(declared).toUpperCase();
    // exclusions come with two other values, and would be lost
    if (value !== 'MUTABLE' && value !== 'IMMUTABLE') return undefined;
    return {
      write: set(value),
      state: state('imageTagMutability'),
      after: value,
      undo: set({ $before: '@' }),
    };
  }
  if (path !== 'scanOnPush') return undefined;
  const set = (scanOnPush: boolean | { $before: string }) =>
    write('ecr', 'PutImageScanningConfiguration', region, {
      repositoryName: name,
      imageScanningConfiguration: { scanOnPush },
    });
  return {
    write: set(isTrue(declared)),
    state: state('imageScanningConfiguration.scanOnPush'),
    after: isTrue(declared),
    undo: set({ $before: '@' }),
  };
}

function table(problem: Problem, { name }: Resource, { path, declared }: Drift): DraftChange | undefined {
  const { region } = problem;
  const input = { TableName: name };
  if (path === 'pointInTimeRecovery') {
    const set = (PointInTimeRecoveryEnabled: boolean | { $before: string }) =>
      write('dynamodb', 'UpdateContinuousBackups', region, {
        ...input,
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled },
      });
    return {
      write: set(isTrue(declared)),
      state: read(
        'dynamodb',
        'DescribeContinuousBackups',
        region,
        input,
        "ContinuousBackupsDescription.PointInTimeRecoveryDescription.PointInTimeRecoveryStatus == 'ENABLED'",
      ),
      after: isTrue(declared),
      undo: set({ $before: '@' }),
    };
  }
  const update = (more: Record<string, Json>) =>
    write('dynamodb', 'UpdateTable', region, { ...input, ...more });
  if (path === 'deletionProtectionEnabled')
    return {
      write: update({ DeletionProtectionEnabled: isTrue(declared) }),
      state: read('dynamodb', 'DescribeTable', region, input, 'Table.DeletionProtectionEnabled || `false`'),
      after: isTrue(declared),
      undo: update({ DeletionProtectionEnabled: { $before: '@' } }),
    };
  // back to provisioned, the capacity would have to be known
  if (path !== 'billingMode' || declared !== 'PAY_PER_REQUEST') return undefined;
  return {
    write: update({ BillingMode: declared }),
    state: read(
      'dynamodb',
      'DescribeTable',
      region,
      input,
      `Table.{mode: BillingModeSummary.BillingMode || 'PROVISIONED', read: ${units('Read')}, write: ${units('Write')}}`,
    ),
    after: { mode: declared, read: 0, write: 0 },
    undo: update({
      BillingMode: { $before: 'mode' },
      ProvisionedThroughput: {
        ReadCapacityUnits: { $before: 'read' },
        WriteCapacityUnits: { $before: 'write' },
      },
    }),
    within: 120,
  };
}

/** The capacity that is provisioned; on demand there is none, whatever is still told. */
const units = (of: string): string =>
  `BillingModeSummary.BillingMode=='PAY_PER_REQUEST' && \`0\` || ProvisionedThroughput.${of}CapacityUnits`;

function queue(problem: Problem, { name, id }: Resource, { path, declared }: Drift): DraftChange | undefined {
  const attribute = QUEUE_ATTRIBUTES[path];
  const url = queueUrl(id, name);
  if (attribute === undefined || url === undefined || !/^\d+$/.test(String(declared))) return undefined;
  const { region } = problem;
  const set = (value: string | { $before: string }) =>
    write('sqs', 'SetQueueAttributes', region, { QueueUrl: url, Attributes: { [attribute]: value } });
  return {
    write: set(String(declared)),
    state: read(
      'sqs',
      'GetQueueAttributes',
      region,
      { QueueUrl: url, AttributeNames: [attribute] },
      `Attributes.${attribute}`,
    ),
    after: String(declared),
    undo: set({ $before: '@' }),
    within: 60,
  };
}

/** The address of a queue. Amazon SQS Developer Guide, “Queue URLs”. */
function queueUrl(id: string, name: string): string | undefined {
  const [, , , region, account] = id.split(':');
  return region && account && id.startsWith('arn:aws:')
    ? `https://sqs.${region}.amazonaws.com/${account}/${name}`
    : undefined;
}
