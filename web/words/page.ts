/** Words of the page's frame and of its cover. */
export const pageWords = {
  skip: { fr: 'Aller au contenu', en: 'Skip to content' },
  contents: { fr: 'Sommaire', en: 'Contents' },
  theme: { fr: 'Thème', en: 'Theme' },
  print: { fr: 'Imprimer', en: 'Print' },
  otherLanguage: { fr: 'English', en: 'Français' },
  copy: { fr: 'Copier', en: 'Copy' },
  copyAll: { fr: 'Copier toutes ces commandes', en: 'Copy all these commands' },
  openAll: { fr: 'Tout ouvrir', en: 'Open all' },
  closeAll: { fr: 'Tout fermer', en: 'Close all' },
  foot: {
    fr: 'Constat {version}, audit {id}. Les valeurs secrètes sont masquées et ne sont pas conservées.',
    en: 'Constat {version}, audit {id}. Secret values are masked and not kept.',
  },
  table: { fr: 'Tableau : {title}', en: 'Table: {title}' },
  none: { fr: '—', en: '—' },
  other: { fr: 'et {n} autre', en: 'and {n} more' },
  others: { fr: 'et {n} autres', en: 'and {n} more' },
};

export const sectionWords = {
  summary: { fr: 'Synthèse', en: 'Summary' },
  systems: { fr: 'Systèmes et environnements', en: 'Systems and environments' },
  architecture: { fr: 'Architecture', en: 'Architecture' },
  deployments: { fr: 'Déploiements', en: 'Deployments' },
  findings: { fr: 'Écarts', en: 'Findings' },
  actions: { fr: 'Actions', en: 'Actions' },
  inventory: { fr: 'Inventaire', en: 'Inventory' },
  verify: { fr: 'Commandes de vérification', en: 'Commands to verify' },
  basis: { fr: 'Sur quoi repose ce constat', en: 'What this report rests on' },
};

export const coverWords = {
  estate: { fr: 'Périmètre', en: 'Estate' },
  date: { fr: 'Établi le', en: 'Established' },
  commit: { fr: 'Commit', en: 'Commit' },
  accounts: { fr: 'Compte AWS déclaré', en: 'AWS account declared' },
  regions: { fr: 'Région', en: 'Region' },
  lede: {
    fr: 'Sur {resources}, {agree}. {gaps}.',
    en: 'Of {resources}, {agree}. {gaps}.',
  },
  ledeUnseen: {
    fr: 'Le dépôt déclare {resources}{where}. {gaps}. Rien n’a été lu hors du dépôt.',
    en: 'The repository declares {resources}{where}. {gaps}. Nothing was read outside it.',
  },
  ledeStates: {
    fr: 'Le dépôt et les états Terraform donnés déclarent {resources}{where}. {gaps}. Rien d’autre n’a été lu.',
    en: 'The repository and the Terraform states that were given declare {resources}{where}. {gaps}. Nothing else was read.',
  },
  ledeWhere: { fr: ' pour {systems}', en: ' for {systems}' },
  resource: { fr: '{n} ressource', en: '{n} resource' },
  resources: { fr: '{n} ressources', en: '{n} resources' },
  agreeOne: { fr: '{n} est déclarée et conforme', en: '{n} is declared and agrees with what runs' },
  agreeMany: { fr: '{n} sont déclarées et conformes', en: '{n} are declared and agree with what runs' },
  noGap: { fr: 'Aucun écart n’est établi', en: 'No gap is established' },
  gap: { fr: '{n} écart est établi', en: '{n} gap is established' },
  gaps: { fr: '{n} écarts sont établis', en: '{n} gaps are established' },
  ofWhichCritical: { fr: '{gaps}, dont {n} de gravité critique', en: '{gaps}, {n} of them critical' },
  ofWhichHigh: { fr: '{gaps}, dont {n} de gravité élevée', en: '{gaps}, {n} of them high' },
  statusTitleOne: { fr: '{n} ressource selon son statut', en: '{n} resource by status' },
  statusTitle: { fr: '{n} ressources selon leur statut', en: '{n} resources by status' },
  gapsBy: { fr: 'Écarts par gravité et priorité', en: 'Findings by severity and priority' },
  severity: { fr: 'Gravité', en: 'Severity' },
  total: { fr: 'Total', en: 'Total' },
  strengths: { fr: 'Ce qui tient', en: 'What holds' },
  first: { fr: 'À faire d’abord', en: 'To do first' },
  closes: { fr: 'Referme {gaps}', en: 'Closes {gaps}' },
  nothingFirst: {
    fr: 'Aucune règle n’a trouvé d’écart dans ce qui a été lu.',
    en: 'No rule found a gap in what was read.',
  },
  muted: {
    fr: '{n} écart mis en sourdine n’est pas compté.',
    en: '{n} muted finding is not counted.',
  },
  mutedMany: {
    fr: '{n} écarts mis en sourdine ne sont pas comptés.',
    en: '{n} muted findings are not counted.',
  },
  unseenTitle: {
    fr: 'Rien n’est vérifié : aucun accès n’a été demandé',
    en: 'Nothing is verified: no access was asked for',
  },
  unseen: {
    fr: 'Tout ce qui suit vient des fichiers du dépôt. Une ressource déclarée peut ne pas exister, ou exister autrement.',
    en: 'Everything below comes from the repository’s files. A declared resource may not exist, or may differ.',
  },
  unseenHow: {
    fr: 'Pour savoir : {commands}, en lecture seule, avec le résultat attendu.',
    en: 'To find out: {commands}, read-only, with the result to expect.',
  },
  skipped: { fr: '{source} : {reason}', en: '{source}: {reason}' },
  command: { fr: '{n} commande de vérification', en: '{n} command to verify' },
  commands: { fr: '{n} commandes de vérification', en: '{n} commands to verify' },
  readResource: { fr: 'ressource déclarée', en: 'resource declared' },
  readResources: { fr: 'ressources déclarées', en: 'resources declared' },
  readResourcesNote: { fr: 'aucune vérifiée', en: 'none verified' },
  readSystem: { fr: 'système', en: 'system' },
  readSystems: { fr: 'systèmes', en: 'systems' },
  readSystemsNote: { fr: 'sur {environments}', en: 'over {environments}' },
  environment: { fr: '{n} environnement', en: '{n} environment' },
  environments: { fr: '{n} environnements', en: '{n} environments' },
  system: { fr: '{n} système', en: '{n} system' },
  systems: { fr: '{n} systèmes', en: '{n} systems' },
  readWorkflow: { fr: 'workflow', en: 'workflow' },
  readWorkflows: { fr: 'workflows', en: 'workflows' },
  readRun: { fr: '{n} exécution suivie', en: '{n} run followed' },
  readRuns: { fr: '{n} exécutions suivies', en: '{n} runs followed' },
  readGap: { fr: 'écart', en: 'finding' },
  readGaps: { fr: 'écarts', en: 'findings' },
  readGapsNote: { fr: 'dont {n} en P1', en: '{n} of them P1' },
  readProof: { fr: 'commande', en: 'command' },
  readProofs: { fr: 'commandes', en: 'commands' },
  readProofsNote: { fr: 'pour vérifier', en: 'to verify' },
};

export const headlineWords = {
  declaredOnly: {
    fr: '{resources}, aucune vérifiée : aucun accès n’a été demandé.',
    en: '{resources}, none verified: no access was asked for.',
  },
  declared: { fr: '{n} ressource déclarée', en: '{n} resource declared' },
  declaredMany: { fr: '{n} ressources déclarées', en: '{n} resources declared' },
  missing: { fr: '{n} ressource déclarée est introuvable.', en: '{n} declared resource is not there.' },
  missingMany: {
    fr: '{n} ressources déclarées sont introuvables.',
    en: '{n} declared resources are not there.',
  },
  drifted: {
    fr: '{n} ressource diffère de sa déclaration.',
    en: '{n} resource differs from its declaration.',
  },
  driftedMany: {
    fr: '{n} ressources diffèrent de leur déclaration.',
    en: '{n} resources differ from their declaration.',
  },
  unverified: {
    fr: '{n} ressource déclarée n’a pas pu être vérifiée.',
    en: '{n} declared resource could not be verified.',
  },
  unverifiedMany: {
    fr: '{n} ressources déclarées n’ont pas pu être vérifiées.',
    en: '{n} declared resources could not be verified.',
  },
  undocumented: {
    fr: '{n} ressource tourne sans être déclarée.',
    en: '{n} resource runs without being declared.',
  },
  undocumentedMany: {
    fr: '{n} ressources tournent sans être déclarées.',
    en: '{n} resources run without being declared.',
  },
  agree: {
    fr: 'Ce qui est déclaré est observé, et tout concorde.',
    en: 'What is declared is observed, and all of it agrees.',
  },
  nothing: {
    fr: 'Le dépôt ne déclare aucune ressource.',
    en: 'The repository declares no resource.',
  },
};
