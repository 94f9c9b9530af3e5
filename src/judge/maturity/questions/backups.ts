import { cannotTell, no, partial, type Question, yes } from '#model/maturity.ts';
import { codes, type Text } from '#model/text.ts';
import {
  isDumped,
  named,
  namedBackups,
  ofStores,
  placesOfStores,
  scheduledBackups,
} from '../derived/backups.ts';
import { buckets, type DataStore } from '../derived/data-stores.ts';
import {
  both,
  few,
  filesOf,
  isPipeline,
  placesOf,
  practicesOf,
  sayIt,
  signsOf,
  topicsOf,
} from '../derived/operations-read.ts';

export const automaticBackups: Question = {
  id: 'backups-automatic',
  text: {
    fr: 'Les bases de données sont-elles sauvegardées sans intervention\u00a0?',
    en: 'Are databases backed up without anyone acting?',
  },
  weight: 3,
  severity: 'high',
  effort: 'medium',
  gap: {
    id: 'automatic-backup-missing',
    title: { fr: 'Base de données sans sauvegarde automatique', en: 'Database without automatic backups' },
    remedy: {
      fr: 'Activer la sauvegarde du fournisseur (période de rétention de RDS, restauration à un instant de DynamoDB), ou planifier un export pour ce qui tourne dans un conteneur.',
      en: 'Turn on the provider’s backups (RDS retention period, DynamoDB point-in-time recovery), or schedule an export for what runs in a container.',
    },
  },
  answer: ofStores((stores, estate) => {
    const signs = signsOf(estate, 'backup');
    const scripted = practicesOf(estate, 'backup');
    const isScheduled = scheduledBackups(estate).length > 0;
    const byName = namedBackups(estate);
    const told = topicsOf(estate, 'backup');
    const state = (store: DataStore) =>
      store.automatic !== 'unknown'
        ? store.automatic
        : store.isSelfHosted
          ? isDumped(store, signs)
            ? isScheduled
              ? 'yes'
              : 'unknown'
            : byName.length > 0
              ? 'unknown'
              : 'no'
          : 'unknown';
    const of = (wanted: string) => stores.filter((store) => state(store) === wanted);
    const [sound, bare, open] = [of('yes'), of('no'), of('unknown')];
    const d1 = sound.some(({ sort }) => sort === 'D1')
      ? {
          fr: ' (D1\u00a0: Time Travel, toujours actif, 30 jours avec l’offre payante de Workers, 7 avec l’offre gratuite)',
          en: ' (D1: Time Travel, always on, 30 days on the paid plan of Workers, 7 on the free one)',
        }
      : { fr: '', en: '' };
    const good: Text = {
      fr: `Sauvegarde automatique\u00a0: ${named(sound).fr}${d1.fr}.`,
      en: `Backed up automatically: ${named(sound).en}${d1.en}.`,
    };
    const bad: Text = {
      fr: `Rien de ce qui a été lu ne sauvegarde ${named(bare).fr}.`,
      en: `Nothing that was read backs up ${named(bare).en}.`,
    };
    const unsure: Text = {
      fr: `Pour ${named(open).fr}, ce qui a été lu ne le dit pas.`,
      en: `For ${named(open).en}, what was read does not tell.`,
    };
    // what people are told to do is not done by itself, and is not nothing
    if (bare.length > 0 && sound.length === 0 && told.length > 0)
      return partial(
        {
          fr: `Un document traite des sauvegardes (${filesOf(told).fr})\u00a0; rien de ce qui a été lu ne sauvegarde ${named(bare).fr} sans intervention.`,
          en: `A document treats backups (${filesOf(told).en}); nothing that was read backs up ${named(bare).en} without anyone acting.`,
        },
        [...few(told), ...placesOfStores(bare)].slice(0, 6),
      );
    if (bare.length > 0)
      return sound.length > 0
        ? partial(both(good, bad), placesOfStores([...bare, ...sound]))
        : no(bad, placesOfStores(bare));
    if (open.length === 0) return yes(good, [...placesOfStores(sound), ...few(scripted)].slice(0, 6));
    return cannotTell(both(sound.length > 0 ? both(good, unsure) : unsure, sayIt('backups-automatic')));
  }),
};

export const exportScripted: Question = {
  id: 'export-scripted',
  text: { fr: 'Un export des données est-il scripté\u00a0?', en: 'Is an export of the data scripted?' },
  weight: 2,
  severity: 'low',
  effort: 'small',
  gap: {
    id: 'database-export-missing',
    title: { fr: 'Aucun export des données n’est scripté', en: 'No export of the data is scripted' },
    remedy: {
      fr: 'Écrire un script d’export (`wrangler d1 export`, `pg_dump`, `mysqldump`) qui nomme l’environnement et le fichier produit.',
      en: 'Write an export script (`wrangler d1 export`, `pg_dump`, `mysqldump`) that names the environment and the file it makes.',
    },
  },
  answer: ofStores((stores, estate) => {
    const scripted = practicesOf(estate, 'backup');
    if (scripted.length > 0) {
      const signs = codes(signsOf(estate, 'backup'), 3);
      return yes(
        {
          fr: `${signs.fr} dans ${filesOf(scripted).fr}.`,
          en: `${signs.en} in ${filesOf(scripted).en}.`,
        },
        few(scripted),
      );
    }
    const byName = namedBackups(estate);
    if (byName.length > 0)
      return yes(
        {
          fr: `${filesOf(byName).fr} porte le nom d’une sauvegarde\u00a0; l’outil appelé n’a pas été reconnu.`,
          en: `${filesOf(byName).en} bears the name of a backup; the tool that it calls was not recognised.`,
        },
        few(byName),
      );
    const written = topicsOf(estate, 'backup');
    if (written.length > 0)
      return partial(
        {
          fr: `Un document traite des sauvegardes (${filesOf(written).fr}), et aucun script ni workflow lu n’appelle un outil d’export.`,
          en: `A document treats backups (${filesOf(written).en}), and no script or workflow that was read calls an export tool.`,
        },
        few(written),
      );
    return no(
      {
        fr: `Aucun script, workflow ou document de ce dépôt n’exporte ${named(stores).fr}.`,
        en: `No script, workflow or document of this repository exports ${named(stores).en}.`,
      },
      placesOfStores(stores),
    );
  }),
};

export const exportScheduled: Question = {
  id: 'export-scheduled',
  text: {
    fr: 'Les exports sont-ils lancés par une horloge\u00a0?',
    en: 'Are the exports started by a clock?',
  },
  weight: 1,
  severity: 'medium',
  effort: 'small',
  gap: {
    id: 'backup-unscheduled',
    title: {
      fr: 'Export que personne ne lance à heure fixe',
      en: 'Export that nothing starts at fixed hours',
    },
    remedy: {
      fr: 'Lancer l’export par une tâche planifiée (`schedule:` d’un workflow, cron, timer systemd), et alerter quand elle échoue.',
      en: 'Start the export by a scheduled job (`schedule:` of a workflow, cron, a systemd timer), and alert when it fails.',
    },
  },
  answer: ofStores((_stores, estate) => {
    const dumps = practicesOf(estate, 'backup');
    if (dumps.length === 0)
      return cannotTell({
        fr: 'Aucun export n’est scripté\u00a0: il n’y a rien à planifier.',
        en: 'No export is scripted: there is nothing to schedule.',
      });
    const clocked = scheduledBackups(estate);
    if (clocked.length > 0)
      return yes(
        { fr: `Planifié\u00a0: ${filesOf(clocked).fr}.`, en: `Scheduled: ${filesOf(clocked).en}.` },
        few(clocked),
      );
    const loose = dumps.filter(({ file }) => !isPipeline(file));
    return partial(
      both(
        {
          fr: `L’export est dans ${filesOf(dumps).fr}, et ni un workflow planifié ni une tâche cron de ce dépôt ne le lance\u00a0; la table cron d’une machine n’a pas été lue.`,
          en: `The export is in ${filesOf(dumps).en}, and no scheduled workflow or cron job of this repository starts it; the crontab of a machine was not read.`,
        },
        sayIt('export-scheduled'),
      ),
      few(loose.length > 0 ? loose : dumps),
    );
  }),
};

export const externalCopy: Question = {
  id: 'backup-copied-outside',
  text: {
    fr: 'Une copie des sauvegardes sort-elle du fournisseur ou du compte\u00a0?',
    en: 'Does a copy of the backups leave the provider or the account?',
  },
  weight: 1,
  severity: 'low',
  effort: 'medium',
  gap: {
    id: 'external-backup-missing',
    title: {
      fr: 'Aucune copie des sauvegardes hors du fournisseur',
      en: 'No copy of the backups outside the provider',
    },
    remedy: {
      fr: 'Exporter chaque semaine vers un stockage d’un autre compte ou d’un autre fournisseur, avec une durée de conservation.',
      en: 'Export every week to storage of another account or another provider, with a retention period.',
    },
  },
  answer: ofStores((stores, estate) => {
    const dumps = practicesOf(estate, 'backup');
    const out = practicesOf(estate, 'copy-out');
    const together = out.filter(({ file }) => dumps.some((dump) => dump.file === file));
    if (together.length > 0)
      return yes(
        {
          fr: `La sauvegarde est envoyée ailleurs dans ${filesOf(together).fr}\u00a0; que le compte soit un autre n’est pas établi.`,
          en: `The backup is sent elsewhere in ${filesOf(together).en}; that the account is another is not established.`,
        },
        few(together),
      );
    return no(
      dumps.length > 0
        ? {
            fr: `Des sauvegardes sont faites (${filesOf(dumps).fr}), et aucun des fichiers qui les font ne les envoie ailleurs.`,
            en: `Backups are made (${filesOf(dumps).en}), and none of the files that make them sends them elsewhere.`,
          }
        : {
            fr: `Aucun script, workflow ou tâche de ce dépôt ne copie ${named(stores).fr} hors du fournisseur.`,
            en: `No script, workflow or job of this repository copies ${named(stores).en} outside the provider.`,
          },
      dumps.length > 0 ? few(dumps) : placesOfStores(stores),
    );
  }),
};

export const versionedBuckets: Question = {
  id: 'buckets-versioned',
  text: {
    fr: 'Les compartiments gardent-ils les versions précédentes des objets\u00a0?',
    en: 'Do buckets keep earlier versions of their objects?',
  },
  weight: 1,
  severity: 'low',
  effort: 'small',
  gap: {
    id: 'bucket-unversioned',
    title: { fr: 'Compartiment sans versions', en: 'Bucket without versioning' },
    remedy: {
      fr: 'Activer le versionnement des compartiments dont le contenu ne peut pas être refait, avec une règle de cycle de vie.',
      en: 'Turn on versioning for buckets whose content cannot be made again, with a lifecycle rule.',
    },
  },
  answer: ({ estate }) => {
    const all = buckets(estate);
    if (all.length === 0)
      return cannotTell({
        fr: 'Aucun compartiment S3 n’est déclaré ni observé.',
        en: 'No S3 bucket is declared or observed.',
      });
    const of = (test: (state: unknown) => boolean) =>
      all.filter(({ properties }) => test(properties.versioning));
    const on = of((state) => state === 'Enabled');
    const off = of((state) => state === 'Off' || state === 'Suspended' || state === 'Disabled');
    const names = (list: typeof all) => codes(list.map(({ name }) => name));
    const places = (list: typeof all) => few(list.flatMap((one) => placesOf(one).slice(0, 1)));
    if (off.length > 0) {
      const note: Text = {
        fr: `Sans versions\u00a0: ${names(off).fr}${on.length ? `\u00a0; avec\u00a0: ${names(on).fr}` : ''}.`,
        en: `Without versions: ${names(off).en}${on.length ? `; with: ${names(on).en}` : ''}.`,
      };
      return on.length > 0 ? partial(note, places([...off, ...on])) : no(note, places(off));
    }
    const untold = all.filter((one) => !on.includes(one));
    if (untold.length === 0)
      return yes(
        { fr: `Versions gardées\u00a0: ${names(on).fr}.`, en: `Versions kept: ${names(on).en}.` },
        places(on),
      );
    return cannotTell({
      fr: `Ce qui a été lu ne le dit pas de ${names(untold).fr}.`,
      en: `What was read does not tell it of ${names(untold).en}.`,
    });
  },
};
