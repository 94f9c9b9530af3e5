import type { AwsProxy } from '../aws/proxy.ts';
import { seedCompute } from './seed/compute.ts';
import { seedData } from './seed/data.ts';
import { seedIdentity } from './seed/identity.ts';
import { seedNetwork } from './seed/network.ts';
import { Seeder } from './seed/send.ts';

export const REGION = 'eu-west-3';

/** Answers of services that moto does not have, or gives dates of in another form, in the shapes of their API references: two of each, or none. */
export function answerUnknown(proxy: AwsProxy, account: string, filled = true): void {
  const arn = (service: string, rest: string) => `arn:aws:${service}:${REGION}:${account}:${rest}`;
  const both = <T>(one: (name: string) => T): T[] => (filled ? ['one', 'two'].map(one) : []);
  const answers: Record<string, object | string> = {
    'lambda:ListFunctionUrlConfigs': { FunctionUrlConfigs: [] },
    'elasticache:DescribeServerlessCaches': `<DescribeServerlessCachesResponse><DescribeServerlessCachesResult><ServerlessCaches>${both(
      (name) =>
        `<member><ServerlessCacheName>pages-${name}</ServerlessCacheName><ARN>${arn('elasticache', `serverlesscache:pages-${name}`)}</ARN><Status>available</Status></member>`,
    ).join('')}</ServerlessCaches></DescribeServerlessCachesResult></DescribeServerlessCachesResponse>`,
    'apprunner:ListServices': {
      ServiceSummaryList: both((name) => ({
        ServiceName: `web-${name}`,
        ServiceArn: arn('apprunner', `service/web-${name}/0123456789abcdef0123456789abcdef`),
        ServiceUrl: `${name}.${REGION}.awsapprunner.com`,
        Status: 'RUNNING',
      })),
    },
    'apprunner:DescribeService': {
      Service: { InstanceConfiguration: { Cpu: '1024', Memory: '2048' } },
    },
    'ecs:ListTasks': { taskArns: [arn('ecs', 'task/one/5e6f')] },
    'ecs:DescribeTasks': {
      tasks: [
        {
          taskArn: arn('ecs', 'task/one/5e6f'),
          lastStatus: 'STOPPED',
          stopCode: 'EssentialContainerExited',
          stoppedReason: 'Essential container in task exited',
          containers: [{ name: 'api', exitCode: 137 }],
        },
      ],
    },
    'amplify:ListBranches': { branches: [{ branchName: 'main', stage: 'PRODUCTION' }] },
    'amplify:ListApps': {
      apps: both((name) => ({
        appId: `d${name}`,
        appArn: arn('amplify', `apps/d${name}`),
        name: `site-${name}`,
        platform: 'WEB',
        defaultDomain: `d${name}.amplifyapp.com`,
        environmentVariables: {},
      })),
    },
    'wafv2:ListWebACLs': {
      WebACLs: both((name) => ({
        Name: `wall-${name}`,
        Id: `id${name}`,
        ARN: arn('wafv2', `regional/webacl/wall-${name}/id${name}`),
      })),
    },
    'wafv2:ListResourcesForWebACL': { ResourceArns: [] },
    'codepipeline:ListPipelines': {
      pipelines: both((name) => ({ name: `release-${name}`, pipelineType: 'V2', updated: 1_764_000_000 })),
    },
    'tag:GetResources': {
      ResourceTagMappingList: both((name) => ({
        ResourceARN: arn('batch', `job-queue/night-${name}`),
        Tags: [],
      })),
    },
    'resource-explorer-2:ListIndexes': { Indexes: filled ? [{ Region: REGION, Type: 'LOCAL' }] : [] },
    'resource-explorer-2:GetDefaultView': { ViewArn: arn('resource-explorer-2', 'view/all/1') },
    'resource-explorer-2:ListResources': {
      Resources: both((name) => ({ Arn: arn('batch', `job-queue/night-${name}`) })),
    },
    'config:DescribeConfigurationAggregators': {
      ConfigurationAggregators: filled ? [{ ConfigurationAggregatorName: 'all' }] : [],
    },
    'config:SelectAggregateResourceConfig': {
      Results: both((name) =>
        JSON.stringify({
          arn: arn('batch', `job-queue/night-${name}`),
          resourceType: 'AWS::Batch::JobQueue',
        }),
      ),
    },
    'codepipeline:GetPipelineState': {
      stageStates: [{ stageName: 'Deploy', latestExecution: { status: 'Succeeded' } }],
    },
    'bedrock:ListCustomModels': {
      modelSummaries: both((name) => ({
        modelName: `tuned-${name}`,
        modelArn: arn('bedrock', `custom-model/tuned-${name}`),
        baseModelName: 'base',
      })),
    },
    'bedrock:ListGuardrails': {
      guardrails: both((name) => ({
        name: `rail-${name}`,
        id: `id${name}`,
        arn: arn('bedrock', `guardrail/id${name}`),
        status: 'READY',
        version: 'DRAFT',
      })),
    },
    'bedrock:ListProvisionedModelThroughputs': {
      provisionedModelSummaries: both((name) => ({
        provisionedModelName: `reserved-${name}`,
        provisionedModelArn: arn('bedrock', `provisioned-model/reserved-${name}`),
        status: 'InService',
        modelUnits: 1,
      })),
    },
    'bedrock:GetModelInvocationLoggingConfiguration': filled
      ? { loggingConfig: { s3Config: { bucketName: 'calls' }, textDataDeliveryEnabled: true } }
      : {},
    'comprehend:ListDocumentClassifiers': {
      DocumentClassifierPropertiesList: both((name) => ({
        DocumentClassifierArn: arn('comprehend', `document-classifier/sort-${name}`),
        Status: 'TRAINED',
      })),
    },
    'comprehend:ListEndpoints': {
      EndpointPropertiesList: both((name) => ({
        EndpointArn: arn('comprehend', `document-classifier-endpoint/sort-${name}`),
        Status: 'IN_SERVICE',
      })),
    },
  };
  // moto never says that anything uses a certificate
  proxy.when('acm:ListCertificates', {
    kind: 'patch',
    patch: (answer: { CertificateSummaryList?: { InUse?: boolean }[] }) => {
      for (const one of answer.CertificateSummaryList ?? []) one.InUse = true;
      return answer;
    },
  });
  for (const [operation, body] of Object.entries(answers)) proxy.when(operation, { kind: 'answer', body });
}

/** Two of everything that collectors read, in an empty account of moto. */
export async function seedEverything(endpoint: string, account: string): Promise<void> {
  const seed = new Seeder(endpoint, REGION);
  const role = await seedIdentity(seed, account);
  const queue = await seedData(seed, account, role);
  const subnet = await seedNetwork(seed);
  await seedCompute(seed, { role, queue, subnet });
}
