import type { Kind } from '../fact.ts';
import { eachNamePrinted, word } from './aws.ts';
import { asText, asWritten } from './compared.ts';
import type { KindDefinition } from './kind.ts';

const cloudflare = (
  kind: Kind,
  fr: string,
  en: string,
  rest: Omit<KindDefinition, 'kind' | 'provider' | 'title'>,
): KindDefinition => ({ kind, provider: 'cloudflare', title: { fr, en }, global: true, ...rest });

const wrangler =
  (command: string): NonNullable<KindDefinition['verify']> =>
  (names) => ({ command: `npx wrangler ${command}`, expected: eachNamePrinted(names) });

/** A script of Workers and what is bound, routed or scheduled to it; names as its configuration writes them. */
const workers: KindDefinition[] = [
  cloudflare('Cloudflare::Workers::Script', 'Worker Cloudflare', 'Cloudflare Worker', {
    domain: 'compute',
    compared: { compatibilityDate: asWritten, workersDev: asWritten, placement: asWritten },
    verify: (names) => ({
      command: names.map((name) => `npx wrangler deployments list --name ${word(name)}`).join('\n'),
      expected: { fr: 'chaque commande montre un déploiement', en: 'each command shows a deployment' },
    }),
  }),
  // name: <script>/<secret>
  cloudflare('Cloudflare::Workers::Secret', 'secret de Worker', 'Worker secret', { domain: 'identity' }),
  // name: the pattern, without its scheme
  cloudflare('Cloudflare::Workers::Route', 'route de Worker', 'Worker route', {
    domain: 'edge',
    directed: { script: 'routes-to' },
  }),
  // name: the host name
  cloudflare('Cloudflare::Workers::Domain', 'domaine de Worker', 'Worker custom domain', {
    domain: 'edge',
    directed: { script: 'routes-to' },
  }),
  // name: <script> <cron>
  cloudflare('Cloudflare::Workers::CronTrigger', 'déclencheur planifié de Worker', 'Worker cron trigger', {
    domain: 'compute',
  }),
  // name: <script>/<class>
  cloudflare('Cloudflare::DurableObjects::Namespace', 'espace Durable Objects', 'Durable Objects namespace', {
    domain: 'data',
  }),
  cloudflare('Cloudflare::Pages::Project', 'projet Cloudflare Pages', 'Cloudflare Pages project', {
    domain: 'compute',
    compared: { productionBranch: asWritten },
    verify: wrangler('pages project list'),
  }),
];

/** What Workers keep data in and hand it on with. */
const stores: KindDefinition[] = [
  cloudflare('Cloudflare::D1::Database', 'base D1', 'D1 database', {
    domain: 'data',
    compared: { id: asWritten },
    verify: wrangler('d1 list'),
  }),
  // name: the title; of a namespace that has only an id in files: its binding
  cloudflare('Cloudflare::KV::Namespace', 'espace KV', 'KV namespace', {
    domain: 'data',
    verify: wrangler('kv namespace list'),
  }),
  cloudflare('Cloudflare::R2::Bucket', 'bucket R2', 'R2 bucket', {
    domain: 'data',
    verify: wrangler('r2 bucket list'),
  }),
  cloudflare('Cloudflare::Queue', 'file Cloudflare', 'Cloudflare queue', {
    domain: 'messaging',
    verify: wrangler('queues list'),
  }),
  cloudflare('Cloudflare::Hyperdrive::Config', 'configuration Hyperdrive', 'Hyperdrive configuration', {
    domain: 'data',
    verify: wrangler('hyperdrive list'),
  }),
  cloudflare('Cloudflare::Vectorize::Index', 'index Vectorize', 'Vectorize index', {
    domain: 'data',
    verify: wrangler('vectorize list'),
  }),
  cloudflare('Cloudflare::Stream', 'Cloudflare Stream', 'Cloudflare Stream', { domain: 'data' }),
];

/** Zones, what they answer, and who is let in. */
const edge: KindDefinition[] = [
  cloudflare('Cloudflare::Zone', 'zone Cloudflare', 'Cloudflare zone', { domain: 'edge' }),
  // scope: the record's type
  cloudflare('Cloudflare::DNS::Record', 'enregistrement DNS', 'DNS record', {
    domain: 'edge',
    scoped: true,
    compared: { proxied: asText },
  }),
  // name: <zone> <phase>, or the phase alone for the account's own
  cloudflare('Cloudflare::Ruleset', 'jeu de règles Cloudflare', 'Cloudflare ruleset', { domain: 'edge' }),
  // name: the first host
  cloudflare('Cloudflare::CertificatePack', 'certificat Cloudflare', 'Cloudflare certificate pack', {
    domain: 'edge',
  }),
  cloudflare('Cloudflare::Tunnel', 'tunnel Cloudflare', 'Cloudflare tunnel', { domain: 'network' }),
  cloudflare('Cloudflare::Access::Application', 'application Access', 'Access application', {
    domain: 'identity',
  }),
  cloudflare('Cloudflare::Access::Policy', 'règle Access', 'Access policy', { domain: 'identity' }),
  cloudflare(
    'Cloudflare::Access::IdentityProvider',
    'fournisseur d’identité Access',
    'Access identity provider',
    {
      domain: 'identity',
    },
  ),
  cloudflare('Cloudflare::Access::ServiceToken', 'jeton de service Access', 'Access service token', {
    domain: 'identity',
  }),
  cloudflare('Cloudflare::Turnstile::Widget', 'widget Turnstile', 'Turnstile widget', { domain: 'edge' }),
  cloudflare('Cloudflare::APIToken', 'jeton d’API Cloudflare', 'Cloudflare API token', {
    domain: 'identity',
  }),
];

/** Cloudflare. Names of products as its own documentation and API write them. */
export const kinds: KindDefinition[] = [...workers, ...stores, ...edge];
