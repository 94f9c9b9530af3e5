import type { Json } from '#model/fact.ts';
import { type Answered, flagOf, objectOf, objectsOf, textOf } from '../fields.ts';
import { type CloudflareScope, defineCloudflareCollector } from './cloudflare-collector.ts';

const BUCKETS = '/accounts/{account_id}/r2/buckets';
const BUCKET = `${BUCKETS}/{bucket_name}` as const;
const MANAGED = `${BUCKET}/domains/managed` as const;
const CUSTOM = `${BUCKET}/domains/custom` as const;
const LIFECYCLE = `${BUCKET}/lifecycle` as const;
const LOCK = `${BUCKET}/lock` as const;

const READ = 'Workers R2 Storage Read';
const permissions = { [BUCKETS]: READ, [MANAGED]: READ, [CUSTOM]: READ, [LIFECYCLE]: READ, [LOCK]: READ };
type R2 = CloudflareScope<keyof typeof permissions>;

/** “Please enable R2 through the Cloudflare Dashboard.”: without R2 there is no bucket. */
const NOT_ENABLED = 10042;
/** Buckets that are kept in the European Union are listed apart. Cloudflare R2 documentation, “Jurisdictional Restrictions”. */
const JURISDICTIONS = [undefined, 'eu'] as const;
/** Of buckets that no file names so many are looked into: two calls each. */
const MOST_UNDECLARED = 40;

/** Buckets, with how they are public, and what is deleted or kept in them. */
export const r2 = defineCloudflareCollector({
  id: 'r2',
  title: { fr: 'Buckets R2', en: 'R2 buckets' },
  kinds: ['Cloudflare::R2::Bucket'],
  permissions,
  async collect(cf) {
    const lists = await Promise.all(
      JURISDICTIONS.map(async (jurisdiction) => {
        const { output = [], refusal } = await cf.tryEvery(
          BUCKETS,
          { by: 'cursor', size: 1_000, within: 'buckets' },
          { ...(jurisdiction !== undefined && { jurisdiction }) },
          [NOT_ENABLED],
        );
        cf.looked('Cloudflare::R2::Bucket', refusal);
        return output.map((bucket) => ({ bucket, jurisdiction }));
      }),
    );
    const found = lists.flat().flatMap(({ bucket, jurisdiction }) => {
      const name = textOf(bucket.name);
      return name === undefined ? [] : [{ name, bucket, jurisdiction }];
    });
    // a server that knows no jurisdictions lists the same buckets twice
    const distinct = found.filter(({ name }, index) => index === found.findIndex((one) => one.name === name));
    let undeclared = 0;
    await Promise.all(
      distinct.map(({ name, bucket, jurisdiction }) => {
        const isDeclared = cf.isDeclared('Cloudflare::R2::Bucket', name);
        if (!isDeclared) undeclared += 1;
        return look(cf, { name, bucket, jurisdiction, isDeclared, isAsked: undeclared <= MOST_UNDECLARED });
      }),
    );
  },
});

interface Found {
  name: string;
  bucket: Answered;
  jurisdiction: string | undefined;
  isDeclared: boolean;
  isAsked: boolean;
}

async function look(cf: R2, { name, bucket, jurisdiction, isDeclared, isAsked }: Found): Promise<void> {
  const at = { at: { bucket_name: name }, ...(jurisdiction !== undefined && { jurisdiction }) };
  const none = { output: undefined, refusal: undefined };
  const [managed, custom, lifecycle, lock] = await Promise.all([
    isAsked || isDeclared ? cf.ask(MANAGED, at) : none,
    isAsked || isDeclared ? cf.tryEvery(CUSTOM, { by: 'once', within: 'domains' }, at) : none,
    isDeclared ? cf.tryEvery(LIFECYCLE, { by: 'once', within: 'rules' }, at) : none,
    isDeclared ? cf.tryEvery(LOCK, { by: 'once', within: 'rules' }, at) : none,
  ]);
  cf.see({
    kind: 'Cloudflare::R2::Bucket',
    name,
    told: BUCKETS,
    address: `/accounts/${cf.account}/r2/buckets/${name}`,
    properties: {
      location: textOf(bucket.location),
      storageClass: textOf(bucket.storage_class),
      jurisdiction: textOf(bucket.jurisdiction) ?? jurisdiction,
      createdAt: textOf(bucket.creation_date),
      publicAtR2Dev: flagOf(objectOf(managed.output).enabled),
      customDomains: custom.output?.flatMap(({ domain, enabled }) =>
        textOf(domain) !== undefined && enabled !== false ? [textOf(domain) as string] : [],
      ),
      lifecycleRules: lifecycle.output && rulesIn(lifecycle.output),
      lockRules: lock.output && rulesIn(lock.output),
    },
    refusals: [managed.refusal, custom.refusal, lifecycle.refusal, lock.refusal],
  });
}

const rulesIn = (rules: readonly Answered[]): Json[] =>
  rules.map((rule) => ({
    enabled: rule.enabled !== false,
    ...(textOf(rule.id) !== undefined && { id: textOf(rule.id) as string }),
    prefix: textOf(rule.prefix) ?? textOf(objectOf(rule.conditions).prefix) ?? '',
    does: Object.keys(rule)
      .filter((key) => key.endsWith('Transition') || key.endsWith('Transitions'))
      .filter((key) => objectsOf(rule[key]).length > 0 || Object.keys(objectOf(rule[key])).length > 0),
  }));
