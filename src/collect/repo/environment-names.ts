import { AWS_REGION } from '#lib/aws-region.ts';
import type { Kind } from '#model/fact.ts';
import { type AwsName, nameOfAddress, nameOfArn } from './aws-names.ts';
import { type Provider, providerOfVariable } from './manifests/providers.ts';
import { classify } from './value-class.ts';

interface KeyName {
  key: RegExp;
  kind: Kind;
  /** The service's own rule for names. */
  value: RegExp;
  /** The key alone may speak of something else: the file must also be about AWS. */
  onlyWithAws?: true;
}

const BUCKET = /^(?!xn--)(?!.*\.\.)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;
const PLAIN = /^[A-Za-z0-9][\w.-]{2,127}$/;

/** Keys whose value is the physical name of something. */
const KEYS: readonly KeyName[] = [
  { key: /(?:^|_)(?:S3|AWS)_(?:\w+_)?BUCKET(?:_NAME)?$/, kind: 'AWS::S3::Bucket', value: BUCKET },
  { key: /^AWS_STORAGE_BUCKET_NAME$/, kind: 'AWS::S3::Bucket', value: BUCKET },
  { key: /(?:^|_)BUCKET(?:_NAME)?$/, kind: 'AWS::S3::Bucket', value: BUCKET, onlyWithAws: true },
  {
    key: /(?:^|_)SQS_(?:\w+_)?(?:QUEUE(?:_NAME)?|NAME)$/,
    kind: 'AWS::SQS::Queue',
    value: /^[\w-]{2,80}(?:\.fifo)?$/,
  },
  {
    key: /(?:^|_)(?:(?:DYNAMO(?:DB)?|DDB)_(?:\w+_)?TABLE(?:_NAME)?|DYNAMO(?:DB)?_NAME)$/,
    kind: 'AWS::DynamoDB::Table',
    value: PLAIN,
  },
  {
    key: /(?:^|_)CLOUDFRONT_(?:\w+_)?(?:DISTRIBUTION(?:_ID)?|DIST_ID|ID)$/,
    kind: 'AWS::CloudFront::Distribution',
    value: /^E[A-Z0-9]{12,13}$/,
  },
  {
    key: /(?:^|_)COGNITO_(?:\w+_)?(?:USER_?)?POOL(?:_ID)?$/,
    kind: 'AWS::Cognito::UserPool',
    value: /^[a-z]{2}(?:-[a-z]+)+-\d_[A-Za-z0-9]{9}$/,
  },
  {
    key: /(?:^|_)(?:LAMBDA|AWS_LAMBDA)_(?:\w+_)?FUNCTION(?:_NAME)?$/,
    kind: 'AWS::Lambda::Function',
    value: /^[\w-]{2,64}$/,
  },
  {
    key: /(?:^|_)ECS_(?:\w+_)?CLUSTER(?:_NAME)?$/,
    kind: 'AWS::ECS::Cluster',
    value: /^[A-Za-z][\w-]{1,254}$/,
  },
  {
    key: /(?:^|_)ECR_(?:\w+_)?REPO(?:SITORY)?(?:_NAME)?$/,
    kind: 'AWS::ECR::Repository',
    value: /^[a-z0-9]+(?:[._/-][a-z0-9]+)*$/,
  },
  {
    key: /(?:^|_)(?:CLOUDWATCH|AWS)_(?:\w+_)?LOG_GROUP(?:_NAME)?$/,
    kind: 'AWS::Logs::LogGroup',
    value: /^[\w./#-]{3,512}$/,
  },
  { key: /(?:^|_)KINESIS_(?:\w+_)?STREAM(?:_NAME)?$/, kind: 'AWS::Kinesis::Stream', value: PLAIN },
  {
    key: /(?:^|_)(?:AWS|SECRETS_?MANAGER)_(?:\w+_)?SECRET_(?:NAME|ID)$/,
    kind: 'AWS::SecretsManager::Secret',
    value: /^(?![A-Z_]+$)[\w/+=.@-]{3,512}$/,
  },
];
/** Storage of others that speaks S3 or has buckets of its own. */
const ELSEWHERE =
  /(?:^|_)(?:GCS|GCP|GOOGLE|FIREBASE|R2|MINIO|B2|BACKBLAZE|SPACES|WASABI|SUPABASE|OSS|COS|SCW|SCALEWAY|OVH|INFLUX(?:DB)?|COUCHBASE)(?:_|$)/;
const ENDPOINT =
  /(?:^|_)(?:S3|AWS|SQS|DYNAMO(?:DB)?|STORAGE)_(?:\w+_)?(?:ENDPOINT|ENDPOINT_URL|URL_ENDPOINT)$|^AWS_ENDPOINT_URL/;
const NOT_A_NAME =
  /^(?:true|false|none|null|local|localhost|test|dev|example|changeme|bucket|default|disabled|enabled)$|^(?:your|my|some|example|changeme)[-_.]|[-_](?:here|xxx)$|x{4,}|^x+$/i;

/** A variable and its value, wherever they stand. */
export interface Variable {
  name: string;
  value: string;
}

export interface NamedByKey<V extends Variable> {
  key: AwsName;
  /** The variable that names it. */
  by: V;
  /** `static`: the value says by itself what it is (an ARN, an endpoint); `key-name`: only its key does. */
  certainty: 'static' | 'key-name';
}

/**
 * The resources of AWS that the variables of one file or service name. Where an endpoint is elsewhere (MinIO,
 * LocalStack) none is named by its key. Addresses may stand in values that hold a password: only the host is looked at.
 */
export function namesIn<V extends Variable>(variables: readonly V[]): NamedByKey<V>[] {
  const region = variables.find(
    ({ name, value }) => /^AWS_(?:DEFAULT_)?REGION$/.test(name) && AWS_REGION.test(value),
  )?.value;
  const isAws = region !== undefined || variables.some(({ name }) => name.startsWith('AWS_'));
  const isElsewhere = variables.some(
    ({ name, value }) => ENDPOINT.test(name) && value !== '' && !value.includes('amazonaws.com'),
  );
  return variables.flatMap((by): NamedByKey<V>[] => {
    const said = nameOfArn(by.value) ?? nameOfAddress(by.value);
    if (said) return [{ key: said, by, certainty: 'static' }];
    const kind = isElsewhere ? undefined : kindByKey(by, isAws);
    if (!kind) return [];
    const where = region !== undefined && kind !== 'AWS::CloudFront::Distribution' && { region };
    return [{ key: { kind, name: by.value, ...where }, by, certainty: 'key-name' }];
  });
}

function kindByKey({ name, value }: Variable, isAws: boolean): Kind | undefined {
  const upper = name.toUpperCase();
  if (ELSEWHERE.test(upper) || NOT_A_NAME.test(value)) return undefined;
  const match = KEYS.find((known) => known.key.test(upper) && (isAws || !known.onlyWithAws));
  return match?.value.test(value) && classify(name, value).class === 'plain' ? match.kind : undefined;
}

export interface NamedProvider<V> {
  provider: Provider;
  by: V;
}

/** The external providers whose credentials the variables hold by their names, each once. */
export function providersIn<V extends { name: string }>(variables: readonly V[]): NamedProvider<V>[] {
  const found = new Map<string, NamedProvider<V>>();
  for (const by of variables) {
    const provider = providerOfVariable(by.name);
    if (provider && !found.has(provider.name)) found.set(provider.name, { provider, by });
  }
  return [...found.values()];
}
