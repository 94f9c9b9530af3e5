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
