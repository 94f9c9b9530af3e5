import type { Kind } from '#model/fact.ts';
import { singular, wordsOf } from './words.ts';

/** How people call a kind of resource in a document, and what its names look like. */
export interface KindWords {
  kind: Kind;
  /** The provider's naming rule. */
  name: RegExp;
  /** Needs one of these words around, when found by a phrase that does not say the provider. */
  needs?: readonly string[];
  /** With one of these words nearby, the phrase means something else. */
  unless?: readonly string[];
  /** Cuts what is written with the name and is no part of it. */
  trim?(name: string): string;
  /** Adds what people leave out of the name. */
  complete?(name: string): string;
}

export interface Phrase {
  words: KindWords;
  /** The phrase alone does not say the provider: `cluster`, `bucket`. */
  weak: boolean;
}

const list = (text: string) => text.split(',').map((phrase) => phrase.trim());
const table = new Map<string, Phrase[]>();

function kind(words: KindWords, strong: string, weak = ''): void {
  for (const [text, isWeak] of [
    [strong, false],
    [weak, true],
  ] as const)
    for (const phrase of list(text).filter(Boolean)) {
      const key = wordsOf(phrase).map(singular).join(' ');
      table.set(key, [...(table.get(key) ?? []), { words, weak: isWeak }]);
    }
}

/** What the last words of a text (singular, no accents) name, the longest phrase first. */
export function phrasesAtEnd(
  words: readonly string[],
): { phrases: readonly Phrase[]; length: number } | undefined {
  for (let length = Math.min(4, words.length); length > 0; length -= 1) {
    const phrases = table.get(words.slice(-length).join(' '));
    if (phrases) return { phrases, length };
  }
  return undefined;
}

/** What the first words of a text name, the longest phrase first. */
export function phrasesAtStart(words: readonly string[]): readonly Phrase[] | undefined {
  for (let length = Math.min(4, words.length); length > 0; length -= 1) {
    const phrases = table.get(words.slice(0, length).join(' '));
    if (phrases) return phrases;
  }
  return undefined;
}

const PLAIN = /^[A-Za-z0-9][A-Za-z0-9_-]{0,254}$/;
const HYPHENATED = /^[A-Za-z0-9]+(?:[_-]+[A-Za-z0-9]+)+$/;
const DOMAIN = /^(?:\*\.)?(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}\.?$/i;
const BUCKET = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;
const ROUTE53 = ['route53', 'route 53'];
const OTHER_CLUSTERS = list(
  'eks, kubernetes, k8s, k3s, gke, aks, redis, elasticache, memorydb, rds, aurora, kafka, msk, mongodb, atlas, elasticsearch, opensearch, emr, redshift, cassandra, swarm, postgres, postgresql, mysql, documentdb',
);
const OTHER_BUCKETS = list('gcs, gcp, google, r2, minio, backblaze, b2, spaces, supabase, scaleway, ovh');
const withoutRevision = (name: string) => name.replace(/:[^:/]{0,60}$/, '');

// AWS: containers
kind(
  { kind: 'AWS::ECS::Cluster', name: PLAIN, needs: ['ecs', 'fargate'], unless: OTHER_CLUSTERS },
  'ecs cluster, cluster ecs, fargate cluster, cluster fargate, cluster ecs fargate, ecs fargate cluster',
  'cluster',
);
kind(
  {
    kind: 'AWS::ECS::Service',
    name: PLAIN,
    needs: ['ecs'],
    unless: list('compose, systemd, systemctl, kubernetes, kubectl, k8s, eks, render, railway, cloud run'),
  },
  'ecs service, service ecs, fargate service, service fargate, service ecs fargate, ecs fargate service',
  'service',
);
kind(
  { kind: 'AWS::ECS::TaskDefinition', name: PLAIN, trim: withoutRevision },
  'task definition, definition de tache, task definition family, task family, ecs task definition, task definition ecs, famille de tache, taskdef, task def',
);
kind(
  {
    kind: 'AWS::ECR::Repository',
    name: /^(?!.*\.amazonaws\.com)[a-z0-9]+(?:[._-]+[a-z0-9]+)*(?:\/[a-z0-9]+(?:[._-]+[a-z0-9]+)*)*$/,
    needs: ['ecr'],
    unless: ['github', 'git', 'gitlab', 'npm', 'bitbucket', 'helm'],
    trim: withoutRevision,
  },
  'ecr repository, repository ecr, ecr repo, repo ecr, depot ecr, ecr registry, registre ecr',
  'repository, repo, depot, ecr',
);
kind(
  { kind: 'Docker::Image', name: /^[a-z0-9][a-z0-9.:_-]*(?:\/[a-z0-9._-]+)*:[\w.-]+$/ },
  'docker image, image docker, container image, image de conteneur',
);
kind(
  { kind: 'AWS::EKS::Cluster', name: PLAIN, needs: ['eks'], unless: ['ecs', 'fargate'] },
  'eks cluster, cluster eks',
);
kind(
  { kind: 'AWS::Lambda::Function', name: PLAIN, needs: ['lambda'] },
  'lambda function, fonction lambda, aws lambda function',
  'lambda',
);
kind(
  { kind: 'AWS::AppRunner::Service', name: PLAIN },
  'app runner service, apprunner service, service app runner',
);
kind(
  { kind: 'AWS::Amplify::App', name: /^d[a-z0-9]{11,14}$/ },
  'amplify app, amplify app id, application amplify',
);
kind(
  { kind: 'AWS::ElasticBeanstalk::Application', name: PLAIN },
  'elastic beanstalk application, beanstalk application, application beanstalk, application elastic beanstalk',
);
kind(
  { kind: 'AWS::ElasticBeanstalk::Environment', name: PLAIN },
  'elastic beanstalk environment, beanstalk environment, environnement beanstalk, environnement elastic beanstalk',
);
kind(
  { kind: 'AWS::CloudFormation::Stack', name: PLAIN, needs: ['cloudformation', 'cdk', 'sam'] },
  'cloudformation stack, stack cloudformation, pile cloudformation',
  'stack, pile',
);
kind({ kind: 'AWS::CodeBuild::Project', name: PLAIN }, 'codebuild project, projet codebuild');
kind(
  { kind: 'AWS::CodePipeline::Pipeline', name: PLAIN },
  'codepipeline pipeline, pipeline codepipeline, codepipeline',
);
kind(
  { kind: 'AWS::StepFunctions::StateMachine', name: HYPHENATED },
  'state machine, step function, machine a etat',
);

// AWS: network and edge
kind(
  { kind: 'AWS::ElasticLoadBalancingV2::TargetGroup', name: HYPHENATED },
  'target group, groupe cible, groupe de cible, alb target group, target group alb',
);
kind(
  { kind: 'AWS::ElasticLoadBalancingV2::LoadBalancer', name: HYPHENATED },
  'load balancer, application load balancer, network load balancer, alb, nlb, repartiteur de charge, equilibreur de charge',
);
kind(
  { kind: 'AWS::CloudFront::Distribution', name: /^E[A-Z0-9]{11,14}$/ },
  'cloudfront distribution, distribution cloudfront, cloudfront, distribution, cdn',
);
kind(
  { kind: 'AWS::Route53::HostedZone', name: DOMAIN },
  'hosted zone, zone hosted, zone hebergee, route53 zone, zone route53, route 53 zone, zone route 53, route53 hosted zone, zone dns route53',
);
kind(
  { kind: 'AWS::Route53::RecordSet', name: DOMAIN, needs: ROUTE53, unless: ['cloudflare'] },
  'route53 record, enregistrement route53, record route53, route 53 record, enregistrement route 53',
  'record, enregistrement, dns record, enregistrement dns, domain, domaine, domain name, nom de domaine',
);
kind(
  { kind: 'AWS::CertificateManager::Certificate', name: DOMAIN, needs: ['acm'] },
  'acm certificate, certificat acm',
  'certificate, certificat',
);
kind({ kind: 'AWS::EC2::SecurityGroup', name: HYPHENATED }, 'security group, groupe de securite');
kind({ kind: 'AWS::WAFv2::WebACL', name: HYPHENATED }, 'web acl, waf web acl, waf acl');

// AWS: data and messages
kind(
  { kind: 'AWS::S3::Bucket', name: BUCKET, unless: OTHER_BUCKETS },
  's3 bucket, bucket s3, compartiment s3',
  'bucket, s3',
);
kind(
  {
    kind: 'AWS::DynamoDB::Table',
    name: /^[A-Za-z0-9_.-]{3,255}$/,
    needs: ['dynamodb'],
    unless: list('sql, postgres, postgresql, mysql, rds, sqlite'),
  },
  'dynamodb table, table dynamodb',
  'table',
);
kind(
  { kind: 'AWS::RDS::DBInstance', name: HYPHENATED },
  'rds instance, instance rds, base rds, base de donnees rds, rds database, db instance, db instance identifier, rds postgresql, rds mysql, postgresql rds, mysql rds',
);
kind(
  { kind: 'AWS::RDS::DBCluster', name: HYPHENATED },
  'rds cluster, cluster rds, aurora cluster, cluster aurora, db cluster',
);
kind(
  { kind: 'AWS::ElastiCache::CacheCluster', name: HYPHENATED },
  'elasticache cluster, cluster elasticache, redis elasticache, elasticache redis',
);
kind(
  {
    kind: 'AWS::SQS::Queue',
    name: /^[A-Za-z0-9_-]{1,80}(?:\.fifo)?$/,
    needs: ['sqs'],
    unless: ['cloudflare', 'rabbitmq', 'celery', 'bullmq'],
  },
  'sqs queue, queue sqs, file sqs, file d attente sqs',
  'queue, file d attente, sqs, dlq',
);
kind(
  {
    kind: 'AWS::SNS::Topic',
    name: /^[A-Za-z0-9_-]{1,256}(?:\.fifo)?$/,
    needs: ['sns'],
    unless: ['kafka', 'mqtt', 'pubsub'],
  },
  'sns topic, topic sns, sujet sns, rubrique sns',
  'topic',
);
kind(
  { kind: 'AWS::Events::Rule', name: HYPHENATED },
  'eventbridge rule, regle eventbridge, cloudwatch event rule',
);
kind(
  { kind: 'AWS::Scheduler::Schedule', name: HYPHENATED },
  'eventbridge schedule, planification eventbridge',
);

// AWS: identity and observability
kind(
  { kind: 'AWS::IAM::Role', name: /^[\w+=,.@-]{3,64}$/, needs: ['iam', 'oidc'] },
  'iam role, role iam, execution role, task role, role d execution, role de tache, oidc role, role oidc, aws role',
  'role, oidc',
);
kind({ kind: 'AWS::IAM::User', name: /^[\w+=,.@-]{3,64}$/ }, 'iam user, utilisateur iam');
kind(
  {
    kind: 'AWS::SecretsManager::Secret',
    name: /^[A-Za-z0-9][\w/+=.@-]*[-/_][\w/+=.@-]*$/,
    needs: ['secrets manager', 'secret manager'],
    unless: ['github', 'gcp', 'google'],
  },
  'secrets manager secret, secret secrets manager, aws secrets manager, secrets manager, aws secret',
  'secret',
);
kind(
  { kind: 'AWS::SSM::Parameter', name: /^\/?[\w.-]+(?:\/[\w.-]+)+$/, needs: ['ssm', 'parameter store'] },
  'ssm parameter, parametre ssm, parameter store, ssm parameter store',
  'parameter, parametre',
);
kind({ kind: 'AWS::KMS::Key', name: /^alias\/[\w/-]+$/ }, 'kms key, cle kms, kms alias, alias kms');
kind(
  { kind: 'AWS::Cognito::UserPool', name: /^[a-z]{2}(?:-[a-z]+)+-\d_[A-Za-z0-9]+$/ },
  'cognito user pool, user pool, user pool id',
);
kind(
  { kind: 'AWS::Logs::LogGroup', name: /^\/?[\w.#-]+(?:\/[\w.#-]+)+$|^[A-Za-z0-9]+(?:-[A-Za-z0-9]+)+$/ },
  'log group, cloudwatch log group, groupe de log, groupe de journaux, cloudwatch log, log cloudwatch',
);
kind(
  { kind: 'AWS::CloudWatch::Alarm', name: HYPHENATED, needs: ['cloudwatch'] },
  'cloudwatch alarm, alarme cloudwatch',
  'alarm, alarme',
);
kind({ kind: 'AWS::CloudTrail::Trail', name: HYPHENATED }, 'cloudtrail trail, trail cloudtrail, cloudtrail');

// Cloudflare
const CLOUDFLARE = ['cloudflare', 'wrangler'];
kind(
  {
    kind: 'Cloudflare::Workers::Script',
    name: /^[a-z0-9][a-z0-9_-]{0,62}$/,
    needs: CLOUDFLARE,
    unless: list('celery, sidekiq, bullmq, rq, gunicorn'),
  },
  'cloudflare worker, worker cloudflare',
  'worker',
);
kind(
  { kind: 'Cloudflare::D1::Database', name: PLAIN },
  'd1 database, database d1, base d1, base de donnees d1, cloudflare d1',
  '',
);
kind({ kind: 'Cloudflare::KV::Namespace', name: /^[\w-]{2,512}$/ }, 'kv namespace, namespace kv, espace kv');
kind({ kind: 'Cloudflare::R2::Bucket', name: BUCKET }, 'r2 bucket, bucket r2');
kind({ kind: 'Cloudflare::Queue', name: PLAIN }, 'cloudflare queue, queue cloudflare, file cloudflare');
kind(
  { kind: 'Cloudflare::Pages::Project', name: PLAIN, needs: CLOUDFLARE },
  'pages project, projet pages, cloudflare pages project, projet cloudflare pages, cloudflare pages',
);
kind({ kind: 'Cloudflare::Zone', name: DOMAIN }, 'cloudflare zone, zone cloudflare');
kind(
  { kind: 'Cloudflare::DNS::Record', name: DOMAIN, needs: ['cloudflare'], unless: ROUTE53 },
  'cloudflare dns record, cloudflare record, enregistrement cloudflare, enregistrement dns cloudflare',
  'dns record, enregistrement dns',
);

// Hosts
kind(
  {
    kind: 'Systemd::Unit',
    name: /^[A-Za-z0-9@_-]+(?:\.(?:service|timer|socket|path|mount|target))?$/,
    complete: (name) => (name.includes('.') ? name : `${name}.service`),
  },
  'systemd service, service systemd, systemd unit, unite systemd, systemd',
  '',
);
kind({ kind: 'Docker::Container', name: HYPHENATED }, 'docker container, container docker, conteneur docker');
kind({ kind: 'Docker::Network', name: HYPHENATED }, 'docker network, reseau docker');
kind({ kind: 'Docker::Volume', name: HYPHENATED }, 'docker volume, volume docker');
kind(
  { kind: 'Traefik::Router', name: PLAIN, needs: ['traefik'] },
  'traefik router, router traefik, routeur traefik',
  'router, routeur',
);

// GitHub
kind(
  {
    kind: 'GitHub::Actions::Workflow',
    name: /^(?:\.github\/workflows\/)?[\w.@ -]{1,120}\.ya?ml$/,
    unless: ['gitlab', 'argo', 'temporal', 'circleci'],
    trim: (name) => name.replace('.github/workflows/', ''),
  },
  'github workflow, workflow github, github action workflow, workflow github action, github action',
  'workflow',
);
kind(
  {
    kind: 'GitHub::Actions::Secret',
    name: /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/,
    needs: ['github', 'workflow', 'workflows'],
    unless: ['secrets manager', 'wrangler'],
  },
  'github secret, secret github, github action secret, secret github action, repository secret, secret de depot, secret du depot',
  'secret',
);
kind(
  { kind: 'GitHub::Actions::Variable', name: /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/ },
  'github variable, variable github, github action variable, variable github action, repository variable',
);

// Kubernetes
kind(
  { kind: 'Kubernetes::Namespace', name: PLAIN },
  'kubernetes namespace, namespace kubernetes, k8s namespace',
);
kind(
  { kind: 'Kubernetes::Deployment', name: HYPHENATED },
  'kubernetes deployment, deployment kubernetes, deploiement kubernetes, k8s deployment',
);
