import { parseImageReference, withoutDigest } from '#lib/image-reference.ts';
import type { Kind } from '#model/fact.ts';
import { readArn } from './arn-kinds.ts';
import { isExampleAccount, isPlaceholder, isToFillIn, readName } from './names.ts';

/** Something that an identifier names by itself, without any word beside it. */
export interface Identified {
  kind: Kind;
  name: string;
  nameStatus: 'literal' | 'template';
  scope?: string;
  account?: string;
  region?: string;
  properties?: Record<string, string>;
  relations?: { type: string; to: { kind: Kind; name: string } }[];
  /** The account is left to be filled in: in a block of code, a form and not a name of the estate. */
  form?: boolean;
}

/** What a line must hold for any of its words to be looked at. */
const HINT =
  /arn:aws|amazonaws\.com|s3:\/\/|cloudfront\.net|\.on\.aws|azure\.com|azurecr\.io|workers\.dev|pages\.dev|secrets\.[A-Z]|vars\.[A-Z]|\.github\/workflows\/|actions\/workflows\/|\b(?:vpc|subnet|sg|rtb|igw|nat|vpce|i|vol|fs)-[0-9a-f]{8}/;
const TOKEN = /[^\s"'`(),;|]+/g;
const LONGEST_LINE = 4_000;
const SEGMENT = /^[\w.@=+/:#-]+$/;
const EC2_ID = /(?<![\w-])(vpc|subnet|sg|rtb|igw|nat|vpce|i|vol|fs)-([0-9a-f]{17}|[0-9a-f]{8})(?![\w-])/g;
const EC2_KINDS: Record<string, Kind> = {
  vpc: 'AWS::EC2::VPC',
  subnet: 'AWS::EC2::Subnet',
  sg: 'AWS::EC2::SecurityGroup',
  rtb: 'AWS::EC2::RouteTable',
  igw: 'AWS::EC2::InternetGateway',
  nat: 'AWS::EC2::NatGateway',
  vpce: 'AWS::EC2::VPCEndpoint',
  i: 'AWS::EC2::Instance',
  vol: 'AWS::EC2::Volume',
  fs: 'AWS::EFS::FileSystem',
};
/** Ids of manuals: counted up, or one character repeated. */
const INVENTED = /^0?(?:123|abc|0123|1a2b|a1b2|deadbeef|ffff)|(.)\1{4}|^(..)\2{3}|89abcdef|567890/;
/** Things of CloudFront with ids of the same form. */
const NO_DISTRIBUTION = /origin access|\boac\b|\boai\b|policy|politique|function|key group|hosted|zone/i;
const DISTRIBUTION = /(?<![A-Z0-9])E(?=[A-Z0-9]*\d[A-Z0-9]*\d)[A-Z0-9]{11,13}(?![A-Z0-9_-])/g;
const SECRET = /(?<![\w.])(secrets|vars)\.([A-Z][A-Z0-9_]{2,100})(?!\w)/g;
const WORKFLOW = /(?:^|[^\w.-])\.github\/workflows\/([\w.@-]+\.ya?ml)(?!\w)/g;

type Rule = readonly [
  host: RegExp,
  read: (match: RegExpExecArray, path: string) => Partial<Identified> | undefined,
];
const named = (kind: Kind, name: string | undefined, region?: string, rest?: Partial<Identified>) =>
  name ? { kind, name, ...(region && { region }), ...rest } : undefined;
/** Hosts that AWS, Azure and Cloudflare give to a resource, which say its name. */
const HOSTS: readonly Rule[] = [
  [
    /^(?:dualstack\.)?(?:internal-)?([a-z0-9][a-z0-9-]*?)-(?!123456)\d{6,12}\.([a-z0-9-]+)\.elb\.amazonaws\.com$/i,
    ([, name, region]) => named('AWS::ElasticLoadBalancingV2::LoadBalancer', name, region),
  ],
  [
    /^([a-z0-9][a-z0-9-]*?)-[0-9a-f]{16}\.elb\.([a-z0-9-]+)\.amazonaws\.com$/i,
    ([, name, region]) => named('AWS::ElasticLoadBalancingV2::LoadBalancer', name, region),
  ],
  [
    /^([a-z][a-z0-9-]*)\.cluster-(?:ro-)?[a-z0-9]{6,}\.([a-z0-9-]+)\.rds\.amazonaws\.com$/i,
    ([, name, region]) => named('AWS::RDS::DBCluster', name, region),
  ],
  [
    /^([a-z][a-z0-9-]*)\.[a-z0-9]{6,}\.([a-z0-9-]+)\.rds\.amazonaws\.com$/i,
    ([, name, region]) => named('AWS::RDS::DBInstance', name, region),
  ],
  [
    /^(?:master|replica|clustercfg)\.([a-z][a-z0-9-]*)\.[a-z0-9]{6}\.([a-z0-9]+)\.cache\.amazonaws\.com$/i,
    ([, name]) => named('AWS::ElastiCache::ReplicationGroup', name),
  ],
  [
    /^([a-z][a-z0-9-]*)\.[a-z0-9]{6}\.(?:\w+\.)?\w+\.cache\.amazonaws\.com$/i,
    ([, name]) => named('AWS::ElastiCache::CacheCluster', name),
  ],
  [
    /^sqs\.([a-z0-9-]+)\.amazonaws\.com$/i,
    ([, region], path) => {
      const [, account, name] = path.split('/');
      return account && /^\d{12}$/.test(account)
        ? named('AWS::SQS::Queue', name, region, { account })
        : undefined;
    },
  ],
  [
    /^([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])\.s3(?:-website)?(?:[.-]([a-z]{2}(?:-[a-z]+)+-\d))?\.amazonaws\.com$/,
    ([, name, region]) => named('AWS::S3::Bucket', name, region),
  ],
  [/^(d[a-z0-9]{12,13})\.cloudfront\.net$/, ([host]) => named('AWS::CloudFront::Distribution', host)],
  [
    /^([a-z0-9]{10})\.execute-api\.([a-z0-9-]+)\.amazonaws\.com$/,
    // A path that begins with a stage tells a REST API from an HTTP API
    ([, id, region], path) =>
      /^\/(?:prod|dev|stage|staging|test|v\d+)(?:\/|$)/i.test(path)
        ? named('AWS::ApiGateway::RestApi', id, region)
        : undefined,
  ],
  [
    /^([a-z0-9][a-z0-9-]*)\.(?:openai|cognitiveservices)\.azure\.com$/i,
    ([, name]) => named('Azure::CognitiveServices::Account', name),
  ],
  [/^([a-z0-9]{5,50})\.azurecr\.io$/, ([, name]) => named('Azure::ContainerRegistry::Registry', name)],
  [
    // `your-subdomain.workers.dev` is nobody's: the name before it is as made up
    /^([a-z0-9][a-z0-9_-]*)\.(?!(?:your|my|our|example|xxx)(?:-|\.)|(?:sub-?domain|account(?:-name)?|user(?:name)?|example|yours?|company|domain)\.)[a-z0-9-]+\.workers\.dev$/,
    ([, name]) => named('Cloudflare::Workers::Script', name),
  ],
  [
    /^(?:[a-z0-9-]+\.)?([a-z0-9][a-z0-9-]*)\.pages\.dev$/,
    ([, name]) => named('Cloudflare::Pages::Project', name),
  ],
];

/** Where a text stands, for the identifiers that a word must confirm. */
export interface Where {
  /** Whether CloudFront or a distribution is spoken of just here. */
  aboutCloudFront: boolean;
  /** Whether a workflow file of this name is in the repository. */
  isWorkflow(file: string): boolean;
}

/** Words near which the id of a distribution is one. */
export const ABOUT_CLOUDFRONT = /cloudfront|distribution|\bcdn\b/i;

/** Whether a text holds anything that {@link identifiersIn} could find: a cheap test of a whole document. */
export const mayIdentify = (text: string): boolean => HINT.test(text) || ABOUT_CLOUDFRONT.test(text);

/** Everything that the identifiers of one line name: ARNs, hosts, URIs, ids, image references. */
export function identifiersIn(line: string, where: Where): Identified[] {
  const text = line.length > LONGEST_LINE ? line.slice(0, LONGEST_LINE) : line;
  const found: Identified[] = [];
  if (where.aboutCloudFront)
    for (const { 0: id, index } of text.matchAll(DISTRIBUTION))
      if (!/EXAMPLE|XXXX|12345/.test(id) && !NO_DISTRIBUTION.test(text.slice(Math.max(0, index - 60), index)))
        found.push({ kind: 'AWS::CloudFront::Distribution', name: id, nameStatus: 'literal' });
  if (!HINT.test(text)) return found;
  for (const [, prefix = '', hex = ''] of text.matchAll(EC2_ID)) {
    const kind = EC2_KINDS[prefix];
    if (kind && !INVENTED.test(hex)) found.push({ kind, name: `${prefix}-${hex}`, nameStatus: 'literal' });
  }
  for (const [, store, name = ''] of text.matchAll(SECRET))
    if (name !== 'GITHUB_TOKEN' && !/^(?:MY|YOUR|EXAMPLE|XXX)_/.test(name))
      found.push({
        kind: store === 'secrets' ? 'GitHub::Actions::Secret' : 'GitHub::Actions::Variable',
        name,
        nameStatus: 'literal',
      });
  for (const [, file = ''] of text.matchAll(WORKFLOW))
    if (!isPlaceholder(file))
      found.push({ kind: 'GitHub::Actions::Workflow', name: file, nameStatus: 'literal' });
  const badge = /actions\/workflows\/([\w.@-]+\.ya?ml)/.exec(text)?.[1];
  if (badge && where.isWorkflow(badge))
    found.push({ kind: 'GitHub::Actions::Workflow', name: badge, nameStatus: 'literal' });
  for (const [token] of text.matchAll(TOKEN)) found.push(...inToken(token));
  return withDomain(found);
}

/** A distribution's id and its domain on one line are one distribution. */
function withDomain(found: Identified[]): Identified[] {
  const distributions = found.filter(({ kind }) => kind === 'AWS::CloudFront::Distribution');
  const [id, ...moreIds] = distributions.filter(({ name }) => !name.includes('.'));
  const [domain, ...moreDomains] = distributions.filter(({ name }) => name.includes('.'));
  if (!id || !domain || moreIds.length > 0 || moreDomains.length > 0) return found;
  const merged = { ...id, properties: { domainName: domain.name } };
  return [...found.filter((one) => one !== id && one !== domain), merged];
}

function inToken(token: string): Identified[] {
  const arn = token.indexOf('arn:aws');
  if (arn >= 0) return settle(readArn(token.slice(arn).replace(/[.:\\]+$/, '')));
  const bucket = token.indexOf('s3://');
  if (bucket >= 0) {
    const name = token
      .slice(bucket + 5)
      .split('/')[0]
      ?.replace(/[.:\\]+$/, '');
    return name ? settle({ kind: 'AWS::S3::Bucket', name }) : [];
  }
  if (!token.includes('.')) return [];
  if (token.includes('.dkr.ecr.')) return image(token);
  const url = token.replace(/^[*_[<]*(?:[a-z][a-z+]*:\/\/)?(?:[^@/]*@)?/i, '').replace(/[*_.:\]>\\]+$/, '');
  const slash = url.search(/[/?#]/);
  const host = (slash < 0 ? url : url.slice(0, slash)).replace(/:\d+$/, '');
  if (host.length > 255) return [];
  for (const [pattern, read] of HOSTS) {
    const match = pattern.exec(host);
    if (match) return settle(read(match, slash < 0 ? '' : url.slice(slash)));
  }
  return [];
}

/** An image in ECR: its repository, and the image itself when it is not only the registry's host. */
function image(token: string): Identified[] {
  const start = token.search(/[\w${<[}\]>-]+\.dkr\.ecr\./);
  const bare = token.slice(Math.max(0, start)).replace(/[*_.\\]+$/, '');
  const text = /[[<{]/.test(bare) ? bare : bare.replace(/[\]>}]+$/, '');
  const reference = parseImageReference(withoutDigest(text));
  const slash = text.indexOf('/');
  // `…/shop/*` stands for several
  if (slash < 0 || text.endsWith('/')) return [];
  const region = /\.ecr\.([a-z]{2}(?:-[a-z]+)+-\d)\./.exec(text)?.[1];
  const written = text.slice(0, slash).split('.')[0] ?? '';
  const account = /^\d{12}$/.test(written) ? written : undefined;
  if (account ? isExampleAccount(account) : !isPlaceholder(written)) return [];
  const name = text.slice(slash + 1).split(/[:@]/)[0] ?? '';
  const repository = settle({
    kind: 'AWS::ECR::Repository',
    name,
    ...(account ? { account } : { form: true }),
    ...(region && { region }),
  });
  const [first] = repository;
  if (!first || !account || !reference?.ecr || !reference.tag) return repository;
  return [
    ...repository,
    {
      kind: 'Docker::Image',
      name: text,
      nameStatus: isPlaceholder(text) ? 'template' : 'literal',
      relations: [{ type: 'stored-in', to: { kind: first.kind, name: first.name } }],
    },
  ];
}

/** Judges the name of what was found; placeholders and stand-ins give nothing. */
function settle(found: Partial<Identified> | undefined): Identified[] {
  if (!found?.kind || !found.name) return [];
  const name = found.kind === 'AWS::ECS::TaskDefinition' ? found.name.replace(/:.*$/, '') : found.name;
  const read = found.kind === 'Docker::Image' ? undefined : readName(name, SEGMENT, { certain: true });
  if (!read || isToFillIn(read.name)) return [];
  const { scope, ...rest } = found;
  const place = scope && readName(scope, SEGMENT, { certain: true })?.status === 'literal' ? { scope } : {};
  return [{ ...rest, ...place, kind: found.kind, name: read.name, nameStatus: read.status }];
}
