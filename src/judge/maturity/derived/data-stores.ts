import type { Estate } from '#model/estate.ts';
import type { Evidence } from '#model/evidence.ts';
import type { Kind } from '#model/fact.ts';
import type { Resource } from '#model/resource.ts';
import { at } from '../../derived/place.ts';
import { isServed, placesOf, practicesOf } from './operations-read.ts';

/** Something that keeps data which nobody could make again. Caches, queues and indexes are none. */
export interface DataStore {
  name: string;
  /** What it is called in a sentence: `D1`, `RDS`, `postgres`. */
  sort: string;
  /** A database; false for a bucket of files. */
  isDatabase: boolean;
  /** Whether it is backed up by itself, as far as what was read tells. */
  automatic: 'yes' | 'no' | 'unknown';
  /** It runs in a container on a machine: nothing backs it up unless somebody does. */
  isSelfHosted?: true;
  /** Only known by what leads to it: the variable with its address, the tool that dumps it. */
  isBehind?: true;
  evidence: Evidence[];
}

/** Images of databases; one that only keeps a cache or an index is none. */
const DATABASE_IMAGE =
  /(?:^|\/)(postgres|postgresql|postgis|timescaledb|pgvector|mysql|mysql-server|mariadb|mongo|mongodb|mssql|couchdb|cassandra|cockroach|neo4j|influxdb|supabase-postgres|percona)[\w.-]{0,40}(?::|@|$)/i;

const positive = (value: unknown): 'yes' | 'no' | 'unknown' =>
  typeof value !== 'number' ? 'unknown' : value > 0 ? 'yes' : 'no';
const flag = (value: unknown): 'yes' | 'no' | 'unknown' =>
  value === true ? 'yes' : value === false ? 'no' : 'unknown';

/**
 * How each kind is backed up. D1: Time Travel is always on, for 30 days on the paid plan and 7 on the free one
 * (developers.cloudflare.com/d1/platform/limits). Aurora, DocumentDB and Neptune keep backups for at least one day and cannot
 * be told not to (Amazon Aurora User Guide, “Backups”); an RDS instance keeps none where its retention period is 0. A
 * table of DynamoDB has what point-in-time recovery gives.
 */
const KINDS: Readonly<
  Partial<Record<Kind, { sort: string; automatic: (one: Resource) => DataStore['automatic'] }>>
> = {
  'Cloudflare::D1::Database': { sort: 'D1', automatic: () => 'yes' },
  'AWS::RDS::DBInstance': {
    sort: 'RDS',
    automatic: ({ properties }) => positive(properties.backupRetentionPeriod),
  },
  'AWS::RDS::DBCluster': {
    sort: 'Aurora',
    automatic: ({ properties }) => (properties.backupRetentionPeriod === 0 ? 'no' : 'yes'),
  },
  'AWS::DocDB::DBCluster': { sort: 'DocumentDB', automatic: () => 'yes' },
  'AWS::Neptune::DBCluster': { sort: 'Neptune', automatic: () => 'yes' },
  'AWS::DynamoDB::Table': {
    sort: 'DynamoDB',
    automatic: ({ properties }) => flag(properties.pointInTimeRecovery),
  },
};

/** A table that locks a state of Terraform holds nothing to be kept. */
const LOCKS = /(?:^|[-_.])(?:locks?|tf-?lock|terraform-?locks?|tfstate)(?:[-_.]|$)|lock$/i;

/** The databases that the estate declares or runs, each once. */
export function dataStores(estate: Estate): DataStore[] {
  const found = new Map<string, DataStore>();
  const add = (store: DataStore) => {
    const key = `${store.sort} ${store.name}`;
    if (!found.has(key)) found.set(key, store);
  };
  const { resources, artifacts } = estate;
  const inClusters = new Set(
    estate.relations.filter(({ type }) => type === 'part-of').map(({ from }) => from),
  );
  for (const resource of resources) {
    const known = KINDS[resource.kind];
    const isDeclared =
      resource.observed.length > 0 || resource.declared.some(({ source }) => source !== 'docs');
    if (!known || resource.status === 'missing' || !isDeclared) continue;
    if (resource.kind === 'AWS::DynamoDB::Table' && LOCKS.test(resource.name)) continue;
    // an instance of a cluster has the cluster's backups
    const engine = String(resource.properties.engine ?? '');
    if (resource.kind === 'AWS::RDS::DBInstance' && (inClusters.has(resource.id) || /^aurora/.test(engine)))
      continue;
    add({
      name: resource.name,
      sort: known.sort,
      isDatabase: true,
      automatic: known.automatic(resource),
      evidence: placesOf(resource),
    });
  }
  for (const { file, environments } of artifacts.wranglerConfigs)
    for (const { bindings } of environments)
      for (const { type, to, name, line } of bindings)
        if (type === 'd1')
          add({
            name: to ?? name,
            sort: 'D1',
            isDatabase: true,
            automatic: 'yes',
            evidence: [at(file, line)],
          });
  for (const file of artifacts.composeFiles) {
    if (!isServed(file, estate)) continue;
    for (const { name, image } of file.services) {
      const engine = image && DATABASE_IMAGE.exec(image.reference)?.[1];
      if (engine && image)
        add({
          name,
          sort: engine.toLowerCase(),
          isDatabase: true,
          automatic: 'unknown',
          isSelfHosted: true,
          evidence: [at(file.file, image.line)],
        });
    }
  }
  const hint = found.size === 0 ? storeBehind(estate) : undefined;
  return hint ? [hint] : [...found.values()];
}

/** Names of the addresses of databases. A password or a user alone may be of anything. */
const ADDRESS =
  /^(?:DATABASE_URL|DATABASE_URI|DB_HOST|DB_URL|POSTGRES(?:QL)?_(?:URL|URI|HOST)|PG_?HOST|MYSQL_(?:URL|HOST)|MARIADB_HOST|MONGO(?:DB)?_(?:URL|URI)|SUPABASE_URL|NEON_DATABASE_URL|TURSO_DATABASE_URL|SPRING_DATASOURCE_URL)$/;

/** A clock, or what copies volumes, clusters and forges: no database stands behind it for sure. */
const SAYS_NO_DATABASE = /ofelia|^(?:[\d*/,-]+ ){4}|ReplicationSource|etcdctl|gitlab-backup|gitea dump/;

/** The database that nothing declares and that a script dumps, or whose address a variable holds. */
function storeBehind(estate: Estate): DataStore | undefined {
  const { artifacts } = estate;
  const behind = (name: string, evidence: Evidence): DataStore => ({
    name,
    sort: name,
    isDatabase: true,
    automatic: 'unknown',
    isBehind: true,
    evidence: [evidence],
  });
  const signs = new Map(artifacts.practices.map((one) => [`${one.file}:${one.line}`, one.sign]));
  for (const dump of practicesOf(estate, 'backup')) {
    const sign = signs.get(`${dump.file}:${dump.line}`);
    if (sign !== undefined && !SAYS_NO_DATABASE.test(sign)) return behind(sign, dump);
  }
  for (const { file, variables } of artifacts.environmentFiles) {
    const variable = variables.find(({ name }) => ADDRESS.test(name));
    if (variable && !/(^|[./_-])(test|ci|e2e)([./_-]|$)/i.test(file))
      return behind(variable.name, at(file, variable.line));
  }
  return undefined;
}

/** Buckets that files or an account name: what they keep is unknown, whether they keep versions is not always. */
export const buckets = ({ resources }: Estate): Resource[] =>
  resources.filter(
    ({ kind, status, declared, observed }) =>
      kind === 'AWS::S3::Bucket' &&
      status !== 'missing' &&
      (observed.length > 0 || declared.some(({ source }) => source !== 'docs')),
  );
