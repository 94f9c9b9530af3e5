import type { Estate } from '#model/estate.ts';
import { type Answer, cannotTell, type MaturityView, no, partial, yes } from '#model/maturity.ts';
import { code, codes } from '#model/text.ts';
import { isForDevelopment } from '../../derived/development.ts';
import { at } from '../../derived/place.ts';
import { ofKind, signed } from '../derived/declared-infrastructure.ts';
import { filesOf, notDeployed, shown } from '../derived/notes.ts';
import { isDeployed } from '../derived/platforms.ts';

export function areLogsKept({ estate, findingsOf }: MaturityView): Answer {
  const lost = [...findingsOf('log-group-missing'), ...findingsOf('logs-unwritable')];
  if (lost.length > 0)
    return no(
      {
        fr: 'Des conteneurs écrivent dans un groupe de journaux qui n’existe pas ou qu’ils n’ont pas le droit d’écrire.',
        en: 'Containers write to a log group that is not there or that they may not write to.',
      },
      shown(lost.flatMap(({ evidence }) => evidence)),
    );
  const workers = estate.artifacts.wranglerConfigs.flatMap(({ file, isPages, main, environments }) =>
    // a site of files alone logs nothing
    isPages || !main ? [] : environments.map((one) => ({ file, ...one })),
  );
  const groups = ofKind(estate, 'AWS::Logs::LogGroup').flatMap(({ name, declared, observed }) => {
    const place = declared.find(({ source }) => source !== 'docs') ?? observed[0];
    return place ? [{ name, place }] : [];
  });
  const off = workers.filter(({ observability }) => !observability.isOn);
  if (workers.length > 0) {
    const told = codes(new Set((off.length > 0 ? off : workers).map(({ script }) => script.name)));
    const evidence = shown(
      (off.length > 0 ? off : workers).map(({ file, line, observability }) =>
        at(file, observability.line ?? line),
      ),
    );
    if (off.length === 0)
      return yes(
        {
          fr: `L’observabilité est activée pour ${told.fr}.`,
          en: `Observability is switched on for ${told.en}.`,
        },
        evidence,
      );
    const note = {
      fr: `L’observabilité n’est pas activée pour ${told.fr}\u00a0: ses journaux ne sont visibles que pendant \`wrangler tail\`.`,
      en: `Observability is not switched on for ${told.en}: its logs show only while \`wrangler tail\` runs.`,
    };
    return off.length < workers.length ? partial(note, evidence) : no(note, evidence);
  }
  if (groups.length > 0) {
    const names = codes(new Set(groups.map(({ name }) => name)));
    return yes(
      { fr: `Groupes de journaux déclarés\u00a0: ${names.fr}.`, en: `Log groups declared: ${names.en}.` },
      shown(groups.map(({ place }) => place)),
    );
  }
  const collectors = estate.artifacts.composeFiles.flatMap(({ file, retired, services }) =>
    retired
      ? []
      : services.flatMap(({ image, line }) =>
          image &&
          /loki|promtail|fluent|vector|elasticsearch|opensearch|graylog|seq:|dozzle|datadog|alloy/.test(
            image.reference,
          )
            ? [at(file, line)]
            : [],
        ),
  );
  if (collectors.length > 0) {
    const files = filesOf(collectors);
    return yes(
      {
        fr: `Un conteneur recueille les journaux (${files.fr}).`,
        en: `A container collects logs (${files.en}).`,
      },
      shown(collectors),
    );
  }
  if (!isDeployed(estate)) return notDeployed();
  return cannotTell({
    fr: 'Aucun fichier lu ne dit où vont les journaux.',
    en: 'No file that was read says where logs go.',
  });
}

export function isRetentionSet(estate: Estate): Answer {
  const signs = signed(estate, 'log-retention');
  const groups = ofKind(estate, 'AWS::Logs::LogGroup');
  const endless = groups.filter(
    ({ observed, properties }) => observed.length > 0 && properties.retentionInDays === undefined,
  );
  if (endless.length > 0) {
    const names = codes(endless.map(({ name }) => name));
    const note = {
      fr: `Sans durée de conservation\u00a0: ${names.fr}.`,
      en: `Without a retention: ${names.en}.`,
    };
    const evidence = shown(endless.flatMap(({ observed }) => observed.slice(0, 1)));
    return endless.length < groups.length ? partial(note, evidence) : no(note, evidence);
  }
  const set = groups.filter(({ properties }) => properties.retentionInDays !== undefined);
  const places = [
    ...signs.map(({ file, line, source }) => ({ file, line, source })),
    ...set.flatMap(({ declared, observed }) => [...declared, ...observed].slice(0, 1)),
  ];
  if (places.length > 0)
    return yes(
      {
        fr: `Une durée de conservation est donnée${signs[0] ? ` (${code(signs[0].what)})` : ''}.`,
        en: `A retention is given${signs[0] ? ` (${code(signs[0].what)})` : ''}.`,
      },
      shown(places),
    );
  return cannotTell(
    estate.artifacts.wranglerConfigs.length > 0
      ? {
          fr: 'La durée de conservation des journaux d’un Worker dépend de l’offre du compte, qui n’a pas été lue.',
          en: 'How long the logs of a Worker are kept depends on the plan of the account, which was not read.',
        }
      : {
          fr: 'Aucun fichier lu ne donne la durée de conservation des journaux.',
          en: 'No file that was read gives how long logs are kept.',
        },
  );
}

/** What only tests start is nothing that runs. */
const OF_TESTS = /(?:^|\/)(?:tests?|e2e|fixtures?|examples?)\//;

export function hasHealth({ estate, findingsOf }: MaturityView): Answer {
  const { workers, composeFiles, dockerfiles, documents } = estate.artifacts;
  const routes = workers.flatMap(({ health }) => health.map(({ path, at: place }) => ({ path, place })));
  const composed = composeFiles.flatMap(({ file, retired, services }) =>
    retired || OF_TESTS.test(file)
      ? []
      : services.flatMap((one) =>
          one.healthcheck && !one.healthcheck.disabled && one.build ? [at(file, one.healthcheck.line)] : [],
        ),
  );
  const built = dockerfiles.flatMap(({ file, stages }) =>
    stages.flatMap(({ healthcheck }) =>
      healthcheck && healthcheck.command !== 'none' ? [at(file, healthcheck.line)] : [],
    ),
  );
  const signs = signed(estate, 'health-check').map(({ file, line, source }) => ({ file, line, source }));
  const groups = ofKind(estate, 'AWS::ElasticLoadBalancingV2::TargetGroup').flatMap(
    ({ properties, declared, observed }) =>
      typeof properties.healthCheckPath === 'string' && properties.healthCheckPath !== '/'
        ? [...declared, ...observed].slice(0, 1)
        : [],
  );
  const stated = documents.flatMap(({ file, report, statements }) =>
    report
      ? []
      : statements.flatMap(({ property, line }) =>
          property === 'health-path' ? [{ source: 'docs' as const, file, line }] : [],
        ),
  );
  const found = [...routes.map(({ place }) => place), ...composed, ...built, ...signs, ...groups, ...stated];
  if (found.length > 0) {
    const [route] = routes;
    const files = filesOf(found.flatMap((one) => ('file' in one ? [one] : [])));
    return yes(
      route
        ? {
            fr: `${code(route.path)} répond aux contrôles de santé.`,
            en: `Health checks are answered on ${code(route.path)}.`,
          }
        : {
            fr: `Un contrôle de santé est déclaré\u00a0: ${files.fr}.`,
            en: `A health check is declared: ${files.en}.`,
          },
      shown(found),
    );
  }
  const seeing = workers.filter(({ blindSpots }) => blindSpots.length === 0);
  const [worker] = seeing;
  if (worker && seeing.length === workers.length) {
    const entries = codes(workers.map(({ entry }) => entry));
    return no(
      {
        fr: `Aucune route de santé dans le code du Worker (${entries.fr}).`,
        en: `No health route in the code of the Worker (${entries.en}).`,
      },
      shown(workers.map(({ entry }) => at(entry, 1))),
    );
  }
  const missing = findingsOf('healthcheck-missing');
  if (missing.length > 0)
    return no(
      {
        fr: 'Aucun des conteneurs que le dépôt construit n’a de contrôle de santé.',
        en: 'None of the containers that the repository builds has a health check.',
      },
      shown(missing.flatMap(({ evidence }) => evidence)),
    );
  if (!isDeployed(estate)) return notDeployed();
  const apart = composeFiles.some(({ file }) => isForDevelopment(file));
  return cannotTell({
    fr: `Ni conteneur${apart ? ' (hors développement)' : ''}, ni orchestrateur, ni document ne dit de route de santé\u00a0; le code n’a pas été lu pour cela.`,
    en: `No container${apart ? ' (development aside)' : ''}, orchestrator or document tells a health route; the code was not read for it.`,
  });
}
