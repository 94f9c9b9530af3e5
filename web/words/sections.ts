/** Words of the sections after the cover, by section. */
export const systemsWords = {
  say: {
    fr: 'Chaque genre de déploiement demande des composants. Une case dit ce que l’on sait de l’un d’eux, y compris quand aucun fichier ne le définit.',
    en: 'Each kind of deployment needs components. A cell says what is known of one of them, also when no file defines it.',
  },
  component: { fr: 'Composant', en: 'Component' },
  resource: { fr: 'Ressource', en: 'Resource' },
  status: { fr: 'Statut', en: 'Status' },
  note: { fr: 'Note', en: 'Note' },
  named: { fr: '{n}/{total} nommés', en: '{n}/{total} named' },
  agreed: { fr: '{n}/{total} conformes', en: '{n}/{total} agree' },
  left: {
    fr: '{n} de plus, dans l’inventaire\u00a0: ceux qui n’attendent rien sont laissés en dernier.',
    en: '{n} more, in the inventory: those that wait for nothing are left to the last.',
  },
  deployedBy: { fr: 'Déployé par', en: 'Deployed by' },
  noWorkflow: { fr: 'Aucun workflow ne le déploie', en: 'No workflow deploys it' },
};

export const architectureWords = {
  say: {
    fr: 'Ce qui mène à quoi, d’après les relations que les fichiers et le compte donnent.',
    en: 'What leads to what, from the relations that files and the account give.',
  },
  of: { fr: 'Architecture de {title}', en: 'Architecture of {title}' },
  left: { fr: '{n} ressources de plus ne sont pas dessinées.', en: '{n} more resources are not drawn.' },
};

export const deploymentWords = {
  say: {
    fr: 'Chaque workflow est rejoué dans un shell simulé, une fois par choix possible. Rien ne sort de la simulation.',
    en: 'Each workflow is rehearsed in a simulated shell, once per possible choice. Nothing leaves the simulation.',
  },
  comparison: { fr: 'Comparaison des workflows', en: 'Workflows compared' },
  rehearsals: { fr: 'Répétitions', en: 'Rehearsals' },
  workflow: { fr: 'Workflow', en: 'Workflow' },
  trigger: { fr: 'Déclenchement', en: 'Trigger' },
  authentication: { fr: 'Authentification', en: 'Authentication' },
  pushes: { fr: 'Publie dans', en: 'Publishes to' },
  deploys: { fr: 'Déploie', en: 'Deploys' },
  environments: { fr: 'Environnements', en: 'Environments' },
  runs: { fr: 'Exécutions', en: 'Runs' },
  prediction: { fr: 'Prédiction', en: 'Prediction' },
  runsThrough: { fr: 'aucun obstacle dans le compte', en: 'nothing in its way in the account' },
  stopsAt: { fr: 's’arrête à l’appel {n}', en: 'stops at call {n}' },
  call: { fr: '{n} appel', en: '{n} call' },
  calls: { fr: '{n} appels', en: '{n} calls' },
  sameCalls: { fr: '{n} choix, mêmes appels', en: '{n} choices, same calls' },
  line: { fr: 'ligne', en: 'line' },
  stopsHere: { fr: 's’arrête ici', en: 'stops here' },
  succeeds: { fr: 'aboutit', en: 'succeeds' },
  unknown: { fr: 'inconnu', en: 'unknown' },
  notEstablished: { fr: 'non établi', en: 'not established' },
  onHost: { fr: 'sur {host}', en: 'on {host}' },
  ifHolds: { fr: 'si {condition}', en: 'if {condition}' },
  secrets: { fr: 'Secrets lus : {names}', en: 'Secrets read: {names}' },
  role: { fr: 'Rôle : {name}', en: 'Role: {name}' },
  noCall: { fr: 'Aucun appel vers un service.', en: 'No call to any service.' },
  cut: {
    fr: 'Appels non montrés : {n}, dans `report.json`.',
    en: 'Calls not shown: {n}, in `report.json`.',
  },
};

export const findingWords = {
  say: {
    fr: 'Chaque écart montre ses deux côtés : ce que disent les fichiers, ce que montre la lecture du compte.',
    en: 'Each finding shows both sides: what the files say, what the account shows.',
  },
  sayUnseen: {
    fr: 'Chaque écart cite le fichier et la ligne qui l’établissent, puis ce qu’il faut faire.',
    en: 'Each finding cites the file and line that establish it, then what to do.',
  },
  search: { fr: 'Chercher', en: 'Search' },
  searchIn: { fr: 'Chercher dans les écarts', en: 'Search the findings' },
  system: { fr: 'Système', en: 'System' },
  allSystems: { fr: 'Tous les systèmes', en: 'All systems' },
  rule: { fr: 'Règle', en: 'Rule' },
  allRules: { fr: 'Toutes les règles', en: 'All rules' },
  severity: { fr: 'Gravité', en: 'Severity' },
  declared: { fr: 'Déclaré', en: 'Declared' },
  observed: { fr: 'Observé', en: 'Observed' },
  established: { fr: 'Établi par', en: 'Established by' },
  differs: { fr: 'diffère de', en: 'differs from' },
  remedy: { fr: 'Remède', en: 'Remedy' },
  concerns: { fr: 'Concerne', en: 'Concerns' },
  confidence: { fr: 'Confiance', en: 'Confidence' },
  alsoAt: { fr: 'Aussi à', en: 'Also at' },
  nothing: { fr: 'Aucun écart ne répond à ces filtres.', en: 'No finding matches these filters.' },
  mutedTitle: { fr: 'En sourdine', en: 'Muted' },
  mutedBy: { fr: 'Mis en sourdine par {owner} : {reason}', en: 'Muted by {owner}: {reason}' },
  mutedUntil: { fr: '(jusqu’au {until})', en: '(until {until})' },
  shared: { fr: 'partagé', en: 'shared' },
};

export const actionWords = {
  say: {
    fr: 'Les remèdes des écarts, par système et par priorité, à cocher une fois faits.',
    en: 'The remedies of the findings, by system and priority, to tick once done.',
  },
  next: { fr: 'Prochaines étapes', en: 'Next steps' },
  checklist: { fr: 'À faire, par système', en: 'To do, by system' },
  shared: { fr: 'Tous systèmes', en: 'All systems' },
  action: { fr: '{n} action', en: '{n} action' },
  actions: { fr: '{n} actions', en: '{n} actions' },
};

export const environmentFileWords = {
  title: { fr: 'Variables des fichiers d’environnement', en: 'Variables of environment files' },
  say: {
    fr: 'Le nom de chaque variable et le genre de sa valeur. La valeur n’est ni montrée ni conservée.',
    en: 'The name of each variable and the sort of its value. The value is neither shown nor kept.',
  },
  example: { fr: 'exemple', en: 'example' },
  variable: { fr: 'Variable', en: 'Variable' },
  secret: { fr: 'Secret', en: 'Secret' },
  value: { fr: 'Valeur', en: 'Value' },
  oneVariable: { fr: '{n} variable', en: '{n} variable' },
  variables: { fr: '{n} variables', en: '{n} variables' },
  oneSecret: { fr: '{n} secrète', en: '{n} secret' },
  secrets: { fr: '{n} secrètes', en: '{n} secret' },
};

export const proofWords = {
  say: {
    fr: 'Ces commandes ne font que lire. Chacune dit ce qu’elle doit montrer pour que les noms déclarés soient établis.',
    en: 'These commands only read. Each says what it must show for the declared names to be established.',
  },
  expected: { fr: 'Attendu', en: 'Expected' },
  names: { fr: 'Noms attendus', en: 'Names expected' },
  external: { fr: 'Autres', en: 'Other' },
};

export const basisWords = {
  say: {
    fr: 'Une liste vide qui vient d’une lecture refusée n’est pas une liste vide.',
    en: 'An empty list that comes from a denied read is not an empty list.',
  },
  coverage: { fr: 'Sources', en: 'Sources' },
  source: { fr: 'Source', en: 'Source' },
  scope: { fr: 'Étendue', en: 'Scope' },
  state: { fr: 'État', en: 'State' },
  reads: { fr: 'Lectures', en: 'Reads' },
  refused: { fr: 'Refusées', en: 'Refused' },
  failed: { fr: 'En échec', en: 'Failed' },
  add: { fr: 'À savoir', en: 'To know' },
  permission: { fr: 'À ajouter pour lire : {names}', en: 'Add to read it: {names}' },
  operations: { fr: 'Détail des lectures', en: 'Reads in detail' },
  operation: { fr: 'Lecture', en: 'Read' },
  number: { fr: 'Nombre', en: 'Number' },
  unreadAsked: { fr: 'Demandé et non lu', en: 'Asked for and not read' },
  unreadLeft: { fr: 'Laissé de côté', en: 'Left aside' },
  file: { fr: 'Fichier', en: 'File' },
  why: { fr: 'Raison', en: 'Reason' },
  unknown: { fr: 'Règles restées sans réponse', en: 'Rules left without an answer' },
  unknownSay: {
    fr: 'Ces points ne sont ni bons ni mauvais : ce qu’il faut pour répondre n’a pas été lu.',
    en: 'These points are neither good nor bad: what it takes to answer was not read.',
  },
  rule: { fr: 'Règle', en: 'Rule' },
  subjects: { fr: 'Sujets', en: 'Subjects' },
  glossary: { fr: 'Les statuts', en: 'The statuses' },
  glossarySay: {
    fr: 'Le demi-disque gauche est ce qui est déclaré, le droit ce qui est observé.',
    en: 'The left half-disc is what is declared, the right one what is observed.',
  },
  more: {
    fr: 'Lignes non montrées : {n}, dans `report.json`.',
    en: 'Lines not shown: {n}, in `report.json`.',
  },
};
