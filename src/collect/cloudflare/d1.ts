import type { Kind } from '#model/fact.ts';
import { type Answered, numberOf, objectOf, textOf } from '../fields.ts';
import { defineCloudflareCollector } from './cloudflare-collector.ts';

const DATABASES = '/accounts/{account_id}/d1/database';
const DATABASE = `${DATABASES}/{database_id}` as const;
const KIND: Kind = 'Cloudflare::D1::Database';
/** The database is not there: it was deleted after the list was read. */
const GONE = 7404;
/** Databases that no file names are looked into up to so many: a call each, for their size and where they are. */
const MOST_UNDECLARED = 20;

/** Cloudflare API, “D1: List D1 Databases”: 10,000 a page at most; sizes and replicas are told of one at a time. */
export const d1 = defineCloudflareCollector({
  id: 'd1',
  title: { fr: 'Bases D1', en: 'D1 databases' },
  kinds: [KIND],
  permissions: { [DATABASES]: 'D1 Read', [DATABASE]: 'D1 Read' },
  async collect(cf) {
    await cf.list([KIND], async () => {
      const found = (await cf.every(DATABASES, { by: 'page', size: 10_000 })).flatMap((database) => {
        const [name, id] = [textOf(database.name), textOf(database.uuid)];
        return name === undefined || id === undefined ? [] : [{ name, id, database }];
      });
      const isFew = found.length <= MOST_UNDECLARED;
      await Promise.all(
        found.map(async ({ name, id, database }) => {
          const isAsked = isFew || cf.isDeclared(KIND, name);
          const detail = isAsked ? await cf.ask(DATABASE, { at: { database_id: id } }, [GONE]) : undefined;
          cf.see({
            kind: KIND,
            name,
            told: DATABASES,
            address: `/accounts/${cf.account}/d1/database/${id}`,
            otherNames: [id],
            properties: { id, ...propertiesOf({ ...database, ...objectOf(detail?.output) }) },
            refusals: [detail?.refusal],
          });
        }),
      );
    });
  },
});

const propertiesOf = (database: Answered) => ({
  version: textOf(database.version),
  tables: numberOf(database.num_tables),
  sizeBytes: numberOf(database.file_size),
  readReplication: textOf(objectOf(database.read_replication).mode),
  region: textOf(database.running_in_region),
  jurisdiction: textOf(database.jurisdiction),
  createdAt: textOf(database.created_at),
});
