/** Words of the inventory, which the page's script shows too. */
export const inventoryWords = {
  say: {
    fr: '{n} ressources, toutes sources confondues. Les totaux sont comptés, jamais estimés.',
    en: '{n} resources, all sources together. Totals are counted, never estimated.',
  },
  sayOne: { fr: '{n} ressource.', en: '{n} resource.' },
  builtIn: {
    fr: 'Non listées\u00a0: {n} que le fournisseur crée dans tout compte (VPC par défaut, bus par défaut, clés de ses services).',
    en: 'Not listed: {n} that the provider makes in every account (default VPC, default bus, keys of its services).',
  },
  builtInElsewhere: {
    fr: 'Non listées\u00a0: {n} que le fournisseur crée dans tout compte.',
    en: 'Not listed: {n} that the provider makes in every account.',
  },
  builtInOnHosts: {
    fr: 'Non listées\u00a0: {n} que les hôtes ont d’eux-mêmes ou que d’autres disent déjà (ports, conteneurs de Compose, parties de la distribution).',
    en: 'Not listed: {n} that hosts have of their own or that others tell (ports, containers of Compose, parts of the distribution).',
  },
  byDomain: { fr: 'Par domaine', en: 'By domain' },
  all: { fr: 'Toutes les ressources', en: 'All resources' },
  name: { fr: 'Nom', en: 'Name' },
  status: { fr: 'Statut', en: 'Status' },
  kind: { fr: 'Type', en: 'Kind' },
  domain: { fr: 'Domaine', en: 'Domain' },
  system: { fr: 'Système', en: 'System' },
  environments: { fr: 'Env.', en: 'Env.' },
  evidence: { fr: 'Preuve', en: 'Evidence' },
  total: { fr: 'Total', en: 'Total' },
  search: { fr: 'Chercher', en: 'Search' },
  searchIn: { fr: 'Chercher dans l’inventaire', en: 'Search the inventory' },
  allDomains: { fr: 'Tous les domaines', en: 'All domains' },
  allStatuses: { fr: 'Tous les statuts', en: 'All statuses' },
  allSystems: { fr: 'Tous les systèmes', en: 'All systems' },
  shared: { fr: 'partagé', en: 'shared' },
  previous: { fr: 'Précédent', en: 'Previous' },
  next: { fr: 'Suivant', en: 'Next' },
  position: { fr: '{from} à {to} sur {total}', en: '{from} to {to} of {total}' },
  nothing: {
    fr: 'Aucune ressource ne répond à ces filtres.',
    en: 'No resource matches these filters.',
  },
  firstRows: {
    fr: 'Les {n} premières lignes sur {total} ; toutes sont dans `report.json`.',
    en: 'The first {n} rows of {total}; all of them are in `report.json`.',
  },
};

/** Words of the controls that the page's script gives life to. */
export const controlWords = {
  copied: { fr: 'Copié', en: 'Copied' },
  shown: { fr: '{n} sur {total}', en: '{n} of {total}' },
};
