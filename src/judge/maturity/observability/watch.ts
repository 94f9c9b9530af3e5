import type { Estate } from '#model/estate.ts';
import { type Answer, cannotTell, no, partial, yes } from '#model/maturity.ts';
import { code, codes } from '#model/text.ts';
import { infrastructureNotKnown } from '../../derived/declared.ts';
import { at } from '../../derived/place.ts';
import { declaredAsCode, ofKind, signed, wasListed } from '../derived/declared-infrastructure.ts';
import { byPerson, filesOf, notDeployed, shown, treated } from '../derived/notes.ts';
import { isDeployed } from '../derived/platforms.ts';

/** Services that collect exceptions, by their packages. */
const TRACKERS =
  /^(?:@sentry\/.+|sentry-sdk|raven|sentry|sentry-raven|sentry-(?:ruby|rails|sidekiq|resque|delayed_job)|scout_apm\w*|skylight|elastic-apm|bugsnag-\w+|newrelic_rpm|honeybadger-\w+|exception_notification|toucan-js|github\.com\/getsentry\/.+|io\.sentry[:.].+|@bugsnag\/.+|bugsnag|rollbar|@rollbar\/.+|honeybadger|@honeybadger-io\/.+|raygun|raygun4\w+|airbrake\w*|@airbrake\/.+|appsignal|@appsignal\/.+|elastic-apm\w*|@elastic\/apm-.+|applicationinsights|opencensus-ext-azure|azure-monitor-opentelemetry|newrelic|@newrelic\/.+|dd-trace|ddtrace|@datadog\/.+|@highlight-run\/.+|logrocket|glitchtip|trackjs|firebase-crashlytics|com\.google\.firebase[:.]firebase-crashlytics.*|posthog-js|posthog-node|posthog)$/i;
/** They carry what happened elsewhere, and keep nothing themselves. */
const TRACES =
  /^(?:@opentelemetry\/.+|opentelemetry-.+|go\.opentelemetry\.io\/.+|io\.opentelemetry[:.].+|@logtail\/.+|logtail-python|@axiomhq\/.+|prom-client|prometheus[-_]client|winston-cloudwatch|aws-xray-sdk\w*|@aws-lambda-powertools\/.+|aws-lambda-powertools)$/i;

const ASIDE = /(?:^|\/)(?:tests?|spec|examples?|docs?|vendor|node_modules|fixtures?)\//;
/** Manifests that Constat does not read: what they list may well track errors. */
const UNREAD_MANIFEST =
  /(?:^|\/)(?:composer\.json|mix\.exs|pubspec\.yaml|Package\.swift|build\.sbt|[^/]+\.csproj)$/;
/** Gems of a program that serves or works; a Gemfile may also hold no more than the tools of a build. */
const RUNS_RUBY = /^(?:rails|railties|sinatra|hanami|roda|grape|rack|puma|unicorn|passenger|sidekiq)$/;

/** Whether a manifest lists what runs in service, and not only what tests, checks or builds it. */
function isOfWhatRuns({ file, ecosystem, packages }: Estate['artifacts']['manifests'][number]): boolean {
  if (ASIDE.test(file) || /requirements[-_.](?:tests?|dev|lint|docs?|ci)\b/i.test(file)) return false;
  return ecosystem !== 'ruby' || packages.some(({ name }) => RUNS_RUBY.test(name));
}

export function areErrorsTracked(estate: Estate): Answer {
  const packages = estate.artifacts.manifests.flatMap(({ file, packages: own }) =>
    own.filter(({ development }) => !development).map(({ name, line }) => ({ name, place: at(file, line) })),
  );
  const variables = estate.artifacts.environmentFiles.flatMap(({ file, variables: own }) =>
    own.flatMap(({ name, line }) =>
      /^(?:\w+_)?(?:SENTRY|ROLLBAR|BUGSNAG|HONEYBADGER)_/.test(name) ? [{ name, place: at(file, line) }] : [],
    ),
  );
  const found = [...packages.filter(({ name }) => TRACKERS.test(name)), ...variables];
  if (found.length > 0) {
    const names = codes(new Set(found.map(({ name }) => name)), 3);
    return yes(
      { fr: `Les erreurs sont recueillies par ${names.fr}.`, en: `Errors are collected by ${names.en}.` },
      shown(found.map(({ place }) => place)),
    );
  }
  const traces = packages.filter(({ name }) => TRACES.test(name));
  if (traces.length > 0) {
    const names = codes(new Set(traces.map(({ name }) => name)), 3);
    return partial(
      {
        fr: `Des traces ou des mesures sont envoyées (${names.fr})\u00a0; aucun service de suivi d’erreurs n’est reconnu.`,
        en: `Traces or measures are sent (${names.en}); no error tracking service was recognised.`,
      },
      shown(traces.map(({ place }) => place)),
    );
  }
  if (!isDeployed(estate)) return notDeployed();
  const manifests = estate.artifacts.manifests.filter(isOfWhatRuns);
  if (manifests.length === 0)
    return cannotTell({
      fr: 'Aucun manifeste de paquets n’a été lu\u00a0: ce que le code utilise n’est pas connu.',
      en: 'No package manifest was read: what the code uses is not known.',
    });
  const files = codes(
    manifests.map(({ file }) => file),
    3,
  );
  const unread = [...estate.files].filter((file) => UNREAD_MANIFEST.test(file) && !ASIDE.test(file));
  const [other] = unread;
  if (other !== undefined)
    return cannotTell({
      fr: `Aucun paquet de suivi d’erreurs parmi ceux de ${files.fr}\u00a0; ${code(other)} n’est pas lu.`,
      en: `No error tracking package among those of ${files.en}; ${code(other)} is not read.`,
    });
  return no(
    {
      fr: `Aucun paquet de suivi d’erreurs parmi ceux de ${files.fr}.`,
      en: `No error tracking package among those of ${files.en}.`,
    },
    shown(manifests.map(({ file }) => at(file, 1))),
  );
}

const RUNS =
  /^AWS::(?:ECS::Service|Lambda::Function|RDS::DB(?:Instance|Cluster)|ElasticLoadBalancingV2::LoadBalancer|AutoScaling::AutoScalingGroup|EC2::Instance|ApiGateway\w*::\w+)$/;

export function areAlarmsDeclared(estate: Estate): Answer {
  const signs = signed(estate, 'alarm');
  const alarms = ofKind(estate, 'AWS::CloudWatch::Alarm');
  const places = [
    ...signs.map(({ file, line, source }) => ({ file, line, source })),
    ...alarms.flatMap(({ declared, observed }) => [...declared, ...observed].slice(0, 1)),
  ];
  const rules = [...estate.files].filter((file) =>
    /(?:^|\/)(?:alertmanager[\w.-]*\.ya?ml|alert(?:ing)?[-_]?rules?[\w.-]*\.ya?ml)$/.test(file),
  );
  const found = [...places, ...rules.map((file) => at(file, 1))];
  if (found.length > 0) {
    const count = Math.max(alarms.length, signs.length, rules.length);
    return yes(
      {
        fr: `${count} ${count > 1 ? 'alarmes sont déclarées' : 'alarme est déclarée'}.`,
        en: `${count} ${count > 1 ? 'alarms are' : 'alarm is'} declared.`,
      },
      shown(found),
    );
  }
  if (wasListed(estate, /cloudwatch:DescribeAlarms/i))
    return no({
      fr: 'Le compte AWS n’a aucune alarme, et aucun fichier n’en déclare.',
      en: 'The AWS account has no alarm, and no file declares one.',
    });
  const running = declaredAsCode(estate, RUNS);
  if (running.length > 0 && infrastructureNotKnown(estate).length === 0) {
    const names = codes(new Set(running.map(({ resource }) => resource.name)));
    return no(
      {
        fr: `L’infrastructure est écrite (${names.fr}), sans aucune alarme\u00a0; le compte n’a pas été lu.`,
        en: `The infrastructure is written (${names.en}), without any alarm; the account was not read.`,
      },
      shown(running.map(({ place }) => place)),
    );
  }
  if (!isDeployed(estate)) return notDeployed();
  return byPerson(
    'Aucun fichier ne déclare d’alarme\u00a0; celles qui sont posées chez le fournisseur n’ont pas été lues.',
    'No file declares an alarm; those that are set with the provider were not read.',
  );
}

const OUTSIDE = [
  'uptimerobot',
  'betteruptime',
  'betterstack',
  'statuscake',
  'pingdom',
  'checkly',
  'healthchecks.io',
  'uptime-kuma',
  'updown.io',
  'freshping',
  'hetrixtools',
  'cronitor',
  'gatus',
  'upptime',
];

export function isUptimeChecked(estate: Estate): Answer {
  const signs = signed(estate, 'uptime-check').map(({ file, line, source }) => ({ file, line, source }));
  const files = [...estate.files].filter((file) =>
    /(?:^|\/)\.upptimerc\.yml$|(?:^|\/)checkly\.config\.\w+$|(?:^|\/)gatus[\w.-]*\.ya?ml$/.test(file),
  );
  const scheduled = estate.artifacts.workflows.flatMap(({ file, name, triggers, jobs }) => {
    const schedule = triggers.find(({ event }) => event === 'schedule');
    const probes = jobs.some(({ steps }) =>
      steps.some((step) => /\bcurl\b[^\n]{0,200}https?:|health/i.test(step.run?.text ?? '')),
    );
    return schedule && /uptime|health|monitor|smoke|ping|synthetic/i.test(`${file} ${name}`) && probes
      ? [at(file, schedule.line)]
      : [];
  });
  const found = [...signs, ...files.map((file) => at(file, 1)), ...scheduled];
  if (found.length > 0) {
    const names = filesOf(found);
    return yes(
      {
        fr: `Le service est interrogé du dehors par ${names.fr}.`,
        en: `The service is asked from outside by ${names.en}.`,
      },
      shown(found),
    );
  }
  const pages = estate.artifacts.documents.flatMap(({ file, report, names = [] }) => {
    const named = report ? undefined : OUTSIDE.find((one) => names.includes(one));
    return named === undefined ? [] : [{ named, place: { source: 'docs' as const, file, line: 1 } }];
  });
  const [page] = pages;
  if (page)
    return partial(
      {
        fr: `${code(page.place.file)} nomme ${page.named}\u00a0; rien ne dit ce qu’il interroge.`,
        en: `${code(page.place.file)} names ${page.named}; nothing says what it asks.`,
      },
      shown(pages.map(({ place }) => place)),
    );
  if (!isDeployed(estate)) return notDeployed();
  return byPerson(
    'Aucun fichier ne nomme de service qui interroge celui-ci du dehors\u00a0; il en existe peut-être un.',
    'No file names a service that asks this one from outside; there may be one.',
  );
}

export function areDashboardsKept(estate: Estate): Answer {
  const signs = signed(estate, 'dashboard').map(({ file, line, source }) => ({ file, line, source }));
  const files = [...estate.files].filter(
    (file) =>
      /(?:^|\/)(?:grafana|dashboards?)\/(?:.*\/)?[^/]+\.json$/i.test(file) &&
      /grafana|monitoring|observab|metrics|prometheus/i.test(file),
  );
  const kept = ofKind(estate, 'AWS::CloudWatch::Dashboard').flatMap(({ declared, observed }) =>
    [...declared, ...observed].slice(0, 1),
  );
  const found = [...signs, ...files.map((file) => at(file, 1)), ...kept];
  if (found.length > 0)
    return yes(
      {
        fr: 'Un tableau de bord est gardé comme fichier ou dans le compte.',
        en: 'A dashboard is kept as a file or in the account.',
      },
      shown(found),
    );
  if (wasListed(estate, /cloudwatch:ListDashboards/i))
    return no({
      fr: 'Le compte AWS n’a aucun tableau de bord, et aucun fichier n’en déclare.',
      en: 'The AWS account has no dashboard, and no file declares one.',
    });
  if (!isDeployed(estate)) return notDeployed();
  return byPerson(
    'Aucun fichier ne garde de tableau de bord\u00a0; ceux d’un service extérieur n’ont pas été lus.',
    'No file keeps a dashboard; those of an outside service were not read.',
  );
}

export function areIncidentsPrepared(estate: Estate): Answer {
  const pages = treated(estate, 'incident');
  const people = treated(estate, 'on-call');
  if (pages.length > 0) {
    const files = filesOf(pages);
    return people.length > 0
      ? yes(
          {
            fr: `Quoi faire pendant un incident, et qui est d’astreinte, est écrit dans ${files.fr}.`,
            en: `What to do during an incident, and who is on call, stands in ${files.en}.`,
          },
          shown([...pages, ...people]),
        )
      : partial(
          {
            fr: `Quoi faire pendant un incident est écrit dans ${files.fr}\u00a0; aucun document ne dit qui est joint.`,
            en: `What to do during an incident stands in ${files.en}; no document says who is reached.`,
          },
          shown(pages),
        );
  }
  if (!isDeployed(estate)) return notDeployed();
  return no({
    fr: 'Aucun titre des documents de ce dépôt ne traite d’incident, de panne ou d’astreinte.',
    en: 'No heading of the documents of this repository treats incidents, outages or who is on call.',
  });
}
