import { CloudTrailClient, CreateTrailCommand, StartLoggingCommand } from '@aws-sdk/client-cloudtrail';
import {
  AttachRolePolicyCommand,
  CreateOpenIDConnectProviderCommand,
  CreateRoleCommand,
  IAMClient,
  PutRolePolicyCommand,
} from '@aws-sdk/client-iam';
import {
  CreateAliasCommand,
  CreateKeyCommand,
  type CreateKeyCommandInput,
  KMSClient,
} from '@aws-sdk/client-kms';
import { each, type Made } from './made.ts';

/** A statement of a policy, as IAM writes it. */
export interface Statement {
  Effect?: 'Allow' | 'Deny';
  Action: string | string[];
  Resource?: string | string[];
  Principal?: string | Record<string, string | string[]>;
  Condition?: Record<string, Record<string, string | string[]>>;
}

export interface IdentityDescription {
  /** By host: `token.actions.githubusercontent.com`. */
  oidcProviders?: Record<string, { audiences?: string[] }>;
  roles?: Record<
    string,
    {
      /** Who may assume it: a service such as `ecs-tasks.amazonaws.com`, or the statements of a trust policy. */
      trust: string | Statement[];
      /** Inline policies by name. */
      policies?: Record<string, Statement[]>;
      /** ARNs of policies of AWS. */
      attached?: string[];
    }
  >;
  /** By alias, without `alias/`. */
  keys?: Record<string, Partial<CreateKeyCommandInput>>;
  /** Trails write to a bucket of the description. */
  trails?: Record<string, { bucket: string; multiRegion?: boolean; logging?: boolean }>;
}

const policy = (statements: Statement[]): string =>
  JSON.stringify({
    Version: '2012-10-17',
    Statement: statements.map((statement) => ({ Effect: 'Allow', ...statement })),
  });

/** OIDC providers, then roles, which may name them in their trust. */
export async function seedIdentity(
  made: Made,
  { oidcProviders, roles, keys }: IdentityDescription,
): Promise<void> {
  const iam = made.client(IAMClient);
  await each(oidcProviders, async (host, { audiences = ['sts.amazonaws.com'] }) => {
    const provider = new CreateOpenIDConnectProviderCommand({
      Url: `https://${host}`,
      ClientIDList: audiences,
    });
    made.keep('oidc-provider', host, (await iam.send(provider)).OpenIDConnectProviderArn);
  });
  await each(roles, async (RoleName, { trust, policies, attached = [] }) => {
    const statements =
      typeof trust === 'string' ? [{ Action: 'sts:AssumeRole', Principal: { Service: trust } }] : trust;
    const command = new CreateRoleCommand({ RoleName, AssumeRolePolicyDocument: policy(statements) });
    made.keep('role', RoleName, (await iam.send(command)).Role?.Arn);
    await each(policies, (PolicyName, inline) =>
      iam.send(new PutRolePolicyCommand({ RoleName, PolicyName, PolicyDocument: policy(inline) })),
    );
    for (const PolicyArn of attached) await iam.send(new AttachRolePolicyCommand({ RoleName, PolicyArn }));
  });
  const kms = made.client(KMSClient);
  await each(keys, async (alias, input) => {
    const { KeyMetadata } = await kms.send(new CreateKeyCommand(input));
    const TargetKeyId = made.keep('key', alias, KeyMetadata?.KeyId);
    await kms.send(new CreateAliasCommand({ AliasName: `alias/${alias}`, TargetKeyId }));
  });
}

/** Trails; their buckets are there. */
export async function seedTrails(made: Made, { trails }: IdentityDescription): Promise<void> {
  const cloudtrail = made.client(CloudTrailClient);
  await each(trails, async (Name, { bucket, multiRegion = true, logging = true }) => {
    const command = new CreateTrailCommand({ Name, S3BucketName: bucket, IsMultiRegionTrail: multiRegion });
    made.keep('trail', Name, (await cloudtrail.send(command)).TrailARN);
    if (logging) await cloudtrail.send(new StartLoggingCommand({ Name }));
  });
}
