import type { NameStatus } from '#model/fact.ts';
import { wordsOf } from './words.ts';

/** A name as a document gives it. */
export interface ReadName {
  name: string;
  status: Extract<NameStatus, 'literal' | 'template'>;
}

const LONGEST = 300;
const PLACEHOLDER =
  /\$\{\{[^{}]{0,80}\}\}|\$\{[^{}]{0,80}\}|\{\{[^{}]{0,80}\}\}|\{[^{}]{0,60}\}|<[^<>]{0,60}>|\[[^[\]]{0,60}\]|⟨[^⟨⟩]{0,80}⟩|%[A-Z_]{2,40}%|__[A-Z][A-Z_]{1,40}__|\$[A-Za-z_]\w{0,60}|\.\.\.|…|\*|\bX{2,}\b|\bx{3,}\b/g;
const STAND_IN =
  /^(?:my|your|mon|ma|mes|votre|vos|ton|ta|some|the|le|la|un|une|example|exemple|sample|foo|bar|baz|dummy|placeholder|changeme|change|replace|nom|name)(?:$|[-_./:])|^test-?(?:bucket|cluster|service|queue|table)$|(?:^|[-_./])(?:example|exemple|placeholder|changeme|xxx+|foo|foobar|your|todo|tbd|(?:your|my|votre|mon)-?(?:domain|domaine|company|org|site|app))(?:$|[-_./])/i;
const STAND_IN_CAMEL = /^(?:[Mm]y|[Yy]our|[Ee]xample|[Ss]ample)(?=[A-Z])/;
/** Words that only say what a thing is: a name made of nothing else is a stand-in (`cluster-name`). */
const GENERIC = new Set(
  `aws ecs ecr ec2 rds sqs sns s3 iam alb nlb acm app cluster clusters service services bucket buckets queue queues topic topics table
tables role roles secret secrets function functions lambda repository repositories repo repos image images container containers task
definition taskdef family name names id arn uri url group groups target targets log logs stack stacks database db user policy resource
distribution worker workers parameter key value region account load balancer listener alarm rule zone domain record workflow
nom identifiant depot depots tache famille groupe cible role file backup backups existing cloudtrail cloudwatch cognito apigateway dynamodb
cloudfront elasticache kms pool trail instance dead letter`
    .split(/\s+/)
    .filter(Boolean),
);
const COMMON = new Set(
  `true false null none nil undefined yes no oui non n/a na latest main master head default active inactive running pending stopped
healthy unhealthy draining primary enabled disabled enable disable http https tcp udp tls ssl get post put patch delete list create update
describe deploy start stop restart status ok error warning info debug available public private internal external string number boolean
object array json yaml yml text table output input json-file on-demand pay-per-request single-table key-value multi-az single-az ip instance fargate ec2 prod-like production-ready read-only`.split(
    /\s+/,
  ),
);
const FILE =
  /\.(?:md|mdx|json|jsonc|ya?ml|toml|tf|tfvars|hcl|sh|bash|ps1|bat|cmd|py|js|mjs|cjs|ts|tsx|jsx|go|rs|java|rb|php|cs|sql|html?|css|txt|env|conf|cfg|ini|xml|lock|log|png|jpe?g|svg|gif|pdf|csv|zip|gz|tar|tgz|pem|key|crt|dockerfile|example|bak|ipynb)$/i;

/** `new-assets-bucket`, `assets-bucket-name`: a name that its reader is to choose or to put in. */
const TO_CHOOSE =
  /^(?:existing|new(?!-relic)|old)-(?:[\w.]+-)*(?:bucket|cluster|service|table|queue|topic|function|role|stack|repo|repository|secret|database|db|instance)s?(?:-name)?$|-(?:bucket|cluster|service|table|queue|topic|function|role|stack|repo|repository|secret|database|db|instance)-name$|-account-?id$/i;
/** `rt-SERVICE`: a word in capitals among others is to be filled in. */
const CAPITALS =
  /-(?:SERVICE|NAME|ENV|ENVIRONMENT|STAGE|REGION|ACCOUNT|BUCKET|CLUSTER|APP|PROJECT|VERSION)(?:_NAME|_ID)?(?:$|[-/])/;
/** `0.6s`, `512mb`, `99.9%`: how long or how much. */
const MEASURE = /^[~≈<>]?\d[\d.,]*(?:[a-z]{1,3}|%|€|\$)?$/i;
/** Names of regions stand beside every kind of resource. */
const REGION = /^[a-z]{2}(?:-[a-z]+){1,2}-\d[a-f]?$/;

const isStandIn = (text: string) =>
  STAND_IN.test(text) ||
  STAND_IN_CAMEL.test(text) ||
  (text.length <= 100 &&
    (REPEATED.test(text) || TO_CHOOSE.test(text) || (CAPITALS.test(text) && /[a-z]/.test(text))));

/** `sg-yyyyyyyy`. */
const REPEATED = /([a-z])\1{5}/i;

/** Whether a text holds a placeholder (`${X}`, `<name>`, `[ID]`, `...`) or is a stand-in (`my-cluster`). */
export function isPlaceholder(text: string): boolean {
  PLACEHOLDER.lastIndex = 0;
  return PLACEHOLDER.test(text) || isStandIn(text);
}

/** The placeholders of a text that may stand for something, in its order. */
export const placeholdersIn = (text: string): string[] =>
  text.match(PLACEHOLDER)?.filter((found) => /^[$<{[⟨%_]/.test(found)) ?? [];

/** Whether a text is the name of a file. */
export const isFileName = (text: string): boolean => FILE.test(text);

/** Accounts that manuals use in examples. */
export const isExampleAccount = (account: string): boolean =>
  /^(\d)\1{11}$|^(?:123456789012|000000000000|012345678901|012345678910|123412341234|111122223333|444455556666|777788889999|123456789123|210987654321|098765432109|987654321098)$/.test(
    account,
  );

/** Whether a name of AWS is one that its reader fills in: `DISTRIBUTION_ID`. */
export const isToFillIn = (name: string): boolean => /^[A-Z]+(?:_[A-Z0-9]+)+$/.test(name);

/** Whether an image is that of one commit, or leaves its tag open. */
export const isPassingImage = (reference: string): boolean =>
  isPlaceholder(reference) ||
  /:(?:[a-z]{1,12}-){0,2}(?:[0-9a-f]{7,64}|abc\d\w*|(?:old|new|prev)?sha\d\w*)$/.test(reference);

const isWordOfItsOwn = (name: string) =>
  COMMON.has(name.toLowerCase()) || REGION.test(name) || MEASURE.test(name);
const isGeneric = (name: string) =>
  name !== name.toUpperCase() &&
  name
    .toLowerCase()
    .split(/[-_./\s]+/)
    .filter(Boolean)
    .every((word) => GENERIC.has(word));

/** Words of a placeholder that leave open which thing is meant. */
const OPEN = new Set(
  'component composant purpose feature layer module suffix resource type container slug'.split(' '),
);

/**
 * `<cluster>-restore`, `shop-{service}-{env}`: how names are made, not the name of one thing. An account or a region
 * only tells where: `<account>-logs` is one name.
 */
function isPattern(name: string): boolean {
  return placeholdersIn(name).some((placeholder) => {
    const words = wordsOf(placeholder);
    return (
      words.length > 0 &&
      words.every((word) => (GENERIC.has(word) || OPEN.has(word)) && word !== 'account' && word !== 'region')
    );
  });
}

/**
 * A name that can be one by the provider's rule, or nothing: placeholders, stand-ins of manuals, common words, names
 * made of generic words and file names (unless the rule asks for one) are no names. A name that keeps a placeholder
 * beside at least three letters of its own is a `template`. `certain`: the place says that it is a name (an ARN, an
 * option of a command), so a common word (`main`) is one too.
 */
export function readName(written: string, rule: RegExp, { certain = false } = {}): ReadName | undefined {
  const name = written.trim().replace(/^["']+|["',;:]+$/g, '');
  if (name === '' || name.length > LONGEST || /\s/.test(name)) return undefined;
  if (isStandIn(name) || isGeneric(name) || (!certain && isWordOfItsOwn(name))) return undefined;
  const own = name.replace(PLACEHOLDER, '');
  if (own === name && !/[{}<>[\]⟨⟩]/.test(name))
    return rule.test(name) && (!FILE.test(name) || rule.source.includes('ya?ml'))
      ? { name, status: 'literal' }
      : undefined;
  if (own.replace(/[^A-Za-z0-9]/g, '').length < 3 || name.includes('*') || /\.\.\.|…/.test(name))
    return undefined;
  if (/[{}<>[\]⟨⟩]/.test(own) || isGeneric(own) || isPattern(name)) return undefined;
  return rule.test(name.replace(PLACEHOLDER, 'x')) ? { name, status: 'template' } : undefined;
}
