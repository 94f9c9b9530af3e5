import { environmentsOf } from '#lib/environments.ts';
import type { Estate } from '#model/estate.ts';
import type { Evidence } from '#model/evidence.ts';
import { cannotTell, no, partial, type Question, yes } from '#model/maturity.ts';
import { codes, type Text } from '#model/text.ts';
import type { Run } from '#model/workflow.ts';
import { at } from '../../derived/place.ts';
import { both, few, filesOf, isServed, sayIt } from '../derived/operations-read.ts';
import { secretsUsed } from '../derived/secrets-used.ts';

const IN_SOURCE = ['secret-committed', 'environment-file-committed', 'terraform-state-committed'] as const;

/** Where values are rarely in use. */
const TRIAL =
  /(?:^|\/)(?:tests?|__tests__|__snapshots__|e2e|fixtures?|testdata|examples?|samples?|mocks?)\/|\.(?:test|spec|snap)\b/i;

/** Whether the files hold no value of a secret. */
export const secretsOutOfSource: Question = {
  id: 'secrets-out-of-source',
  text: {
    fr: 'Le dépôt est-il sans secret enregistré\u00a0?',
    en: 'Is the repository free of committed secrets?',
  },
  weight: 3,
  severity: 'critical',
  effort: 'medium',
  gap: {
    id: 'secrets-in-source',
    title: { fr: 'Secrets enregistrés dans le dépôt', en: 'Secrets committed to the repository' },
    remedy: {
      fr: 'Révoquer et remplacer chaque valeur, puis la lire de l’environnement ou d’un gestionnaire de secrets.',
      en: 'Revoke and replace every value, then read it from the environment or a secrets manager.',
    },
  },
  rules: [...IN_SOURCE, 'default-secret-in-example'],
  answer: (view) => {
    const found = IN_SOURCE.flatMap((rule) => view.findingsOf(rule));
    const evidence = few(found.flatMap((one) => one.evidence.slice(0, 1)));
    const all = found.flatMap((one) => one.evidence);
    const isTrial = all.every((one) => 'file' in one && TRIAL.test(one.file));
    if (found.length > 0 && isTrial)
      return partial(
        {
          fr: `Des valeurs qui ont la forme d’un secret ne sont que dans des essais ou des exemples (${filesOf(all).fr}).`,
          en: `Values that have the form of a secret are in tests or examples only (${filesOf(all).en}).`,
        },
        evidence,
      );
    if (found.length > 0)
      return no(
        {
          fr: `Des valeurs qui ont la forme d’un secret sont dans ${filesOf(all).fr}.`,
          en: `Values that have the form of a secret are in ${filesOf(all).en}.`,
        },
        evidence,
      );
    const weak = view.findingsOf('default-secret-in-example');
    if (weak.length > 0)
      return partial(
        {
          fr: `Aucune valeur réelle reconnue\u00a0; un exemple propose un secret que quelqu’un peut garder (${filesOf(weak.flatMap((one) => one.evidence)).fr}).`,
          en: `No real value was recognised; an example offers a secret that somebody may keep (${filesOf(weak.flatMap((one) => one.evidence)).en}).`,
        },
        few(weak.flatMap((one) => one.evidence)),
      );
    const isPartlyRead = view.estate.coverage.some(({ unread = [] }) =>
      unread.some(
        ({ file, why }) =>
          file === '.' && why.en.includes('not searched for secrets') && why.en.includes('source file'),
      ),
    );
    return isPartlyRead
      ? cannotTell({
          fr: 'Aucune valeur reconnue, mais une partie des fichiers de code n’a pas été parcourue\u00a0: le dépôt est trop grand.',
          en: 'No value was recognised, but part of the source files was not searched: the repository is too large.',
        })
      : yes(
          {
            fr: 'Aucune valeur qui ait la forme d’un secret dans les fichiers lus\u00a0; l’historique n’a pas été parcouru.',
            en: 'No value that has the form of a secret in the files that were read; the history was not searched.',
          },
          [],
        );
  },
};

/** Secrets that stand as plain values where configuration is given: the value is in the file. */
function plainSecrets(estate: Estate): { name: string; evidence: Evidence }[] {
  const { artifacts } = estate;
  const isValue = (known: string | undefined) =>
    known === 'strong' || known === 'weak' || known === 'default';
  return [
    ...artifacts.wranglerConfigs.flatMap(({ file, environments }) =>
      environments.flatMap(({ variables }) =>
        variables
          .filter(({ isSecret, class: known }) => isSecret && isValue(known))
          .map(({ name, line }) => ({ name, evidence: at(file, line) })),
      ),
    ),
    ...artifacts.composeFiles
      .filter((file) => isServed(file, estate))
      .flatMap(({ file, services }) =>
        services.flatMap(({ environment }) =>
          environment
            .filter(({ secret, class: known }) => secret && isValue(known))
            .map(({ name, line }) => ({ name, evidence: at(file, line) })),
        ),
      ),
  ];
}

/** Whether secrets are given from a store, not written where configuration is. */
export const secretsKept: Question = {
  id: 'secrets-in-a-store',
  text: {
    fr: 'Les secrets viennent-ils d’un magasin de secrets ou de l’environnement\u00a0?',
    en: 'Do secrets come from a secret store or the environment?',
  },
  weight: 2,
  severity: 'high',
  effort: 'small',
  gap: {
    id: 'secrets-in-configuration',
    title: { fr: 'Secrets écrits dans la configuration', en: 'Secrets written in the configuration' },
    remedy: {
      fr: 'Poser ces valeurs par `wrangler secret put`, les secrets de la forge ou un gestionnaire de secrets, et ne garder que leur nom.',
      en: 'Set these values with `wrangler secret put`, the forge’s secrets or a secrets manager, and keep only their names.',
    },
  },
  answer: ({ estate }) => {
    const plain = plainSecrets(estate);
    const kept = secretsUsed(estate).filter(
      ({ where }) => where !== 'environment-file' && where !== 'compose',
    );
    if (plain.length > 0) {
      const note: Text = {
        fr: `${codes(new Set(plain.map(({ name }) => name))).fr}\u00a0: une valeur est écrite dans ${filesOf(plain.map(({ evidence }) => evidence)).fr}.`,
        en: `${codes(new Set(plain.map(({ name }) => name))).en}: a value is written in ${filesOf(plain.map(({ evidence }) => evidence)).en}.`,
      };
      const evidence = few(plain.map((one) => one.evidence));
      return kept.length > 0 ? partial(note, evidence) : no(note, evidence);
    }
    if (kept.length > 0) {
      const names = codes(new Set(kept.map(({ name }) => name)));
      return yes(
        {
          fr: `Lus d’un magasin de secrets\u00a0: ${names.fr}.`,
          en: `Read from a secret store: ${names.en}.`,
        },
        few(kept.map(({ evidence }) => evidence)),
      );
    }
    const given = secretsUsed(estate);
    return given.length > 0
      ? yes(
          {
            fr: `Donnés par l’environnement\u00a0: ${codes(new Set(given.map(({ name }) => name))).fr}.`,
            en: `Given by the environment: ${codes(new Set(given.map(({ name }) => name))).en}.`,
          },
          few(given.map(({ evidence }) => evidence)),
        )
      : cannotTell({
          fr: 'Aucun secret n’est déclaré ni lu par ce qui a été examiné.',
          en: 'No secret is declared or read by what was looked at.',
        });
  },
};

/** Secrets of tools and channels: one for all environments is what is meant. */
const OF_TOOLS =
  /NPM|SLACK|DISCORD|SENTRY|CODECOV|SONAR|DOCKER|GITHUB|^GH_|GHCR|PAT$|TELEGRAM|TEAMS|WEBHOOK|SNYK|TURBO|CHROMATIC|RELEASE|SSH_KEY|GPG|COSIGN|AUTH_TOKEN$/i;

/** The environment that the choices of a run name; undefined where they name none or several. */
function chosenEnvironment({ inputs, matrix }: Run): string | undefined {
  // a branch is no choice: what is read for it may well be chosen by its name
  const choices = Object.entries(inputs).flatMap(([key, value]) =>
    key.startsWith('github.') ? [] : [value],
  );
  const named = new Set(
    [...choices, ...Object.values(matrix)].flatMap((value) =>
      typeof value === 'string' && value.length < 100 ? environmentsOf(value) : [],
    ),
  );
  return named.size === 1 ? [...named][0] : undefined;
}

/** Whether each environment has values of its own. */
export const perEnvironment: Question = {
  id: 'secrets-per-environment',
  text: {
    fr: 'Chaque environnement a-t-il ses propres secrets\u00a0?',
    en: 'Does each environment have secrets of its own?',
  },
  weight: 2,
  severity: 'medium',
  effort: 'medium',
  gap: {
    id: 'secrets-shared-between-environments',
    title: {
      fr: 'Mêmes secrets pour plusieurs environnements',
      en: 'The same secrets for several environments',
    },
    remedy: {
      fr: 'Créer une valeur par environnement (environnements GitHub, `wrangler secret put --env`, un secret par préfixe) et révoquer la valeur commune.',
      en: 'Make one value per environment (GitHub environments, `wrangler secret put --env`, a secret per prefix) and revoke the common one.',
    },
  },
  answer: ({ estate }) => {
    const used = secretsUsed(estate);
    const byBase = Map.groupBy(
      used.flatMap((secret) =>
        environmentsOf(secret.name).map((environment) => ({ ...secret, environment })),
      ),
      ({ environment }) => environment,
    );
    // one name, one value: a secret of the repository is the same whatever the run chose
    const shared = new Map<string, Set<string>>();
    for (const { runs, jobs } of estate.artifacts.workflows)
      for (const run of runs) {
        // an environment whose name only the run knows may well have secrets of its own
        if (jobs.some(({ id, environment }) => id === run.job && environment !== undefined)) continue;
        const environment = chosenEnvironment(run);
        if (environment === undefined || run.environment !== undefined) continue;
        for (const name of run.secrets)
          if (!OF_TOOLS.test(name) && environmentsOf(name).length === 0)
            shared.set(name, (shared.get(name) ?? new Set()).add(environment));
      }
    const common = used.filter(({ where, name }) => where === 'github' && (shared.get(name)?.size ?? 0) > 1);
    if (common.length > 0) {
      const note: Text = {
        fr: `Le même secret du dépôt sert à plusieurs environnements, sans environnement GitHub\u00a0: ${codes(new Set(common.map(({ name }) => name))).fr}.`,
        en: `The same secret of the repository serves several environments, with no GitHub environment: ${codes(new Set(common.map(({ name }) => name))).en}.`,
      };
      const evidence = few(common.map((one) => one.evidence));
      return partial(note, evidence);
    }
    if (byBase.size > 1) {
      const own = [...byBase.values()].flat();
      return yes(
        {
          fr: `Des noms propres à chaque environnement\u00a0: ${codes(new Set(own.map(({ name }) => name))).fr}\u00a0; les valeurs ne sont pas comparées.`,
          en: `Names of each environment’s own: ${codes(new Set(own.map(({ name }) => name))).en}; values are not compared.`,
        },
        few(own.map(({ evidence }) => evidence)),
      );
    }
    return cannotTell(
      both(
        {
          fr: 'Les fichiers ne montrent que des noms\u00a0: si les valeurs diffèrent d’un environnement à l’autre n’est pas établi.',
          en: 'Files show names only: whether values differ between environments is not established.',
        },
        sayIt('secrets-per-environment'),
      ),
    );
  },
};
