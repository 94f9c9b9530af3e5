import type { Text } from '#model/text.ts';

/** Words for the values that the report's fields can take. */
export const statusWords: Record<string, Text> = {
  verified: { fr: 'vérifié', en: 'verified' },
  drifted: { fr: 'divergent', en: 'drifted' },
  missing: { fr: 'absent', en: 'missing' },
  unverified: { fr: 'non vérifié', en: 'unverified' },
  undocumented: { fr: 'non documenté', en: 'undocumented' },
  undefined: { fr: 'non défini', en: 'undefined' },
};

/** For the cells of the matrix. */
export const shortStatusWords: Record<string, Text> = {
  ...statusWords,
  unverified: { fr: 'non vérif.', en: 'unverified' },
  undocumented: { fr: 'non doc.', en: 'undoc.' },
};

export const statusMeaning: Record<string, Text> = {
  verified: { fr: 'déclaré et observé, d’accord', en: 'declared and observed, in agreement' },
  drifted: {
    fr: 'déclaré et observé, une valeur diffère',
    en: 'declared and observed, a value differs',
  },
  missing: { fr: 'déclaré, cherché, introuvable', en: 'declared, looked for, not there' },
  unverified: { fr: 'déclaré, personne n’a pu regarder', en: 'declared, nobody could look' },
  undocumented: { fr: 'observé, déclaré nulle part', en: 'observed, declared nowhere' },
};

export const statusDefinition: Record<string, Text> = {
  verified: {
    fr: 'Un fichier ou une page le déclare, la lecture du compte le montre, et leurs propriétés concordent.',
    en: 'A file or a page declares it, the account shows it, and their properties agree.',
  },
  drifted: {
    fr: 'Les deux côtés existent, au moins une propriété diffère. Les deux valeurs sont données.',
    en: 'Both sides exist and at least one property differs. Both values are given.',
  },
  missing: {
    fr: 'Déclaré, et la liste où il devrait figurer a été lue en entier. Une liste refusée ne prouve aucune absence.',
    en: 'Declared, and the list it should be in was read in full. A denied list proves no absence.',
  },
  unverified: {
    fr: 'Déclaré, mais la lecture n’a pas été demandée, a été refusée ou a échoué. La raison accompagne toujours le statut.',
    en: 'Declared, but reading was not asked for, was denied or failed. The reason always comes with the status.',
  },
  undocumented: {
    fr: 'Le compte le montre, aucun fichier du dépôt ni page de documentation n’en parle.',
    en: 'The account shows it; no file of the repository and no page of the docs mentions it.',
  },
  undefined: {
    fr: 'Ce genre de déploiement en a besoin, aucun fichier ne le nomme et aucune lecture ne le montre. Ne se dit que d’un composant.',
    en: 'This kind of deployment needs it; no file names it and no read shows it. Said of components only.',
  },
};

export const severityWords: Record<string, Text> = {
  critical: { fr: 'critique', en: 'critical' },
  high: { fr: 'élevée', en: 'high' },
  medium: { fr: 'moyenne', en: 'medium' },
  low: { fr: 'faible', en: 'low' },
};

export const confidenceWords: Record<string, Text> = {
  high: { fr: 'élevée', en: 'high' },
  medium: { fr: 'moyenne', en: 'medium' },
  low: { fr: 'faible', en: 'low' },
};

export const sourceWords: Record<string, Text> = {
  repo: { fr: 'Dépôt', en: 'Repository' },
  docs: { fr: 'Documentation', en: 'Docs' },
  target: { fr: 'Cible déclarée', en: 'Declared target' },
  aws: { fr: 'AWS', en: 'AWS' },
  cloudflare: { fr: 'Cloudflare', en: 'Cloudflare' },
  host: { fr: 'Hôte', en: 'Host' },
  github: { fr: 'GitHub', en: 'GitHub' },
  azure: { fr: 'Azure', en: 'Azure' },
  probe: { fr: 'Requêtes réelles', en: 'Real requests' },
  import: { fr: 'Import', en: 'Import' },
};

export const coverageWords: Record<string, Text> = {
  complete: { fr: 'complet', en: 'complete' },
  partial: { fr: 'partiel', en: 'partial' },
  denied: { fr: 'refusé', en: 'denied' },
  failed: { fr: 'en échec', en: 'failed' },
  skipped: { fr: 'non demandé', en: 'not asked' },
};

export const authWords: Record<string, Text> = {
  oidc: { fr: 'OIDC', en: 'OIDC' },
  'static-keys': { fr: 'secret permanent', en: 'long-lived secret' },
  'github-token': { fr: 'jeton du job', en: 'job token' },
  none: { fr: 'aucune', en: 'none' },
  unknown: { fr: 'inconnue', en: 'unknown' },
};

export const verbWords: Record<string, Text> = {
  creates: { fr: 'crée', en: 'creates' },
  requires: { fr: 'exige', en: 'requires' },
  uses: { fr: 'utilise', en: 'uses' },
  deletes: { fr: 'supprime', en: 'deletes' },
};

export const certaintyWords: Record<string, Text> = {
  rehearsed: { fr: 'rejoué', en: 'rehearsed' },
  static: { fr: 'lu, non rejoué', en: 'read, not rehearsed' },
  'key-name': { fr: 'déduit d’une clé', en: 'from a key’s name' },
};

export const nameStatusWords: Record<string, Text> = {
  resolved: { fr: 'nom calculé', en: 'computed name' },
  template: { fr: 'nom connu en partie', en: 'name known in part' },
  logical: { fr: 'nom logique', en: 'logical name' },
};

export const domainWords: Record<string, Text> = {
  compute: { fr: 'Calcul', en: 'Compute' },
  images: { fr: 'Images', en: 'Images' },
  network: { fr: 'Réseau', en: 'Network' },
  edge: { fr: 'DNS et CDN', en: 'DNS and CDN' },
  data: { fr: 'Données', en: 'Data' },
  messaging: { fr: 'Messages', en: 'Messaging' },
  identity: { fr: 'Identités et secrets', en: 'Identity and secrets' },
  observability: { fr: 'Journaux et alarmes', en: 'Logs and alarms' },
  delivery: { fr: 'Livraison', en: 'Delivery' },
  ai: { fr: 'Services d’IA', en: 'AI services' },
  external: { fr: 'Services tiers', en: 'Third parties' },
};

/** What the mark of a check is read as, where the mark alone stands for it. */
export const checkWords = {
  yes: { fr: 'oui', en: 'yes' },
  no: { fr: 'non', en: 'no' },
};

export const valueClassWords: Record<string, Text> = {
  empty: { fr: 'vide', en: 'empty' },
  placeholder: { fr: 'à remplacer', en: 'placeholder' },
  default: { fr: 'valeur par défaut', en: 'default value' },
  weak: { fr: 'faible', en: 'weak' },
  strong: { fr: 'forte', en: 'strong' },
  reference: { fr: 'référence', en: 'reference' },
  plain: { fr: 'réglage', en: 'setting' },
};

export const horizonWords: Record<string, Text> = {
  now: { fr: 'Tout de suite', en: 'Now' },
  soon: { fr: 'À court terme', en: 'Soon' },
  later: { fr: 'À moyen terme', en: 'Later' },
};

export const blueprintWords: Record<string, Text> = {
  'ecs-web-service': { fr: 'service web sur ECS', en: 'web service on ECS' },
  's3-cloudfront-site': { fr: 'site sur S3 et CloudFront', en: 'site on S3 and CloudFront' },
  'queue-function': { fr: 'fonction et files', en: 'function with queues' },
  'cloudflare-worker': { fr: 'Worker sur Cloudflare', en: 'Worker on Cloudflare' },
  'host-service': { fr: 'service sur un hôte', en: 'service on a host' },
};
