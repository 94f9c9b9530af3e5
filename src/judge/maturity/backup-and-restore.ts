import { type Domain, no, partial, type Question, yes } from '#model/maturity.ts';
import { named, ofStores, placesOfStores } from './derived/backups.ts';
import {
  both,
  few,
  filesOf,
  ofRepository,
  placesOf,
  practicesOf,
  sayIt,
  scriptsNamed,
  topicsOf,
} from './derived/operations-read.ts';
import {
  automaticBackups,
  exportScheduled,
  exportScripted,
  externalCopy,
  versionedBuckets,
} from './questions/backups.ts';

const procedureWritten: Question = {
  id: 'restore-procedure-written',
  text: {
    fr: 'La procédure de restauration est-elle écrite\u00a0?',
    en: 'Is the restore procedure written down?',
  },
  weight: 3,
  severity: 'high',
  effort: 'small',
  gap: {
    id: 'restore-procedure-missing',
    title: { fr: 'Procédure de restauration non écrite', en: 'Restore procedure not written' },
    remedy: {
      fr: 'Écrire la procédure par base\u00a0: où est la sauvegarde, la commande qui la remet (`wrangler d1 time-travel restore`, `pg_restore`), comment vérifier, qui décide.',
      en: 'Write the procedure for each database: where the backup is, the command that brings it back (`wrangler d1 time-travel restore`, `pg_restore`), how to check, who decides.',
    },
  },
  answer: ofStores((stores, estate) => {
    const written = topicsOf(estate, 'restore');
    if (written.length > 0)
      return yes(
        {
          fr: `La restauration est traitée dans ${filesOf(written).fr}.`,
          en: `Restoring is treated in ${filesOf(written).en}.`,
        },
        few(written),
      );
    const scripted = [...practicesOf(estate, 'restore'), ...scriptsNamed(estate, /restor|restaur/i)];
    if (scripted.length > 0)
      return partial(
        {
          fr: `Un script restaure (${filesOf(scripted).fr}), et aucun document n’en dit l’usage.`,
          en: `A script restores (${filesOf(scripted).en}), and no document says how to use it.`,
        },
        few(scripted),
      );
    return no(
      {
        fr: `Aucun document, script ou workflow de ce dépôt ne dit comment restaurer ${named(stores).fr}.`,
        en: `No document, script or workflow of this repository says how to restore ${named(stores).en}.`,
      },
      placesOfStores(stores),
    );
  }),
};

const restoreTested: Question = {
  id: 'restore-test-recorded',
  text: {
    fr: 'Un test de restauration daté est-il consigné\u00a0?',
    en: 'Is a dated restore test on record?',
  },
  weight: 2,
  severity: 'medium',
  effort: 'medium',
  gap: {
    id: 'restore-untested',
    title: { fr: 'Aucun test de restauration consigné', en: 'No restore test on record' },
    remedy: {
      fr: 'Restaurer une sauvegarde sur une base d’essai, puis écrire la date, la durée et le résultat dans la procédure.',
      en: 'Restore a backup into a trial database, then write the day, the duration and the result in the procedure.',
    },
  },
  answer: ofStores((stores, estate) => {
    const tested = topicsOf(estate, 'restore-test');
    const written = topicsOf(estate, 'restore');
    return tested.length > 0
      ? yes(
          {
            fr: `Un test daté est écrit dans ${filesOf(tested).fr}.`,
            en: `A dated test is written in ${filesOf(tested).en}.`,
          },
          few(tested),
        )
      : no(
          both(
            {
              fr: 'Aucun document de ce dépôt ne donne la date d’un test de restauration.',
              en: 'No document of this repository gives the day of a restore test.',
            },
            sayIt('restore-test-recorded'),
          ),
          written.length > 0 ? few(written) : placesOfStores(stores),
        );
  }),
};

const retentionStated: Question = {
  id: 'backup-retention-stated',
  text: {
    fr: 'La durée de conservation des sauvegardes est-elle énoncée\u00a0?',
    en: 'Is it stated how long backups are kept?',
  },
  weight: 1,
  severity: 'low',
  effort: 'small',
  gap: {
    id: 'backup-retention-unstated',
    title: { fr: 'Durée de conservation des sauvegardes non énoncée', en: 'Backup retention not stated' },
    remedy: {
      fr: 'Écrire combien de temps chaque sauvegarde est gardée, et ce que cela permet de perdre au plus.',
      en: 'Write how long each backup is kept, and how much may be lost at most.',
    },
  },
  answer: ofStores((stores, estate) => {
    const written = topicsOf(estate, 'backup-retention');
    const set = estate.resources.filter(
      ({ kind, properties }) => kind.startsWith('AWS::') && Number(properties.backupRetentionPeriod) > 0,
    );
    const places = [
      ...written,
      ...set.flatMap((one) => placesOf(one).slice(0, 1)),
      ...practicesOf(estate, 'backup-retention'),
    ];
    if (places.length > 0)
      return yes(
        { fr: `Elle est donnée dans ${filesOf(places).fr}.`, en: `It is given in ${filesOf(places).en}.` },
        few(places),
      );
    const d1 = stores.every(({ sort }) => sort === 'D1');
    return no(
      d1
        ? {
            fr: 'Aucun document ne la donne\u00a0; Time Travel garde 30 jours avec l’offre payante de Workers, 7 avec l’offre gratuite.',
            en: 'No document gives it; Time Travel keeps 30 days on the paid plan of Workers, 7 on the free one.',
          }
        : {
            fr: 'Ni un document ni la configuration des bases ne la donne.',
            en: 'Neither a document nor the configuration of the databases gives it.',
          },
      placesOfStores(stores),
    );
  }),
};

export const backupAndRestore: Domain = {
  id: 'backup-and-restore',
  title: { fr: 'Sauvegarde et restauration', en: 'Backup and restore' },
  target: {
    fr: 'Chaque base est sauvegardée sans intervention, une copie sort du fournisseur, et la restauration est écrite, testée et datée.',
    en: 'Every database is backed up without anyone acting, a copy leaves the provider, and restoring is written down, tested and dated.',
  },
  questions: [
    automaticBackups,
    ...[exportScripted, exportScheduled, procedureWritten, restoreTested, externalCopy, retentionStated].map(
      ofRepository,
    ),
    versionedBuckets,
  ],
};
