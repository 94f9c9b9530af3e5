import type { Estate } from '#model/estate.ts';
import type { Evidence, FileEvidence } from '#model/evidence.ts';
import { type Answer, cannotTell, type Question } from '#model/maturity.ts';
import { codes, type Text } from '#model/text.ts';
import { type DataStore, dataStores } from './data-stores.ts';
import { few, practicesOf, scriptsNamed } from './operations-read.ts';

const NO_STORE: Text = {
  fr: 'Aucune base de données en service n’est déclarée ni observée\u00a0: il n’y a rien à sauvegarder que Constat connaisse.',
  en: 'No database in service is declared or observed: there is nothing to back up that Constat knows of.',
};

/** An answer that only makes sense where there is data. */
export const ofStores =
  (answer: (stores: DataStore[], estate: Estate) => Answer): Question['answer'] =>
  ({ estate }) => {
    const stores = dataStores(estate);
    return stores.length === 0 ? cannotTell(NO_STORE) : answer(stores, estate);
  };

/** The stores as a sentence names them. */
export const named = (stores: readonly DataStore[]): Text => {
  const names = codes(new Set(stores.map(({ name }) => name)));
  return stores.some(({ isBehind }) => isBehind)
    ? { fr: `la base que désigne ${names.fr}`, en: `the database that ${names.en} leads to` }
    : names;
};
export const placesOfStores = (stores: readonly DataStore[]): Evidence[] =>
  few(stores.flatMap(({ evidence }) => evidence.slice(0, 1)));

/** A tool that dumps this sort of database; one that copies whole volumes serves all of them. */
const TOOLS: readonly (readonly [sort: RegExp, sign: RegExp])[] = [
  [
    /postgres|postgis|timescale|pgvector|rds|aurora|cockroach/i,
    /pg_|postgres|wal-g|barman|pgbackrest|snapshot|backup/i,
  ],
  [/mysql|maria|percona|rds|aurora/i, /mysql|maria|xtrabackup|mydumper|snapshot|backup/i],
  [/mongo|documentdb/i, /mongo/i],
  [/d1/i, /d1/i],
];
const ANY_TOOL =
  /restic|borg|kopia|velero|duplicity|ofelia|gitlab-backup|ReplicationSource|^(?:[\d*/,-]+ ){4}|volume-backup|db-backup|start[-_]backup|aws_backup|AWS::Backup/i;

/** Whether something in the repository dumps the store, by the tool that it calls. */
export const isDumped = ({ sort }: DataStore, signs: readonly string[]): boolean =>
  signs.some((sign) => ANY_TOOL.test(sign) || TOOLS.some(([of, tool]) => of.test(sort) && tool.test(sign)));

/** Scripts that bear the name of a backup: what they call may be a program's own command, which no list knows. */
export const namedBackups = (estate: Estate): FileEvidence[] =>
  scriptsNamed(estate, /(?:^|[-_.])(?:backups?|sauvegardes?)(?:[-_.]|$)/i).filter(
    ({ file }) => !/(?:^|[/_-])tests?[/_-]/i.test(file),
  );

/** Where a backup is started by a clock: a workflow with a schedule, a job of cron, a timer, an image made for it. */
export function scheduledBackups(estate: Estate): Evidence[] {
  const { artifacts } = estate;
  const backups = practicesOf(estate, 'backup');
  const clocks = new Set(
    artifacts.workflows
      .filter(({ triggers }) => triggers.some(({ schedules }) => schedules.length > 0))
      .map(({ file }) => file),
  );
  const started = new Set(
    artifacts.scriptReferences
      .filter(({ from }) => clocks.has(from) || /(^|\/)cron|crontab|\.timer$|\.service$/i.test(from))
      .map(({ script }) => script),
  );
  const signs = new Map(artifacts.practices.map((one) => [`${one.file}:${one.line}`, one.sign]));
  return backups.filter(
    ({ file, line }) =>
      clocks.has(file) ||
      started.has(file) ||
      /(^|\/)(crontab|cron\.\w+\/)|\.timer$|cronjob|scheduled?[-_.]?backup/i.test(file) ||
      /postgres-backup|mysql-backup|db-backup|volume-backup|aws_backup_plan|AWS::Backup|ScheduledBackup|ReplicationSource|litestream|wal-g|pgbackrest|borgmatic|ofelia|^(?:[\d*/,-]+ ){4}/i.test(
        signs.get(`${file}:${line}`) ?? '',
      ),
  );
}
