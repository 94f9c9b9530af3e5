import { expect, test } from 'vitest';
import { machine, namedBy, parsed, prints, recorded, says } from './test-commands.ts';

test('options before the service, lists and switches are read as the CLI reads them', () => {
  const call = parsed(
    'aws --region eu-west-3 --no-cli-pager ecs update-service --cluster prod --service web --force-new-deployment --desired-count 2',
  );
  expect(call.operation).toBe('ecs update-service');
  expect(call.words).toEqual([]);
  expect({ ...call.options }).toEqual({
    region: 'eu-west-3',
    'no-cli-pager': true,
    cluster: 'prod',
    service: 'web',
    'force-new-deployment': true,
    'desired-count': '2',
  });
  expect(parsed('aws ecs describe-services --cluster c --services a b c').options.services).toEqual([
    'a',
    'b',
    'c',
  ]);
  expect(parsed('aws ecs wait services-stable --cluster c --services a').operation).toBe(
    'ecs wait services-stable',
  );
});

test('words after the options of s3, lambda invoke and logs tail stay words', () => {
  expect(parsed('aws s3 sync --delete ./dist s3://site --exclude "*.map"').words).toEqual([
    './dist',
    's3://site',
  ]);
  expect(parsed('aws s3 cp --sse a.zip s3://b/k').words).toEqual(['a.zip', 's3://b/k']);
  expect(parsed('aws lambda invoke --function-name f --payload {} out.json').words).toEqual(['out.json']);
  expect(says('aws logs tail /ecs/web --follow --since 10m')).toEqual(['uses AWS::Logs::LogGroup /ecs/web']);
});

test('an ECS service is named in its cluster, to which it relates', () => {
  const [cluster, service] = namedBy(
    'aws ecs update-service --cluster prod --service web --region eu-west-3',
  );
  expect(cluster).toMatchObject({
    kind: 'AWS::ECS::Cluster',
    name: 'prod',
    region: 'eu-west-3',
    verb: 'requires',
  });
  expect(service).toMatchObject({ kind: 'AWS::ECS::Service', name: 'web', scope: 'prod', verb: 'requires' });
  expect(service?.relations).toEqual([{ type: 'runs-in', to: { kind: 'AWS::ECS::Cluster', name: 'prod' } }]);
});

test('an ARN gives name, account and region; a task definition loses its revision', () => {
  expect(
    namedBy(
      'aws ecs update-service --cluster arn:aws:ecs:eu-west-3:210123456780:cluster/prod --service arn:aws:ecs:eu-west-3:210123456780:service/prod/web --task-definition web:42',
    ).map(({ kind, name, scope, account, region }) => [kind, name, scope, account, region]),
  ).toEqual([
    ['AWS::ECS::Cluster', 'prod', undefined, '210123456780', 'eu-west-3'],
    ['AWS::ECS::Service', 'web', 'prod', '210123456780', 'eu-west-3'],
    ['AWS::ECS::TaskDefinition', 'web', undefined, undefined, undefined],
  ]);
});

test.each([
  [
    `aws apprunner list-services --query "ServiceSummaryList[?ServiceName=='web-dev'].ServiceArn"`,
    ['uses AWS::AppRunner::Service web-dev'],
  ],
  [
    'aws ec2 describe-security-groups --filters Name=group-name,Values=web-sg,db-sg Name=vpc-id,Values=vpc-0a1b2c3d',
    ['uses AWS::EC2::SecurityGroup web-sg', 'uses AWS::EC2::SecurityGroup db-sg'],
  ],
  [
    'aws ecs run-task --cluster c --task-definition t --network-configuration awsvpcConfiguration={subnets=[subnet-0a1b2c3d4e5f60718],securityGroups=[sg-0a1b2c3d]}',
    [
      'requires AWS::ECS::Cluster c',
      'requires AWS::ECS::TaskDefinition t',
      'uses AWS::EC2::Subnet subnet-0a1b2c3d4e5f60718',
      'uses AWS::EC2::SecurityGroup sg-0a1b2c3d',
    ],
  ],
  [
    'aws ecs create-cluster --cluster-name c --capacity-providers FARGATE FARGATE_SPOT',
    ['creates AWS::ECS::Cluster c'],
  ],
  ['aws ecr create-repository --repository-name team/api', ['creates AWS::ECR::Repository team/api']],
  [
    'aws ecr batch-delete-image --repository-name api --image-ids imageTag=x',
    ['requires AWS::ECR::Repository api'],
  ],
  [
    'aws ecs create-service --cluster c --service-name web --task-definition web',
    [
      'requires AWS::ECS::Cluster c',
      'creates AWS::ECS::Service web @c',
      'requires AWS::ECS::TaskDefinition web',
    ],
  ],
  [
    'aws ecs delete-service --cluster c --service web',
    ['requires AWS::ECS::Cluster c', 'deletes AWS::ECS::Service web @c'],
  ],
  [
    'aws ecs describe-services --cluster c --services web',
    ['uses AWS::ECS::Cluster c', 'uses AWS::ECS::Service web @c'],
  ],
  [
    'aws ecs run-task --cluster c --task-definition migrate --launch-type FARGATE',
    ['requires AWS::ECS::Cluster c', 'requires AWS::ECS::TaskDefinition migrate'],
  ],
  [
    'aws s3 sync build s3://assets.example.org/site --delete',
    ['requires AWS::S3::Bucket assets.example.org'],
  ],
  ['aws s3 cp s3://from/a s3://to/b', ['uses AWS::S3::Bucket from', 'requires AWS::S3::Bucket to']],
  ['aws s3 mb s3://new-bucket', ['creates AWS::S3::Bucket new-bucket']],
  ['aws s3 rm s3://logs/old --recursive', ['requires AWS::S3::Bucket logs']],
  ['aws s3api put-bucket-policy --bucket b1x --policy file://p.json', ['requires AWS::S3::Bucket b1x']],
  ['aws s3api delete-bucket --bucket b1x', ['deletes AWS::S3::Bucket b1x']],
  [
    'aws cloudfront create-invalidation --distribution-id E1A2B3C4D5E6F7 --paths "/*"',
    ['requires AWS::CloudFront::Distribution E1A2B3C4D5E6F7'],
  ],
  [
    'aws lambda update-function-code --function-name resize --s3-bucket code --s3-key k.zip',
    ['requires AWS::Lambda::Function resize', 'requires AWS::S3::Bucket code'],
  ],
  [
    'aws lambda invoke --function-name arn:aws:lambda:eu-west-3:210123456780:function:resize:live out',
    ['requires AWS::Lambda::Function resize'],
  ],
  [
    'aws cloudformation deploy --stack-name net --template-file t.yml --capabilities CAPABILITY_IAM CAPABILITY_NAMED_IAM',
    ['creates AWS::CloudFormation::Stack net'],
  ],
  ['aws cloudformation delete-stack --stack-name net', ['deletes AWS::CloudFormation::Stack net']],
  ['aws cloudformation wait stack-update-complete --stack-name net', ['uses AWS::CloudFormation::Stack net']],
  ['aws logs create-log-group --log-group-name /ecs/web', ['creates AWS::Logs::LogGroup /ecs/web']],
  [
    'aws logs put-retention-policy --log-group-name /ecs/web --retention-in-days 30',
    ['requires AWS::Logs::LogGroup /ecs/web'],
  ],
  [
    'aws ssm put-parameter --name /app/prod/key --value x --type SecureString --overwrite',
    ['creates AWS::SSM::Parameter /app/prod/key'],
  ],
  [
    'aws ssm get-parameters --names /a/b /c/d --with-decryption',
    ['uses AWS::SSM::Parameter /a/b', 'uses AWS::SSM::Parameter /c/d'],
  ],
  ['aws ssm get-parameter --name /aws/service/ecs/optimized-ami/amazon-linux-2/recommended', []],
  [
    'aws ssm send-command --instance-ids i-0abc12345678def90 --document-name AWS-RunShellScript --parameters commands=ls',
    ['requires AWS::EC2::Instance i-0abc12345678def90'],
  ],
  [
    'aws secretsmanager get-secret-value --secret-id arn:aws:secretsmanager:eu-west-3:210123456780:secret:db/prod-Ab12Cd',
    ['uses AWS::SecretsManager::Secret db/prod'],
  ],
  [
    'aws sqs send-message --queue-url https://sqs.eu-west-3.amazonaws.com/210123456780/jobs --message-body x',
    ['requires AWS::SQS::Queue jobs'],
  ],
  [
    'aws sns publish --topic-arn arn:aws:sns:eu-west-3:210123456780:alerts --message x',
    ['requires AWS::SNS::Topic alerts'],
  ],
  [
    'aws events put-rule --name nightly --schedule-expression "cron(0 2 * * ? *)"',
    ['creates AWS::Events::Rule nightly'],
  ],
  [
    'aws cloudwatch put-metric-alarm --alarm-name cpu --metric-name CPUUtilization',
    ['creates AWS::CloudWatch::Alarm cpu'],
  ],
  [
    'aws elbv2 describe-target-groups --names web-tg',
    ['uses AWS::ElasticLoadBalancingV2::TargetGroup web-tg'],
  ],
  [
    'aws elbv2 describe-load-balancers --names web-alb',
    ['uses AWS::ElasticLoadBalancingV2::LoadBalancer web-alb'],
  ],
  [
    'aws elbv2 create-target-group --name web-tg --protocol HTTP --port 80',
    ['creates AWS::ElasticLoadBalancingV2::TargetGroup web-tg'],
  ],
  [
    'aws elbv2 describe-target-health --target-group-arn arn:aws:elasticloadbalancing:eu-west-3:210123456780:targetgroup/web-tg/6d0ecf831eec9f09',
    ['uses AWS::ElasticLoadBalancingV2::TargetGroup web-tg'],
  ],
  [
    'aws elasticbeanstalk update-environment --application-name shop --environment-name shop-prod --version-label v1',
    [
      'requires AWS::ElasticBeanstalk::Application shop',
      'requires AWS::ElasticBeanstalk::Environment shop-prod',
    ],
  ],
  [
    'aws deploy create-deployment --application-name app --deployment-group-name blue',
    ['requires AWS::CodeDeploy::Application app', 'requires AWS::CodeDeploy::DeploymentGroup blue @app'],
  ],
  ['aws eks update-kubeconfig --name prod --region eu-west-3', ['requires AWS::EKS::Cluster prod']],
  [
    'aws application-autoscaling register-scalable-target --service-namespace ecs --resource-id service/prod/web',
    ['requires AWS::ECS::Service web @prod', 'requires AWS::ECS::Cluster prod'],
  ],
  [
    'aws iam attach-role-policy --role-name ci --policy-arn arn:aws:iam::aws:policy/ReadOnlyAccess',
    ['requires AWS::IAM::Role ci'],
  ],
  [
    'aws sts assume-role --role-arn arn:aws:iam::210123456780:role/ci/deploy --role-session-name s',
    ['requires AWS::IAM::Role deploy'],
  ],
  [
    'aws rds create-db-snapshot --db-instance-identifier main --db-snapshot-identifier before',
    ['requires AWS::RDS::DBInstance main'],
  ],
  [
    'aws kms create-alias --alias-name alias/app --target-key-id 1234',
    ['creates AWS::KMS::Key alias/app', 'requires AWS::KMS::Key 1234'],
  ],
  ['aws ec2 describe-vpcs --vpc-ids vpc-0a1b2c3d', ['uses AWS::EC2::VPC vpc-0a1b2c3d']],
  [
    'aws backup start-backup-job --backup-vault-name vault --iam-role-arn arn:aws:iam::111111111111:role/backup',
    ['requires AWS::Backup::BackupVault vault', 'uses AWS::IAM::Role backup'],
  ],
  ['aws sts get-caller-identity', []],
  ['aws ecr get-login-password --region eu-west-3', []],
])('%s', (line, expected) => {
  expect(says(line).sort()).toEqual([...expected].sort());
});

test('a listener is named by its load balancer and port, and relates to what it forwards to', () => {
  const found = namedBy(
    'aws elbv2 create-listener --load-balancer-arn arn:aws:elasticloadbalancing:eu-west-3:210123456780:loadbalancer/app/web-alb/50dc6c495c0c9188 --protocol HTTPS --port 443 --certificates CertificateArn=arn:aws:acm:eu-west-3:210123456780:certificate/ab12 --default-actions Type=forward,TargetGroupArn=arn:aws:elasticloadbalancing:eu-west-3:210123456780:targetgroup/web-tg/73e2d6bc24d8a067',
  );
  expect(found.map(({ kind, name }) => `${kind.split('::').at(-1)} ${name}`).sort()).toEqual([
    'Certificate ab12',
    'Listener web-alb:443',
    'LoadBalancer web-alb',
    'TargetGroup web-tg',
  ]);
});

test('the records of a change batch are named, those deleted as such', () => {
  const batch = JSON.stringify({
    Changes: [
      { Action: 'UPSERT', ResourceRecordSet: { Name: 'api.acme.eu.', Type: 'A' } },
      { Action: 'DELETE', ResourceRecordSet: { Name: 'old.acme.eu', Type: 'CNAME' } },
    ],
  });
  expect(
    says(`aws route53 change-resource-record-sets --hosted-zone-id Z1 --change-batch '${batch}'`),
  ).toEqual([
    'creates AWS::Route53::RecordSet api.acme.eu @A',
    'deletes AWS::Route53::RecordSet old.acme.eu @CNAME',
  ]);
});

test('what only the run knows names nothing, what it knows in part is kept with its symbol', () => {
  expect(says('aws ecs update-service --cluster ⟨vars.CLUSTER⟩ --service ⟨secrets.SERVICE⟩')).toEqual([]);
  expect(says('aws s3 sync dist s3://site-⟨inputs.environment name⟩/x')).toEqual([
    'requires AWS::S3::Bucket site-⟨inputs.environment name⟩',
  ]);
  expect(says('aws sns publish --topic-arn arn:aws:sns:⟨env.R⟩:⟨aws account⟩:alerts')).toEqual([
    'requires AWS::SNS::Topic alerts',
  ]);
});

test('an emulator on the machine itself is nobody’s estate', () => {
  expect(says('aws --endpoint-url http://localhost:4566 sqs create-queue --queue-name jobs')).toEqual([]);
  expect(says('aws --endpoint-url=http://localstack:4566 s3 mb s3://test')).toEqual([]);
});

test('a task definition in a file gives its family, images, logs, roles and secrets', async () => {
  const definition = JSON.stringify({
    family: 'web',
    executionRoleArn: 'arn:aws:iam::210123456780:role/exec',
    containerDefinitions: [
      {
        image: '210123456780.dkr.ecr.eu-west-3.amazonaws.com/web:1',
        logConfiguration: { logDriver: 'awslogs', options: { 'awslogs-group': '/ecs/web' } },
        secrets: [
          {
            name: 'DB',
            valueFrom: 'arn:aws:secretsmanager:eu-west-3:210123456780:secret:db-Ab12Cd:password::',
          },
          { name: 'KEY', valueFrom: '/web/key' },
        ],
      },
    ],
  });
  const given = await recorded(
    'aws ecs register-task-definition --cli-input-json file://deploy/task.json',
    machine({ 'deploy/task.json': definition }),
  );
  expect(given).toEqual({
    'cli-input-json': 'file://deploy/task.json',
    family: 'web',
    'execution-role-arn': 'arn:aws:iam::210123456780:role/exec',
    images: ['210123456780.dkr.ecr.eu-west-3.amazonaws.com/web:1'],
    'log-groups': ['/ecs/web'],
    roles: ['arn:aws:iam::210123456780:role/exec'],
    secrets: ['arn:aws:secretsmanager:eu-west-3:210123456780:secret:db-Ab12Cd:password::'],
    parameters: ['/web/key'],
  });
});

test('a broken or absent file is no obstacle', async () => {
  expect(await recorded('aws ecs register-task-definition --cli-input-json file://no.json')).toEqual({
    'cli-input-json': 'file://no.json',
  });
  expect(
    await recorded(
      'aws ecs create-service --cli-input-json file://b.json',
      machine({ 'b.json': '{"cluster": ' }),
    ),
  ).toEqual({ 'cli-input-json': 'file://b.json' });
});

test('a query is answered from a record, in the form that was asked for', async () => {
  expect(
    await prints(
      "aws ecs describe-services --cluster c --services web --query 'services[0].status' --output text",
    ),
  ).toBe('ACTIVE');
  expect(
    await prints(
      "aws ecs describe-services --cluster c --services web --query 'services[].[serviceName,desiredCount]' --output text",
    ),
  ).toBe('web\t1');
  expect(
    await prints('aws sts get-caller-identity --query Account --output text', {
      ...machine(),
      account: '210123456780',
    }),
  ).toBe('210123456780');
  expect(
    await prints(
      'aws ecr describe-repositories --repository-names api --query "repositories[0].repositoryUri"',
      { ...machine(), account: '210123456780', region: 'eu-west-3' },
    ),
  ).toBe('"210123456780.dkr.ecr.eu-west-3.amazonaws.com/api"');
});

test('what a query does not find is a symbol, never null, empty or the word None', async () => {
  const line =
    'aws cloudformation describe-stacks --stack-name net --query "Stacks[0].Outputs[?OutputKey==\'Url\'].OutputValue" --output text';
  expect(await prints(line)).toMatch(/^⟨aws cloudformation describe-stacks net .*⟩$/);
  expect(await prints('aws glue get-triggers --query "Triggers[0].Name" --output text')).toMatch(/^⟨.*⟩$/);
  expect(await prints('aws ecs describe-services --services a --query "((((" --output text')).toMatch(
    /^⟨.*⟩$/,
  );
});

test('what prints nothing prints nothing', async () => {
  expect(await prints('aws ecs wait services-stable --cluster c --services a')).toBe('');
  expect(await prints('aws s3 sync a s3://b')).toBe('');
});

test('a function names the log group it is told to write to', () => {
  const found = namedBy(
    'aws lambda create-function --function-name resize --logging-config LogFormat=JSON,LogGroup=/shop/jobs',
  );
  expect(found.map(({ kind, name }) => `${kind} ${name}`)).toContain('AWS::Logs::LogGroup /shop/jobs');
});
