import { shellQuote } from '#lib/shell-quote.ts';
import type { Estate } from '#model/estate.ts';
import { isFileEvidence } from '#model/evidence.ts';
import type { Kind } from '#model/fact.ts';
import type { Finding } from '#model/finding.ts';
import type { Resource } from '#model/resource.ts';
import { code } from '#model/text.ts';
import { say } from '../draft.ts';
import { inLanguage, pageText, type Section } from './page.ts';
import { definePatch, folderFor, freeName, newFile, type PatchInput } from './patch.ts';

type Tell = (fr: string, en: string) => string;
type Store = (resource: Resource, word: string, t: Tell) => Omit<Section, 'title'>;

const region = ({ region: own }: Resource): string =>
  own === undefined ? '' : ` --region ${shellQuote(own)}`;

/** How each sort of store is brought back; the commands are those of its provider's documentation. */
const STORES: Partial<Record<Kind, Store>> = {
  // Cloudflare D1 documentation, “Time Travel and backups”
  'Cloudflare::D1::Database': (_resource, word, t) => ({
    text: t(
      'Time Travel garde chaque minute des 7 derniers jours (30 sur une offre payante). La restauration remplace le contenu en place\u00a0: noter d’abord le signet de l’instant présent, qui permet d’y revenir.',
      'Time Travel keeps each minute of the last 7 days (30 on a paid plan). A restore replaces the content in place: note first the bookmark of the present moment, which leads back to it.',
    ),
    commands: [
      `npx wrangler d1 time-travel info ${word}`,
      `npx wrangler d1 export ${word} --remote --output before-restore.sql`,
      `npx wrangler d1 time-travel restore ${word} --timestamp "$WHEN"`,
      `npx wrangler d1 execute ${word} --remote --command "SELECT count(*) FROM sqlite_master"`,
    ],
  }),
  // Amazon RDS User Guide, “Restoring a DB instance to a specified time”
  'AWS::RDS::DBInstance': (resource, word, t) => ({
    text: t(
      'La restauration crée une nouvelle instance\u00a0: l’application y est menée une fois le contenu vérifié.',
      'A restore makes a new instance: the application is led to it once its content is checked.',
    ),
    commands: [
      `aws rds describe-db-instances${region(resource)} --db-instance-identifier ${word} --query 'DBInstances[0].[LatestRestorableTime,BackupRetentionPeriod]'`,
      `aws rds restore-db-instance-to-point-in-time${region(resource)} --source-db-instance-identifier ${word} --target-db-instance-identifier ${word}-restored --restore-time "$WHEN"`,
      `aws rds wait db-instance-available${region(resource)} --db-instance-identifier ${word}-restored`,
    ],
  }),
  // Amazon DynamoDB Developer Guide, “Restoring a table to a point in time”
  'AWS::DynamoDB::Table': (resource, word, t) => ({
    text: t(
      'La restauration à un instant crée une nouvelle table, et demande que la sauvegarde continue soit active.',
      'A restore to a point in time makes a new table, and needs continuous backups to be on.',
    ),
    commands: [
      `aws dynamodb describe-continuous-backups${region(resource)} --table-name ${word}`,
      `aws dynamodb restore-table-to-point-in-time${region(resource)} --source-table-name ${word} --target-table-name ${word}-restored --restore-date-time "$WHEN"`,
      `aws dynamodb wait table-exists${region(resource)} --table-name ${word}-restored`,
    ],
  }),
};

/** A database in a container. PostgreSQL documentation, “pg_dump”; MySQL, “mysqldump”. */
function composeSections({ artifacts }: Estate, served: ReadonlySet<string>, t: Tell): Section[] {
  return artifacts.composeFiles
    .filter(({ file, retired }) => !retired && served.has(file))
    .flatMap(({ file, services }) =>
      services.flatMap(({ name, image }): Section[] => {
        const reference = image?.reference ?? '';
        const own = `docker compose --file ${shellQuote(file)} exec --no-tty ${shellQuote(name)}`;
        const text = t(
          'La copie est prise pendant que la base tourne, et reprise dans une base vide.',
          'The copy is taken while the database runs, and restored into an empty one.',
        );
        if (/postgres|postgis|timescale|pgvector/.test(reference))
          return [
            {
              title: `${name} (${file})`,
              text,
              commands: [
                `${own} sh -c 'pg_dump --username "$POSTGRES_USER" --format custom "$POSTGRES_DB"' > ${shellQuote(`${name}.dump`)}`,
                `${own} sh -c 'pg_restore --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" --clean --if-exists' < ${shellQuote(`${name}.dump`)}`,
              ],
            },
          ];
        if (/mysql|maria|percona/.test(reference))
          return [
            {
              title: `${name} (${file})`,
              text,
              commands: [
                `${own} sh -c 'mysqldump --user root --password="$MYSQL_ROOT_PASSWORD" --single-transaction --all-databases' > ${shellQuote(`${name}.sql`)}`,
                `${own} sh -c 'mysql --user root --password="$MYSQL_ROOT_PASSWORD"' < ${shellQuote(`${name}.sql`)}`,
              ],
            },
          ];
        return [];
      }),
    );
}

/** The stores that are declared; of those in containers the ones in files that the findings name, others are of a workstation. */
function sectionsOf(findings: readonly Finding[], { estate }: PatchInput, t: Tell): Section[] {
  const served = new Set(
    findings.flatMap(({ evidence }) => evidence.filter(isFileEvidence).map(({ file }) => file)),
  );
  const stores = estate.resources.flatMap((resource): Section[] => {
    const store = STORES[resource.kind];
    const isNamed = /^[\w.-]+$/.test(resource.name) && resource.status !== 'missing';
    return store && isNamed
      ? [{ title: resource.name, ...store(resource, shellQuote(resource.name), t) }]
      : [];
  });
  return [...stores, ...composeSections(estate, served, t)];
}

/** A page that says how each store that is declared is brought back, with the commands. */
export const restoreProcedureMissing = definePatch({
  for: ['restore-procedure-missing'],
  draft: (findings, input) => {
    const t = inLanguage(input.language);
    const sections = sectionsOf(findings, input, t);
    const folder = folderFor(input.estate, 'docs/runbooks', 'docs/operations', 'docs', 'doc', 'docs');
    const file = freeName(input.estate, `${folder}/restore.md`, `${folder}/database-restore.md`);
    if (sections.length === 0 || file === undefined) return [];
    const text = pageText({
      title: t('Restaurer les données', 'Restore data'),
      lead: t(
        'Comment remettre chaque base dans l’état d’un instant passé. `WHEN` est cet instant, en UTC\u00a0: `export WHEN=2026-01-31T09:00:00Z`. À essayer sur une copie au moins une fois par trimestre, et à dater au bas de cette page.',
        'How each store is brought back to the state of a past moment. `WHEN` is that moment, in UTC: `export WHEN=2026-01-31T09:00:00Z`. To be tried on a copy at least once a quarter, and dated at the end of this page.',
      ),
      sections: [
        ...sections,
        {
          title: t('Après la restauration', 'After the restore'),
          text: t(
            '1. Vérifier les dernières écritures attendues et le nombre de lignes des tables principales.\n2. Faire passer les contrôles de bon fonctionnement de l’application.\n3. Écrire ce qui a été perdu entre l’instant restauré et l’incident, et prévenir.',
            '1. Check the last writes that are expected and the number of rows of the main tables.\n2. Run the smoke tests of the application.\n3. Write down what was lost between the restored moment and the incident, and tell people.',
          ),
        },
        {
          title: t('Essais de restauration', 'Restore drills'),
          text: t(
            '| Date | Base | Durée | Par |\n| --- | --- | --- | --- |',
            '| Date | Store | Time taken | By |\n| --- | --- | --- | --- |',
          ),
        },
      ],
    });
    return [
      {
        id: 'restore-runbook',
        title: say(
          `Écrire la procédure de restauration (${code(file)})`,
          `Write the restore procedure (${code(file)})`,
        ),
        note: say(
          'La page donne les commandes de chaque base déclarée\u00a0; un essai sur une copie la rend sûre.',
          'The page gives the commands of each store that is declared; a drill on a copy makes it certain.',
        ),
        findings,
        edits: [newFile(file, text)],
      },
    ];
  },
});
