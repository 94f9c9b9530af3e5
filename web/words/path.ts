import type { Text } from '#model/text.ts';

/** What a hop is on the path of a request, and what stands beside it. A role without a word is shown as it is. */
export const roleWords: Record<string, Text> = {
  dns: { fr: 'Domaine', en: 'Domain' },
  cdn: { fr: 'CDN', en: 'CDN' },
  'api-gateway': { fr: 'Passerelle d’API', en: 'API gateway' },
  'load-balancer': { fr: 'Répartiteur', en: 'Load balancer' },
  listener: { fr: 'Écouteur', en: 'Listener' },
  'target-group': { fr: 'Groupe cible', en: 'Target group' },
  service: { fr: 'Service', en: 'Service' },
  container: { fr: 'Conteneur', en: 'Container' },
  function: { fr: 'Fonction', en: 'Function' },
  bucket: { fr: 'Bucket', en: 'Bucket' },
  worker: { fr: 'Worker', en: 'Worker' },
  proxy: { fr: 'Proxy', en: 'Proxy' },
  server: { fr: 'Serveur', en: 'Server' },
  host: { fr: 'Hôte', en: 'Host' },
  router: { fr: 'Routeur', en: 'Router' },
  unit: { fr: 'Unité', en: 'Unit' },
  certificate: { fr: 'Certificat', en: 'Certificate' },
  network: { fr: 'Réseau', en: 'Network' },
  image: { fr: 'Image', en: 'Image' },
  'log-group': { fr: 'Journaux', en: 'Logs' },
  'web-acl': { fr: 'Pare-feu applicatif', en: 'Web firewall' },
  secret: { fr: 'Secret', en: 'Secret' },
  zone: { fr: 'Zone DNS', en: 'DNS zone' },
};

/** What a check gave: read where its mark cannot be seen, and in legends. */
export const resultWords: Record<string, Text> = {
  pass: { fr: 'conforme', en: 'pass' },
  fail: { fr: 'en échec', en: 'fail' },
  unknown: { fr: 'sans réponse', en: 'no answer' },
};

/** How sure a cause or a failure is. */
export const certaintyOfCauseWords: Record<string, Text> = {
  established: { fr: 'établie', en: 'established' },
  probable: { fr: 'probable, non établie', en: 'probable, not established' },
};

export const pathWords = {
  say: {
    fr: 'La requête est suivie du nom de domaine à ce qui lui répond. Chaque contrôle dit ce qui a été lu\u00a0; ce qui n’a pas pu l’être reste sans réponse.',
    en: 'The request is followed from the domain name to what answers it. Each check says what was read; what could not be read has no answer.',
  },
  // what opens it: one fact
  stops: {
    fr: 'La requête échoue à l’étape {n} sur {total}, {role} {name}\u00a0: {text}',
    en: 'The request fails at hop {n} of {total}, {role} {name}: {text}',
  },
  weak: {
    fr: 'Aucun échec établi n’arrête la requête\u00a0; le premier point à corriger est à l’étape {n} sur {total}, {role} {name}\u00a0: {text}',
    en: 'No established failure stops the request; the first thing to mend is at hop {n} of {total}, {role} {name}: {text}',
  },
  absent: { fr: 'cherché, introuvable', en: 'looked for, not there' },
  probable: {
    fr: 'Aucun échec n’est établi\u00a0; un échec probable est à l’étape {n} sur {total}, {role} {name}\u00a0: {text}',
    en: 'No failure is established; a probable one is at hop {n} of {total}, {role} {name}: {text}',
  },
  open: {
    fr: 'Aucun échec n’est établi, et rien ne prouve que la requête aboutit\u00a0: {silent}.',
    en: 'No failure is established, and nothing proves that the request is answered: {silent}.',
  },
  silentCheck: { fr: '{n} contrôle est resté sans réponse', en: '{n} check got no answer' },
  silentChecks: { fr: '{n} contrôles sont restés sans réponse', en: '{n} checks got no answer' },
  silentHop: { fr: '{n} étape n’a pas pu être vérifiée', en: '{n} hop could not be verified' },
  silentHops: { fr: '{n} étapes n’ont pas pu être vérifiées', en: '{n} hops could not be verified' },
  empty: {
    fr: 'Aucune étape n’a pu être suivie\u00a0: rien n’est établi sur cette requête.',
    en: 'No hop could be followed: nothing is established about this request.',
  },
  passes: {
    fr: 'La requête passe de bout en bout ({hops})\u00a0: {checks}.',
    en: 'The request passes from end to end ({hops}): {checks}.',
  },
  passedCheck: { fr: 'le seul contrôle est conforme', en: 'the only check passes' },
  passedChecks: { fr: 'les {n} contrôles sont conformes', en: 'all {n} checks pass' },
  hop: { fr: '{n} étape', en: '{n} hop' },
  hops: { fr: '{n} étapes', en: '{n} hops' },
  // the drawing
  drawing: { fr: 'Chemin de {url}', en: 'Path of {url}' },
  drawingOf: { fr: 'Chemin de {url}. {headline}', en: 'Path of {url}. {headline}' },
  firstFailure: { fr: 'premier échec établi', en: 'first established failure' },
  from: { fr: 'depuis l’étape {n}', en: 'from hop {n}' },
  left: {
    fr: 'Non dessinées ici\u00a0: {n}. Toutes les étapes sont dans la liste.',
    en: 'Not drawn here: {n}. All hops are in the list.',
  },
  oneHolds: { fr: '{n} contrôle conforme', en: '{n} check passes' },
  allHold: { fr: '{n} contrôles conformes', en: '{n} checks pass' },
  beyond: { fr: 'au-delà du premier échec', en: 'beyond the first failure' },
  likely: { fr: 'lien probable', en: 'probable link' },
  // causes
  causes: { fr: 'Causes', en: 'Causes' },
  cause: { fr: 'Cause {letter}\u00a0: {title}', en: 'Cause {letter}: {title}' },
  causeLetter: { fr: 'Cause', en: 'Cause' },
  certaintyOfCause: { fr: 'Cause {certainty}.', en: 'Cause {certainty}.' },
  // hops
  hopsTitle: { fr: 'Étapes et contrôles', en: 'Hops and checks' },
  arrives: { fr: 'Reçoit {request}', en: 'Receives {request}' },
  arrivesFrom: {
    fr: 'Reçoit {request}, depuis l’étape {n}',
    en: 'Receives {request}, from hop {n}',
  },
  probableFailure: { fr: 'probable', en: 'probable' },
  noCheck: { fr: 'Aucun contrôle n’a pu être fait ici.', en: 'No check could be made here.' },
  permission: { fr: 'À demander\u00a0: {names}', en: 'To ask for: {names}' },
  seen: { fr: '{n} lecture', en: '{n} read' },
  seenMany: { fr: '{n} lectures', en: '{n} reads' },
  // unknowns
  unknowns: { fr: 'Ce qui n’est pas établi', en: 'What is not established' },
  unknownsSay: {
    fr: 'Ces contrôles ne sont ni bons ni mauvais\u00a0: ce qu’ils demandent n’a pas été lu.',
    en: 'These checks are neither good nor bad: what they need was not read.',
  },
  ask: { fr: 'À demander', en: 'To ask for' },
  check: { fr: 'Contrôle', en: 'Check' },
  at: { fr: 'Étape', en: 'Hop' },
  noPermission: { fr: 'aucune permission connue', en: 'no known permission' },
  policy: {
    fr: 'À ajouter à la politique de lecture',
    en: 'To add to the policy for reading',
  },
} satisfies Record<string, Text>;
