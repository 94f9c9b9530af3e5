import {
  AmplifyClient,
  type App,
  type Branch,
  paginateListApps,
  paginateListBranches,
} from '@aws-sdk/client-amplify';
import { maskSecrets } from '#lib/mask.ts';
import type { Kind } from '#model/fact.ts';
import { type AwsScope, defineAwsCollector } from './aws-collector.ts';
import { listOf } from './list-of.ts';
import { relation } from './parts.ts';
import { stated } from './stated.ts';

const APP: Kind = 'AWS::Amplify::App';

/**
 * Applications of Amplify Hosting, and the branches of those that files name. Variables by name alone; credentials,
 * headers and build commands stay where they are. AWS Amplify API Reference, version 2017-07-25.
 */
export const amplify = defineAwsCollector({
  id: 'amplify',
  title: { fr: 'Amplify', en: 'Amplify' },
  service: 'amplify',
  where: 'regions',
  Client: AmplifyClient,
  kinds: [APP],
  permissions: { ListApps: 'amplify:ListApps', ListBranches: 'amplify:ListBranches' },
  async collect(aws) {
    await listOf(
      aws,
      [APP],
      paginateListApps,
      { maxResults: 100 },
      ({ apps }) => apps,
      (one) => see(aws, one),
    );
  },
});

async function see(aws: AwsScope, one: App): Promise<void> {
  const { appId = '', name = '' } = one;
  const isDeclared = aws.isDeclared(APP, appId) || aws.isDeclared(APP, name);
  const branches: Branch[] = [];
  const refusal = isDeclared
    ? await aws.tryPages(
        paginateListBranches,
        { appId, maxResults: 50 },
        (page) => void branches.push(...(page.branches ?? [])),
      )
    : undefined;
  aws.see({
    kind: APP,
    name: appId,
    ...(one.appArn && { arn: one.appArn }),
    otherNames: [name, one.defaultDomain],
    operation: 'ListApps',
    properties: {
      appName: name,
      platform: one.platform,
      repository: one.repository === undefined ? undefined : maskSecrets(one.repository),
      defaultDomain: one.defaultDomain,
      productionBranch: one.productionBranch?.branchName,
      enableBasicAuth: one.enableBasicAuth,
      variables: Object.keys(one.environmentVariables ?? {}).sort(),
      ...(isDeclared && !refusal && { branches: branches.map(branchOf) }),
    },
    relations: [
      one.iamServiceRoleArn ? relation('assumes', 'AWS::IAM::Role', one.iamServiceRoleArn) : undefined,
    ],
    refusals: [refusal],
  });
}

const branchOf = (branch: Branch) =>
  stated({
    name: branch.branchName,
    stage: branch.stage,
    enableAutoBuild: branch.enableAutoBuild,
    enableBasicAuth: branch.enableBasicAuth,
    variables: Object.keys(branch.environmentVariables ?? {}).sort(),
  });
