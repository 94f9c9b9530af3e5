import type { NameStatus } from '#model/fact.ts';

/** A name as a document gives it. */
export interface ReadName {
  name: string;
  status: Extract<NameStatus, 'literal' | 'template'>;
}

const LONGEST = 300;
const PLACEHOLDER =
  /\$\{\{[^{}]{0,80}\}\}|\$\{[^{}]{0,80}\}|\{\{[^{}]{0,80}\}\}|\{[^{}]{0,60}\}|<[^<>]{0,60}>|\[[^[\]]{0,60}\]|⟨[^⟨⟩]{0,80}⟩|%[A-Z_]{2,40}%|__[A-Z][A-Z_]{1,40}__|\$[A-Za-z_]\w{0,60}|\.\.\.|…|\*|\bX{2,}\b|\bx{3,}\b/g;
const STAND_IN =
  /^(?:my|your|mon|ma|mes|votre|vos|ton|ta|some|the|le|la|un|une|example|exemple|sample|foo|bar|baz|dummy|placeholder|changeme|change|replace|nom|name)(?:$|[-_./:])|^test-?(?:bucket|cluster|service|queue|table)$|(?:^|[-_./])(?:example|exemple|placeholder|changeme|xxx+|foo|foobar|your|todo|tbd)(?:$|[-_./])/i;
const STAND_IN_CAMEL = /^(?:[Mm]y|[Yy]our|[Ee]xample|[Ss]ample)(?=[A-Z])/;
/** Words that only say what a thing is: a name made of nothing else is a stand-in (`cluster-name`). */
const GENERIC = new Set(
  `aws ecs ecr ec2 rds sqs sns s3 iam alb nlb acm app cluster clusters service services bucket buckets queue queues topic topics table
tables role roles secret secrets function functions lambda repository repositories repo repos image images container containers task
definition taskdef family name names id arn uri url group groups target targets log logs stack stacks database db user policy resource
distribution worker workers parameter key value region account load balancer listener alarm rule zone domain record workflow
nom identifiant depot depots tache famille groupe cible role file`
    .split(/\s+/)
    .filter(Boolean),
);
const COMMON = new Set(
  `true false null none nil undefined yes no oui non n/a na latest main master head default active inactive running pending stopped
healthy unhealthy draining primary enabled disabled enable disable http https tcp udp tls ssl get post put patch delete list create update
describe deploy start stop restart status ok error warning info debug available public private internal external string number boolean
object array json yaml yml text table output input json-file ip instance fargate ec2 prod-like production-ready read-only`.split(
    /\s+/,
  ),
);
const FILE =
  /\.(?:md|mdx|json|jsonc|ya?ml|toml|tf|tfvars|hcl|sh|bash|py|js|mjs|cjs|ts|tsx|jsx|go|rs|java|rb|php|cs|sql|html?|css|txt|env|conf|cfg|ini|xml|lock|log|png|jpe?g|svg|gif|pdf|csv|zip|gz|tar|tgz|pem|key|crt|dockerfile|example|bak|ipynb)$/i;

/** Names of regions stand beside every kind of resource. */
const REGION = /^[a-z]{2}(?:-[a-z]+){1,2}-\d[a-f]?$/;

const isStandIn = (text: string) => STAND_IN.test(text) || STAND_IN_CAMEL.test(text);

/** Whether a text holds a placeholder (`${X}`, `<name>`, `[ID]`, `...`) or is a stand-in (`my-cluster`). */
export function isPlaceholder(text: string): boolean {
  PLACEHOLDER.lastIndex = 0;
  return PLACEHOLDER.test(text) || isStandIn(text);
}

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
  isPlaceholder(reference) || /:(?:(?:sha-|git-)?[0-9a-f]{7,40}|abc\d\w*)$/.test(reference);

const isWordOfItsOwn = (name: string) => COMMON.has(name.toLowerCase()) || REGION.test(name);
const isGeneric = (name: string) =>
  name !== name.toUpperCase() &&
  name
    .toLowerCase()
    .split(/[-_./\s]+/)
    .filter(Boolean)
    .every((word) => GENERIC.has(word));

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
  if (own === name)
    return rule.test(name) && (!FILE.test(name) || rule.source.includes('ya?ml'))
      ? { name, status: 'literal' }
      : undefined;
  if (own.replace(/[^A-Za-z0-9]/g, '').length < 3 || name.includes('*') || /\.\.\.|…/.test(name))
    return undefined;
  if (isGeneric(own)) return undefined;
  return rule.test(name.replace(PLACEHOLDER, 'x')) ? { name, status: 'template' } : undefined;
}
