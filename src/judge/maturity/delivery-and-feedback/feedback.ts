import type { Document } from '#model/artifacts.ts';
import type { Estate } from '#model/estate.ts';
import { type Answer, cannotTell, no, partial, yes } from '#model/maturity.ts';
import { codes } from '#model/text.ts';
import { pushesOf } from '../../derived/calls.ts';
import { at, inDocument } from '../../derived/place.ts';
import { byPerson, filesOf, notDeployed, shown, treated } from '../derived/notes.ts';
import { isDeployed } from '../derived/platforms.ts';
import { waysToDeploy } from '../derived/ways-to-deploy.ts';

/** Files that direct agents which write code, by their makers' documentation. */
const DIRECTIVES =
  /(?:^|\/)(?:AGENTS|CLAUDE|GEMINI|CODEX|COPILOT)(?:\.local)?\.md$|(?:^|\/)\.cursorrules$|(?:^|\/)\.cursor\/rules\/|(?:^|\/)\.windsurf(?:rules$|\/rules\/)|(?:^|\/)\.clinerules|^\.github\/(?:copilot-instructions\.md$|instructions\/|agents\/|chatmodes\/)|(?:^|\/)\.claude\/(?:agents|commands|skills)\/|(?:^|\/)(?:\d+[._-])?directives\/.*\.md$|^\.junie\/|^\.aider/i;
const VENDORED = /(?:^|\/)(?:node_modules|vendor|templates?|examples?|fixtures?)\//;
const FLOW = new Set(['deployment', 'continuous-integration']);

export function areAgentsDirected({ files, artifacts }: Estate): Answer {
  const directives = [...files].filter((file) => DIRECTIVES.test(file) && !VENDORED.test(file));
  if (directives.length === 0)
    return no({
      fr: 'Aucun fichier ne s’adresse aux agents (`AGENTS.md`, `CLAUDE.md`, règles d’éditeur).',
      en: 'No file addresses agents (`AGENTS.md`, `CLAUDE.md`, rules of an editor).',
    });
  const own = new Set(directives);
  const isFlow = ({ topics, headings }: Document): number | undefined =>
    topics.find(({ topic }) => FLOW.has(topic))?.line ??
    headings.find(({ text }) =>
      /commit|workflow|d[eé]ploi|deploy|\bci\b|before (?:you )?(?:push|commit|finish)|verification|quality gate/i.test(
        text,
      ),
    )?.line;
  const telling = artifacts.documents.flatMap((page) => {
    const line = own.has(page.file) ? isFlow(page) : undefined;
    return line === undefined ? [] : [inDocument(page.file, line)];
  });
  if (telling.length > 0) {
    const names = filesOf(telling);
    return yes(
      {
        fr: `Comment livrer un changement est dit aux agents dans ${names.fr}.`,
        en: `How to deliver a change is told to agents in ${names.en}.`,
      },
      shown(telling),
    );
  }
  const names = codes(directives, 3);
  return partial(
    {
      fr: `Des directives pour les agents existent (${names.fr}), sans titre sur la CI, le déploiement ou les commits.`,
      en: `There are directives for agents (${names.en}), without a heading on CI, deployment or commits.`,
    },
    shown(directives.map((file) => at(file, 1))),
  );
}

const TEMPLATES =
  /^(?:\.github|\.gitlab|docs)\/(?:ISSUE_TEMPLATE|issue_templates|DISCUSSION_TEMPLATE)(?:\/.*)?(?:\.(?:md|ya?ml))?$|^(?:\.github\/)?SUPPORT\.md$/i;
/** The file bears the name of the form: of another thing's feedback (`ApiFeedback`, `CompanyContactForm`) it says nothing. */
const IN_PRODUCT =
  /(?:^|\/)(?:src|app|pages|components|frontend|client|web|routes|api|functions|views|lib|backend|server)\/(?:.*\/)?(?:(?:users?|send|give|submit|create|new|post|customer|app|beta|product|in-app|site|use|report)[-_.]?)?(?:feedback|bug-?report|contact-?(?:us-?)?form)[\w-]*\.(?:[cm]?[jt]sx?|vue|svelte|astro|py|php|rb|html)$/i;
const WIDGETS =
  /^(?:canny|userback|usersnap|@sentry-internal\/feedback|@feedbackfin\/\w+|featurebase[\w-]*|@frill\/\w+|intercom-client|@intercom\/[\w-]+|crisp-sdk-web|posthog-js-surveys)$/;

export function hasChannel(estate: Estate): Answer {
  const templates = [...estate.files].filter((file) => TEMPLATES.test(file)).map((file) => at(file, 1));
  const pages = treated(estate, 'feedback');
  const inProduct = [...estate.files]
    .filter(
      (file) =>
        IN_PRODUCT.test(file) &&
        !VENDORED.test(file) &&
        !/[._-](?:test|spec|stories)\.|\/tests?\//.test(file),
    )
    .map((file) => at(file, 1));
  const widgets = estate.artifacts.manifests.flatMap(({ file, packages }) =>
    packages.flatMap(({ name, line }) => (WIDGETS.test(name) ? [at(file, line)] : [])),
  );
  const found = [...templates, ...pages, ...inProduct, ...widgets];
  if (found.length > 0) {
    const names = filesOf(found);
    return yes(
      {
        fr: `Les retours ont un endroit\u00a0: ${names.fr}.`,
        en: `Feedback has a place: ${names.en}.`,
      },
      shown(found),
    );
  }
  return no({
    fr: 'Ni modèle de ticket, ni page, ni formulaire du code ne dit où adresser un retour.',
    en: 'No issue template, page or form in the code says where to send feedback.',
  });
}

export function haveTesters(estate: Estate): Answer {
  const pages = treated(estate, 'beta');
  if (pages.length === 0)
    return byPerson('Aucun document ne parle de bêta-testeurs.', 'No document speaks of beta testers.');
  const names = filesOf(pages);
  return yes(
    {
      fr: `Il est question de bêta-testeurs dans ${names.fr}.`,
      en: `Beta testers are spoken of in ${names.en}.`,
    },
    shown(pages),
  );
}

const PRUNES = /prun|clean-?up|stale|retention|purge|expire|garbage|housekeep|nettoy/i;

export function isPruned(estate: Estate): Answer {
  const { workflows, operationSigns } = estate.artifacts;
  const signs = operationSigns.flatMap(({ file, signs: own }) =>
    own.flatMap(({ sign, line }) => (sign === 'pruning' ? [at(file, line)] : [])),
  );
  const scheduled = workflows.flatMap(({ file, name, triggers, jobs }) => {
    const schedule = triggers.find(
      ({ event, types }) => event === 'schedule' || event === 'delete' || types.includes('closed'),
    );
    const text = `${file} ${name} ${jobs.map((job) => `${job.id} ${job.name ?? ''} ${job.steps.map((step) => step.name ?? '').join(' ')}`).join(' ')}`;
    return schedule && PRUNES.test(text) ? [at(file, schedule.line)] : [];
  });
  const lifecycles = estate.resources.flatMap(({ kind, properties, declared }) =>
    kind === 'AWS::ECR::Repository' && (properties.lifecyclePolicy ?? properties.hasLifecyclePolicy)
      ? declared.slice(0, 1)
      : [],
  );
  const scripts = estate.artifacts.scriptTraits.flatMap(({ file, traits }) =>
    traits.flatMap(({ trait, line }) => (trait === 'prunes' ? [at(file, line)] : [])),
  );
  const found = [...signs, ...scheduled, ...lifecycles, ...scripts];
  if (found.length > 0) {
    const names = filesOf(found);
    return yes(
      {
        fr: `Ce qui a vieilli est retiré par ${names.fr}.`,
        en: `What has grown old is removed by ${names.en}.`,
      },
      shown(found),
    );
  }
  const pushes = workflows.flatMap(pushesOf);
  if (pushes.length === 0 && waysToDeploy(estate).length === 0)
    return isDeployed(estate)
      ? cannotTell({
          fr: 'Rien de ce qui a été lu ne publie ni ne déploie\u00a0: il n’y a peut-être rien à retirer.',
          en: 'Nothing that was read publishes or deploys: there may be nothing to remove.',
        })
      : notDeployed();
  return no(
    {
      fr: 'Aucun workflow planifié ni cycle de vie déclaré ne retire de branche, d’image ou de déploiement\u00a0; les réglages de GitHub n’ont pas été lus.',
      en: 'No scheduled workflow and no declared lifecycle removes branches, images or deployments; the settings of GitHub were not read.',
    },
    shown(pushes.map(({ place }) => place)),
  );
}
