import { BUCKET, DOMAIN, type Entry, HYPHENATED, list, PLAIN, ROUTE53 } from './kind-forms.ts';

const DASHED = /^[A-Za-z0-9]+(?:-+[A-Za-z0-9]+)+$/;
/** `cpu_high` alone is how code calls it. */
const ALARM = /^(?=[^-A-Z]*[-A-Z])[A-Za-z0-9]+(?:[_-]+[A-Za-z0-9]+)+$/;
const OTHER_CLUSTERS = list(
  'eks, kubernetes, k8s, k3s, gke, aks, redis, elasticache, memorydb, rds, aurora, kafka, msk, mongodb, atlas, elasticsearch, opensearch, emr, redshift, cassandra, swarm, postgres, postgresql, mysql, documentdb',
);
/** Among S1 and S2, S3 is a step. */
const OTHER_BUCKETS = list(
  's1, s2, gcs, gcp, google, r2, minio, backblaze, b2, spaces, supabase, scaleway, ovh',
);
const OTHER_QUEUES = list('sidekiq, bullmq, celery, resque, rabbitmq, sqs, laravel, hangfire');
const withoutRevision = (name: string) => name.replace(/:[^:/]{0,60}$/, '');
const POLICY = /^(?!AWS|Amazon)(?:[\w+=,.@]+(?:-[\w+=,.@]+)+|\w+Policy)$/;

/** How people call the resources of AWS, and images of Docker. */
export const aws: readonly Entry[] = [
  // AWS: containers
  [
    { kind: 'AWS::ECS::Cluster', name: PLAIN, needs: ['ecs', 'fargate'], unless: OTHER_CLUSTERS },
    'ecs cluster, cluster ecs, fargate cluster, cluster fargate, cluster ecs fargate, ecs fargate cluster',
    'cluster',
  ],
  [
    {
      kind: 'AWS::ECS::Service',
      name: PLAIN,
      needs: ['ecs'],
      unless: list('compose, systemd, systemctl, kubernetes, kubectl, k8s, eks, render, railway, cloud run'),
    },
    'ecs service, service ecs, fargate service, service fargate, service ecs fargate, ecs fargate service',
    'service',
  ],
  [
    { kind: 'AWS::ECS::TaskDefinition', name: PLAIN, trim: withoutRevision },
    'task definition, definition de tache, task definition family, task family, ecs task definition, task definition ecs, famille de tache, taskdef, task def',
  ],
  [
    {
      kind: 'AWS::ECR::Repository',
      name: /^(?!.*\.amazonaws\.com)[a-z0-9]+(?:[._-]+[a-z0-9]+)*(?:\/[a-z0-9]+(?:[._-]+[a-z0-9]+)*)*$/,
      needs: ['ecr'],
      unless: ['github', 'git', 'gitlab', 'npm', 'bitbucket', 'helm'],
      trim: withoutRevision,
    },
    'ecr repository, repository ecr, ecr repo, repo ecr, depot ecr, ecr registry, registre ecr',
    'repository, repo, depot, ecr',
  ],
  [
    { kind: 'Docker::Image', name: /^[a-z0-9][a-z0-9.:_-]*(?:\/[a-z0-9._-]+)*:[\w.-]+$/ },
    'docker image, image docker, container image, image de conteneur',
  ],
  [
    { kind: 'AWS::Batch::ComputeEnvironment', name: HYPHENATED },
    'batch compute environment, compute environment, batch compute, environnement de calcul, environnement de calcul batch',
  ],
  [
    { kind: 'AWS::Batch::JobQueue', name: HYPHENATED, needs: ['batch'], unless: OTHER_QUEUES },
    'batch job queue, aws batch queue, batch queue',
    'job queue, file de travaux',
  ],
  [
    { kind: 'AWS::Batch::JobDefinition', name: HYPHENATED, trim: withoutRevision },
    'batch job definition, job definition, definition de travail, definition de job',
  ],
  [
    { kind: 'AWS::EKS::Cluster', name: PLAIN, needs: ['eks'], unless: ['ecs', 'fargate'] },
    'eks cluster, cluster eks',
  ],
  [
    { kind: 'AWS::Lambda::Function', name: PLAIN, needs: ['lambda'] },
    'lambda function, fonction lambda, aws lambda function, lambda fonction',
    'lambda, function, fonction',
  ],
  [
    { kind: 'AWS::AppRunner::Service', name: PLAIN },
    'app runner service, apprunner service, service app runner',
  ],
  [
    { kind: 'AWS::Amplify::App', name: /^d[a-z0-9]{11,14}$/ },
    'amplify app, amplify app id, application amplify',
  ],
  [
    { kind: 'AWS::ElasticBeanstalk::Application', name: PLAIN },
    'elastic beanstalk application, beanstalk application, application beanstalk, application elastic beanstalk',
  ],
  [
    { kind: 'AWS::ElasticBeanstalk::Environment', name: PLAIN },
    'elastic beanstalk environment, beanstalk environment, environnement beanstalk, environnement elastic beanstalk',
  ],
  [
    { kind: 'AWS::CloudFormation::Stack', name: PLAIN, needs: ['cloudformation', 'cdk', 'sam'] },
    'cloudformation stack, stack cloudformation, pile cloudformation',
    'stack, pile',
  ],
  [{ kind: 'AWS::CodeBuild::Project', name: PLAIN }, 'codebuild project, projet codebuild'],
  [
    { kind: 'AWS::CodePipeline::Pipeline', name: PLAIN },
    'codepipeline pipeline, pipeline codepipeline, codepipeline',
  ],
  [
    { kind: 'AWS::StepFunctions::StateMachine', name: HYPHENATED },
    'state machine, step function, machine a etat',
  ],

  // AWS: network and edge
  [
    { kind: 'AWS::ElasticLoadBalancingV2::TargetGroup', name: DASHED },
    'target group, groupe cible, groupe de cible, alb target group, target group alb',
  ],
  [
    { kind: 'AWS::ElasticLoadBalancingV2::LoadBalancer', name: DASHED },
    'load balancer, application load balancer, network load balancer, alb, nlb, repartiteur de charge, equilibreur de charge',
  ],
  [
    { kind: 'AWS::CloudFront::Distribution', name: /^E[A-Z0-9]{11,14}$/ },
    'cloudfront distribution, distribution cloudfront, cloudfront, distribution, cdn',
  ],
  [
    { kind: 'AWS::Route53::HostedZone', name: DOMAIN },
    'hosted zone, zone hosted, zone hebergee, route53 zone, zone route53, route 53 zone, zone route 53, route53 hosted zone, zone dns route53',
  ],
  [
    { kind: 'AWS::Route53::RecordSet', name: DOMAIN, domain: true, needs: ROUTE53, unless: ['cloudflare'] },
    'route53 record, enregistrement route53, record route53, route 53 record, enregistrement route 53',
    `record, enregistrement, dns record, enregistrement dns, domain, domaine, domain name, nom de domaine,
  record for, cname for, alias for, enregistrement pour, enregistrement de, enregistrement a de, enregistrement cname de,
  registro, registro dns, registro de, registro a de, registro cname de`,
  ],
  [
    { kind: 'AWS::CertificateManager::Certificate', name: DOMAIN, domain: true, needs: ['acm'] },
    'acm certificate, certificat acm, acm certificate for, certificat acm pour',
    'certificate, certificat, certificate for, certificat pour',
  ],
  [{ kind: 'AWS::EC2::SecurityGroup', name: HYPHENATED }, 'security group, groupe de securite'],
  [{ kind: 'AWS::WAFv2::WebACL', name: HYPHENATED }, 'web acl, waf web acl, waf acl'],

  // AWS: data and messages
  [
    { kind: 'AWS::S3::Bucket', name: BUCKET, unless: OTHER_BUCKETS },
    's3 bucket, bucket s3, compartiment s3',
    'bucket, s3',
  ],
  [
    {
      kind: 'AWS::DynamoDB::Table',
      name: /^[A-Za-z0-9_.-]{3,255}$/,
      needs: ['dynamodb'],
      unless: list('sql, postgres, postgresql, mysql, rds, sqlite'),
    },
    'dynamodb table, table dynamodb',
    'table, dynamodb',
  ],
  [
    { kind: 'AWS::RDS::DBInstance', name: DASHED },
    'rds instance, instance rds, rds read replica, replica rds, base rds, base de donnees rds, rds database, db instance, db instance identifier, rds postgresql, rds mysql, postgresql rds, mysql rds',
  ],
  [
    { kind: 'AWS::RDS::DBCluster', name: DASHED },
    'rds cluster, cluster rds, aurora cluster, cluster aurora, db cluster',
  ],
  [
    { kind: 'AWS::ElastiCache::CacheCluster', name: DASHED },
    'elasticache cluster, cluster elasticache, redis elasticache, elasticache redis',
  ],
  [
    {
      kind: 'AWS::SQS::Queue',
      name: /^[A-Za-z0-9_-]{1,80}(?:\.fifo)?$/,
      needs: ['sqs'],
      unless: ['cloudflare', 'rabbitmq', 'celery', 'bullmq'],
    },
    'sqs queue, queue sqs, file sqs, file d attente sqs',
    'queue, file d attente, sqs, dlq',
  ],
  [
    {
      kind: 'AWS::SNS::Topic',
      name: /^[A-Za-z0-9_-]{1,256}(?:\.fifo)?$/,
      needs: ['sns'],
      unless: ['kafka', 'mqtt', 'pubsub'],
    },
    'sns topic, topic sns, sujet sns, rubrique sns',
    'topic, sns',
  ],
  [
    { kind: 'AWS::Events::EventBus', name: HYPHENATED },
    'eventbridge bus, event bus, bus eventbridge, bus d evenement',
  ],
  [
    { kind: 'AWS::Kinesis::Stream', name: HYPHENATED },
    'kinesis stream, kinesis data stream, stream kinesis, flux kinesis',
  ],
  [
    { kind: 'AWS::KinesisFirehose::DeliveryStream', name: HYPHENATED },
    'firehose stream, firehose delivery stream, flux firehose',
  ],
  [{ kind: 'AWS::Glue::Job', name: HYPHENATED }, 'glue job, job glue, glue etl job'],
  [
    { kind: 'AWS::ElastiCache::ReplicationGroup', name: DASHED },
    'elasticache replication group, redis replication group, replication group',
  ],
  [{ kind: 'AWS::RDS::DBSubnetGroup', name: DASHED }, 'db subnet group, rds subnet group'],
  [
    { kind: 'AWS::AutoScaling::AutoScalingGroup', name: HYPHENATED },
    'auto scaling group, autoscaling group, groupe auto scaling, groupe autoscaling',
  ],
  [
    {
      kind: 'AWS::CloudWatch::Dashboard',
      name: HYPHENATED,
      needs: ['cloudwatch'],
      unless: list('grafana, datadog, kibana, new relic'),
    },
    'cloudwatch dashboard, tableau de bord cloudwatch',
    'dashboard, tableau de bord',
  ],
  [
    { kind: 'AWS::Events::Rule', name: HYPHENATED },
    'eventbridge rule, regle eventbridge, cloudwatch event rule',
  ],
  [
    { kind: 'AWS::Scheduler::Schedule', name: HYPHENATED },
    'eventbridge schedule, planification eventbridge, eventbridge sched, eventbridge scheduler, scheduler schedule',
  ],

  // AWS: identity and observability
  [
    { kind: 'AWS::IAM::Role', name: /^[\w+=,.@-]{3,64}$/, needs: ['iam', 'oidc'] },
    'iam role, role iam, execution role, task role, role d execution, role de tache, oidc role, role oidc, aws role',
    'role, oidc',
  ],
  [
    { kind: 'AWS::IAM::RolePolicy', name: POLICY },
    'inline policy, iam inline policy, politique en ligne, politique inline',
  ],
  [
    { kind: 'AWS::IAM::ManagedPolicy', name: POLICY },
    'iam policy, politique iam, managed policy, customer managed policy, iam managed policy',
  ],
  [{ kind: 'AWS::IAM::User', name: /^[\w+=,.@-]{3,64}$/ }, 'iam user, utilisateur iam, user iam'],
  [
    {
      kind: 'AWS::SecretsManager::Secret',
      name: /^\/?[A-Za-z0-9][\w/+=.@-]*[-/_][\w/+=.@-]*(?<!\/)$/,
      needs: ['secrets manager', 'secret manager'],
      unless: ['github', 'gcp', 'google'],
    },
    'secrets manager secret, secret secrets manager, aws secrets manager, secrets manager, aws secret',
    'secret',
  ],
  [
    { kind: 'AWS::SSM::Parameter', name: /^\/?[\w.-]+(?:\/[\w.-]+)+$/, needs: ['ssm', 'parameter store'] },
    'ssm parameter, parametre ssm, ssm param, parameter store, ssm parameter store',
    'parameter, parametre',
  ],
  [{ kind: 'AWS::KMS::Key', name: /^alias\/[\w/-]+$/ }, 'kms key, cle kms, kms alias, alias kms'],
  [
    { kind: 'AWS::Cognito::UserPool', name: /^[a-z]{2}(?:-[a-z]+)+-\d_[A-Za-z0-9]+$/ },
    'cognito user pool, user pool, user pool id',
  ],
  [
    { kind: 'AWS::Logs::LogGroup', name: /^\/?[\w.#-]+(?:\/[\w.#-]+)+$|^[A-Za-z0-9]+(?:-[A-Za-z0-9]+)+$/ },
    'log group, cloudwatch log group, groupe de log, groupe de journaux, cloudwatch log, log cloudwatch',
  ],
  [
    { kind: 'AWS::CloudWatch::Alarm', name: ALARM, needs: ['cloudwatch'] },
    'cloudwatch alarm, alarme cloudwatch',
    'alarm, alarme',
  ],
  [{ kind: 'AWS::CloudTrail::Trail', name: HYPHENATED }, 'cloudtrail trail, trail cloudtrail, cloudtrail'],
];
