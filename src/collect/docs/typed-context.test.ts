import { describe, expect, test } from 'vitest';
import { named, shown } from './test-page.ts';

const names = (text: string, files?: string[]) => shown(named(text, files));

describe('a name beside the word of its kind is declared', () => {
  test.each([
    ['The ECS service `orders-svc` runs.', 'AWS::ECS::Service orders-svc'],
    ['- Cluster ECS : `orders-prod`', 'AWS::ECS::Cluster orders-prod'],
    ['Images go to the ECR repository `shop/orders`.', 'AWS::ECR::Repository shop/orders'],
    ['Les images vont dans le dépôt ECR `shop/orders`.', 'AWS::ECR::Repository shop/orders'],
    ['- **Target group**: orders-prod-tg', 'AWS::ElasticLoadBalancingV2::TargetGroup orders-prod-tg'],
    [
      'Le groupe cible `orders-prod-tg` reçoit le trafic.',
      'AWS::ElasticLoadBalancingV2::TargetGroup orders-prod-tg',
    ],
    ['File SQS : `orders-events.fifo`', 'AWS::SQS::Queue orders-events.fifo'],
    ['La fonction Lambda `resize-images` est appelée.', 'AWS::Lambda::Function resize-images'],
    ['Table DynamoDB `sessions-v2`', 'AWS::DynamoDB::Table sessions-v2'],
    ['groupe de logs `/ecs/orders`', 'AWS::Logs::LogGroup /ecs/orders'],
    ['The IAM role `GitHubDeployRole` is assumed.', 'AWS::IAM::Role GitHubDeployRole'],
    ['Assets are in the bucket `shop-assets-prod`.', 'AWS::S3::Bucket shop-assets-prod'],
    ['**Task Definition:** `orders:42`', 'AWS::ECS::TaskDefinition orders'],
    ['ECS Cluster (prod): `orders-main`', 'AWS::ECS::Cluster orders-main'],
    ['Zone hébergée : `shop.fr`', 'AWS::Route53::HostedZone shop.fr'],
    ['Distribution CloudFront `E2ABCDEF3GHIJ4`', 'AWS::CloudFront::Distribution E2ABCDEF3GHIJ4'],
    ['systemd service `orders-api`', 'Systemd::Unit orders-api.service'],
    ['Le worker Cloudflare `edge-api` répond.', 'Cloudflare::Workers::Script edge-api'],
    ['D1 database: `orders-db`', 'Cloudflare::D1::Database orders-db'],
    ['Le workflow `deploy-prod.yml` déploie.', 'GitHub::Actions::Workflow deploy-prod.yml'],
  ])('%s', (text, expected) => {
    expect(names(text)).toEqual([expected]);
  });

  test('several names after one word are all of its kind', () => {
    expect(names('Services ECS : `a-svc`, `b-svc` et `c-svc`')).toEqual([
      'AWS::ECS::Service a-svc',
      'AWS::ECS::Service b-svc',
      'AWS::ECS::Service c-svc',
    ]);
  });

  test('a name may stand before its word', () => {
    expect(names('The `orders-prod` ECS cluster is shared.')).toEqual(['AWS::ECS::Cluster orders-prod']);
  });

  test('the items of a list take their kind from the line or the heading above', () => {
    expect(names('**Buckets attendus :**\n\n- ✅ `shop-logs`\n- `shop-assets`: images')).toEqual([
      'AWS::S3::Bucket shop-assets',
      'AWS::S3::Bucket shop-logs',
    ]);
    expect(names('## Clusters ECS\n\n1. `orders-dev`\n2. `orders-prod`')).toEqual([
      'AWS::ECS::Cluster orders-dev',
      'AWS::ECS::Cluster orders-prod',
    ]);
  });

  test('GitHub secrets are named in lists under their heading', () => {
    expect(names('## GitHub Secrets\n\n- `AWS_ROLE_ARN`: the role\n- `SLACK_WEBHOOK_URL` — alerts')).toEqual([
      'GitHub::Actions::Secret AWS_ROLE_ARN',
      'GitHub::Actions::Secret SLACK_WEBHOOK_URL',
    ]);
  });

  test('a service and a cluster in one sentence stand together', () => {
    const mentions = named('Service ECS `orders-svc` sur le cluster `orders-prod`');
    expect(mentions.map(({ together }) => together[0])).toEqual(['line 1', 'line 1']);
  });
});

describe('a word that many things bear needs its provider nearby', () => {
  test('a cluster is one of ECS only where ECS is spoken of', () => {
    expect(names('The cluster `main-db` holds the data.')).toEqual([]);
    expect(names('## ECS\n\nThe cluster `orders-prod` runs it.')).toEqual(['AWS::ECS::Cluster orders-prod']);
    expect(names('## ECS\n\nThe Redis cluster `cache-prod` is apart.')).toEqual([]);
  });

  test('a bucket of another provider is none of S3', () => {
    expect(names('GCS bucket: `shop-backups`')).toEqual([]);
    expect(names('R2 bucket: `shop-media`')).toEqual(['Cloudflare::R2::Bucket shop-media']);
  });

  test('a service of Compose is none of ECS', () => {
    expect(names('# ECS\n\nIn docker compose the service `orders-db` starts first.')).toEqual([]);
  });
});

describe('what is no name is not taken for one', () => {
  test.each([
    'ECS service `my-service`',
    'ECS cluster `<cluster>`',
    'ECS cluster `YOUR_CLUSTER`',
    'ECS service `service-name`',
    'S3 bucket `example-bucket`',
    'S3 bucket `...`',
    'ECS service `desiredCount`',
    'ECS service `ACTIVE`',
    'ALB `us-east-1`',
    'Task definition `task-definition.json`',
    'The ECS service is `running`.',
    'Target group of `orders-svc`',
    'Lambda `handler`',
    '1. Vérifier le service ECS\n   - `desired` = 1',
    'ECS cluster ~~`old-cluster`~~',
  ])('%s', (text) => {
    expect(names(text)).toEqual([]);
  });

  test('a folder of the repository is no ECR repository', () => {
    expect(names('ECR repository `services/orders`', ['services/orders/Dockerfile'])).toEqual([]);
  });

  test('a name with a part left open is a template', () => {
    const [mention] = named('ECS service `orders-${ENV}-svc`');
    expect(mention).toMatchObject({ name: 'orders-${ENV}-svc', nameStatus: 'template' });
  });
});

describe('what is said not to be there, to come, or to be an example is only a reference', () => {
  test.each([
    'Le dépôt ECR `orders-web` n’existe pas encore.',
    "❌ ECR repository `orders-web` n'existe pas",
    'ECR repository `orders-web` does not exist',
    'ECR repository à créer : `orders-web`',
    '- [ ] Create the ECR repository `orders-web`',
    '1. Créer le dépôt ECR `orders-web`',
    '## Prochaines étapes\n\nLe dépôt ECR `orders-web` recevra les images.',
    'Use an ECR repository, e.g. ECR repository `orders-web`',
    'Dépôt ECR `orders-web` (?)',
    'Dépôts ECR : `orders-web` (potentiellement non créés)',
    'À créer :\n\n- dépôt ECR `orders-web`',
    'The ECR repository `orders-web` was removed',
  ])('%s', (text) => {
    expect(names(text)).toEqual(['? AWS::ECR::Repository orders-web']);
  });

  test('another sentence of the line says nothing of it', () => {
    expect(names('The ECR repository `orders-web` is used. The domain does not exist yet.')).toEqual([
      'AWS::ECR::Repository orders-web',
    ]);
  });

  test('a target group is no target of a plan', () => {
    expect(names('## Groupe cible\n\nGroupe cible : `orders-tg`')).toEqual([
      'AWS::ElasticLoadBalancingV2::TargetGroup orders-tg',
    ]);
  });
});

test('a sentence that counts what it introduces gives its list its kind', () => {
  const text = 'There are a total of three S3 buckets:\n\n- `quay-uploads`: for people\n- `quay-backups`\n';
  expect(names(text)).toEqual(['AWS::S3::Bucket quay-backups', 'AWS::S3::Bucket quay-uploads']);
});

describe('what stands with a name says more of it', () => {
  test('a label in bold of one word is no name', () => {
    expect(names('## ECS\n\n- **Cluster**: `quay-main`\n- **Service** : `quay-api`')).toEqual([
      'AWS::ECS::Cluster quay-main',
      'AWS::ECS::Service quay-api',
    ]);
  });

  test('a variable of a list comes from the store that the list is said to come from', () => {
    expect(
      names(
        'The task reads these environment variables from AWS Secrets Manager:\n\n- `DB_URL` from `quay/prod/db`\n- `API_KEY` from `quay/prod/key`',
      ),
    ).toEqual(['AWS::SecretsManager::Secret quay/prod/db', 'AWS::SecretsManager::Secret quay/prod/key']);
    expect(names('The task reads these variables:\n\n- `DB_URL` from `quay/prod/db`')).toEqual([]);
  });

  test('the parts of a named item are of the kind that it says, or of none', () => {
    const roles = (held: string) =>
      names(`### IAM roles\n\n- \`quay-task\` — task role${held}\n  - \`quay-s3-access\` — S3`);
    expect(roles(' with inline policies:')).toEqual([
      'AWS::IAM::Role quay-task',
      'AWS::IAM::RolePolicy quay-s3-access',
    ]);
    expect(roles(' that allows:')).toEqual(['AWS::IAM::Role quay-task']);
  });

  test('names without marks in one line are each of the kind of its label', () => {
    expect(names('- **S3 buckets**: quay-input (daily files), quay-results and quay-logs')).toEqual([
      'AWS::S3::Bucket quay-input',
      'AWS::S3::Bucket quay-logs',
      'AWS::S3::Bucket quay-results',
    ]);
    expect(names('- **S3 buckets**: quay-production-*')).toEqual([]);
    expect(names('- **S3 buckets**: quay-input, and others of the port')).toEqual([]);
  });

  test('parentheses after a name may give its environment', () => {
    const mentions = named('ACM certificates for `quay.fr` (prod) and `essai.quay.fr` (staging)');
    expect(mentions.map(({ name, hints }) => `${name} ${hints[0]}`)).toEqual([
      'quay.fr prod',
      'essai.quay.fr staging',
    ]);
  });

  test('a heading names what it is about', () => {
    expect(names('### ALB Security Group (`quay-alb-sg`)\n\nText.')).toEqual([
      'AWS::EC2::SecurityGroup quay-alb-sg',
    ]);
  });

  test('a certificate may be for all hosts of a domain', () => {
    expect(names('Certificat ACM : `*.quay.fr`')).toEqual(['AWS::CertificateManager::Certificate *.quay.fr']);
  });

  test('a record is that of the host it is for, where Route 53 is spoken of', () => {
    const record = 'Edit the A record for `api.quay.fr`.';
    expect(names(`## Route 53\n\n${record}`)).toEqual(['AWS::Route53::RecordSet api.quay.fr']);
    expect(names(record)).toEqual([]);
  });

  test('AWS Batch', () => {
    expect(
      names(
        '- **Batch compute**: quay-batch (Fargate, ENABLED)\n- **Job queue**: quay-queue\n- **Job definition**: quay-sort:1',
      ),
    ).toEqual([
      'AWS::Batch::ComputeEnvironment quay-batch',
      'AWS::Batch::JobDefinition quay-sort',
      'AWS::Batch::JobQueue quay-queue',
    ]);
  });
});

test('a completed phase of a roadmap is there', () => {
  const phase = (title: string) => `# Roadmap\n\n## ${title}\n\nBucket S3 \`quay-archive\``;
  expect(names(phase('Phase 2 ✅'))).toEqual(['AWS::S3::Bucket quay-archive']);
  expect(names(phase('Phase 3'))).toEqual(['? AWS::S3::Bucket quay-archive']);
  expect(names(phase('Option B ✅'))).toEqual(['? AWS::S3::Bucket quay-archive']);
});

describe('what is near a name by chance gives it no kind', () => {
  test.each([
    '`aws iam get-role`/`list-attached-policies` show it.',
    'IAM policies: `AmazonS3ReadOnlyAccess`, `AWSLambdaExecute-role`',
    'Wired 2 CloudWatch alarms (`cpu_high`, `memory_high`)',
    'AWS Secrets Manager (`setup-keys.ps1`)',
    'Stored in DynamoDB (`quay_id`, `by-port-index`)',
    'The Lambda function loads `quay_sort`.',
    'AWS Secrets Manager: `quay/prod/`',
    '- S1: `run-s1-001`\n- S2: `run-s2-001`\n- S3: `run-s3-001`',
  ])('%s', (text) => {
    expect(names(text)).toEqual([]);
  });

  test('advice on how to write a name is an example', () => {
    expect(names('Docker image `quay-base:22.1` not `quay-base:latest`')).toEqual([
      '? Docker::Image quay-base:22.1',
    ]);
  });
});

describe('lists', () => {
  test('an item that is a name needs no marks where its list says the kind', () => {
    expect(
      names('- **Lambda functions:**\n  - quay-inbound-mail (Python)\n  - quay-mail\n  - sorts the mail\n'),
    ).toEqual(['AWS::Lambda::Function quay-inbound-mail']);
    expect(names('Things:\n\n- quay-inbound-mail\n')).toEqual([]);
  });

  test('a label in a list may say what its thing is for', () => {
    expect(names('**S3 Buckets**:\n\n- Model storage: `quay-models`\n- Encryption: `aws-managed`\n')).toEqual(
      ['AWS::S3::Bucket quay-models'],
    );
  });

  test('a name of several words in one is a name under its kind', () => {
    expect(names('**DynamoDB tables**:\n\n- `QuayOrders`\n- `Orders`\n- `sortKey`\n')).toEqual([
      'AWS::DynamoDB::Table QuayOrders',
    ]);
  });

  test('a variable in a list of secrets is none of their names', () => {
    expect(names('## AWS Secrets Manager\n\n- `QUAY_SECRET_ID`\n')).toEqual([]);
  });
});

test('of a name that changed, the new one is there', () => {
  expect(names('# Guide de migration\n\n- **Fonction Lambda** : `quay-old` → `quay-new`')).toEqual([
    '? AWS::Lambda::Function quay-old',
    'AWS::Lambda::Function quay-new',
  ]);
  expect(names('# Migration\n\nAWS Secrets Manager: `quay/prod/db` → `DB_URL`')).toEqual([
    'AWS::SecretsManager::Secret quay/prod/db',
  ]);
  expect(names('ALB `quay-alb` → `quay-web`')).toEqual([
    'AWS::ElasticLoadBalancingV2::LoadBalancer quay-alb',
  ]);
});

test('an example in parentheses is not what stands outside of them', () => {
  expect(names('Pictures of mails (e.g. logos) lie in the bucket `quay-mails`.')).toEqual([
    'AWS::S3::Bucket quay-mails',
  ]);
  expect(names('For example, the bucket `quay-mails` (of mails) holds them.')).toEqual([
    '? AWS::S3::Bucket quay-mails',
  ]);
});

test('parts that are called by words are no names, not even those with a hyphen', () => {
  expect(names('Lambda functions: loader, image-resizer, scraper.')).toEqual([]);
  expect(names('Lambda functions: quay-loader, quay-resizer')).toEqual([
    'AWS::Lambda::Function quay-loader',
    'AWS::Lambda::Function quay-resizer',
  ]);
});

test('a bucket on a page about another provider is not of AWS', () => {
  const page = (title: string) =>
    `# ${title}\n\n## Setup\n\n### 7. Lifecycle\n\nOn the bucket \`quay-archives\`:\n`;
  expect(names(page('Object storage at Scaleway'))).toEqual([]);
  expect(names(page('From MinIO to AWS'))).toEqual(['AWS::S3::Bucket quay-archives']);
});

test('the service that a folder of the repository is called after is its code', () => {
  const page = '# Deployment on ECS\n\nThe service `quay-orders` is deployed on ECS.\n';
  expect(shown(named(page))).toContain('AWS::ECS::Service quay-orders');
  expect(shown(named(page, ['services/quay-orders/main.py']))).toEqual([]);
});
