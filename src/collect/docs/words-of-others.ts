import { BUCKET, DOMAIN, type Entry, HYPHENATED, list, PLAIN, ROUTE53 } from './kind-forms.ts';

const CLOUDFLARE = ['cloudflare', 'wrangler'];

/** How people call what is not of AWS. */
export const others: readonly Entry[] = [
  // Cloudflare
  [
    {
      kind: 'Cloudflare::Workers::Script',
      name: /^[a-z0-9][a-z0-9_-]{0,62}$/,
      needs: CLOUDFLARE,
      unless: list('celery, sidekiq, bullmq, rq, gunicorn'),
    },
    'cloudflare worker, worker cloudflare',
    'worker',
  ],
  [
    { kind: 'Cloudflare::D1::Database', name: PLAIN },
    'd1 database, database d1, base d1, base de donnees d1, cloudflare d1',
    '',
  ],
  [{ kind: 'Cloudflare::KV::Namespace', name: /^[\w-]{2,512}$/ }, 'kv namespace, namespace kv, espace kv'],
  [{ kind: 'Cloudflare::R2::Bucket', name: BUCKET }, 'r2 bucket, bucket r2'],
  [{ kind: 'Cloudflare::Queue', name: PLAIN }, 'cloudflare queue, queue cloudflare, file cloudflare'],
  [
    { kind: 'Cloudflare::Pages::Project', name: PLAIN, needs: CLOUDFLARE },
    'pages project, projet pages, cloudflare pages project, projet cloudflare pages, cloudflare pages',
  ],
  [{ kind: 'Cloudflare::Zone', name: DOMAIN }, 'cloudflare zone, zone cloudflare'],
  [
    { kind: 'Cloudflare::DNS::Record', name: DOMAIN, needs: ['cloudflare'], unless: ROUTE53 },
    'cloudflare dns record, cloudflare record, enregistrement cloudflare, enregistrement dns cloudflare',
    'dns record, enregistrement dns',
  ],

  // Hosts
  [
    {
      kind: 'Systemd::Unit',
      name: /^[A-Za-z0-9@_-]+(?:\.(?:service|timer|socket|path|mount|target))?$/,
      complete: (name) => (name.includes('.') ? name : `${name}.service`),
    },
    'systemd service, service systemd, systemd unit, unite systemd, systemd',
    '',
  ],
  [{ kind: 'Docker::Container', name: HYPHENATED }, 'docker container, container docker, conteneur docker'],
  [{ kind: 'Docker::Network', name: HYPHENATED }, 'docker network, reseau docker'],
  [{ kind: 'Docker::Volume', name: HYPHENATED }, 'docker volume, volume docker'],
  [
    { kind: 'Traefik::Router', name: PLAIN, needs: ['traefik'] },
    'traefik router, router traefik, routeur traefik',
    'router, routeur',
  ],

  // GitHub
  [
    {
      kind: 'GitHub::Actions::Workflow',
      name: /^(?:\.github\/workflows\/)?[\w.@ -]{1,120}\.ya?ml$/,
      unless: ['gitlab', 'argo', 'temporal', 'circleci'],
      trim: (name) => name.replace('.github/workflows/', ''),
    },
    'github workflow, workflow github, github action workflow, workflow github action, github action',
    'workflow',
  ],
  [
    {
      kind: 'GitHub::Actions::Secret',
      name: /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/,
      needs: ['github', 'workflow', 'workflows'],
      unless: ['secrets manager', 'wrangler'],
    },
    'github secret, secret github, github action secret, secret github action, repository secret, secret de depot, secret du depot',
    'secret',
  ],
  [
    { kind: 'GitHub::Actions::Variable', name: /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/ },
    'github variable, variable github, github action variable, variable github action, repository variable',
  ],

  // Kubernetes
  [
    { kind: 'Kubernetes::Namespace', name: PLAIN },
    'kubernetes namespace, namespace kubernetes, k8s namespace',
  ],
  [
    { kind: 'Kubernetes::Deployment', name: HYPHENATED },
    'kubernetes deployment, deployment kubernetes, deploiement kubernetes, k8s deployment',
  ],
];
