import type { Text } from '#model/text.ts';

export const answerWords: Record<string, Text> = {
  yes: { fr: 'oui', en: 'yes' },
  partial: { fr: 'en partie', en: 'partly' },
  no: { fr: 'non', en: 'no' },
  unknown: { fr: 'inconnu', en: 'unknown' },
};

/** Words of the maturity of a team's operations. */
export const maturityWords = {
  say: {
    fr: 'Chaque domaine pose ses questions, y répond d’après ce qui a été lu, et compare à sa cible. Une question à laquelle rien ne répond reste inconnue\u00a0: elle n’est ni un écart ni un acquis.',
    en: 'Each domain asks its questions, answers them from what was read, and compares with its target. A question that nothing answers stays unknown: it is neither a gap nor a strength.',
  },
  counting: {
    fr: 'Un score compte oui pour 1, en partie pour un demi et non pour 0, selon le poids de chaque question, sur les seules questions qui ont une réponse.',
    en: 'A score counts yes as 1, partly as a half and no as 0, by the weight of each question, over the questions that were answered only.',
  },
  overview: { fr: 'Les domaines', en: 'The domains' },
  domain: { fr: 'Domaine', en: 'Domain' },
  scoreHead: { fr: 'Score', en: 'Score' },
  answers: { fr: 'Réponses', en: 'Answers' },
  gaps: { fr: 'Écarts', en: 'Gaps' },
  existing: { fr: 'Existant', en: 'Existing' },
  target: { fr: 'Cible', en: 'Target' },
  gap: { fr: 'Écart', en: 'Gap' },
  question: { fr: 'Question', en: 'Question' },
  answer: { fr: 'Réponse', en: 'Answer' },
  seen: { fr: 'Ce qui a été vu', en: 'What was seen' },
  id: { fr: 'Id', en: 'Id' },
  severity: { fr: 'Gravité', en: 'Severity' },
  priority: { fr: 'Priorité', en: 'Priority' },
  phase: { fr: 'Phase', en: 'Phase' },
  noPhase: { fr: 'sans phase', en: 'no phase' },
  score: { fr: '{n}\u202f%', en: '{n}%' },
  dash: { fr: '—', en: '—' },
  point: { fr: '{points} sur {n} point', en: '{points} of {n} point' },
  points: { fr: '{points} sur {n} points', en: '{points} of {n} points' },
  noScore: { fr: 'aucune question', en: 'no question' },
  silent: { fr: '{n} question inconnue', en: '{n} question unknown' },
  silentMany: { fr: '{n} questions inconnues', en: '{n} questions unknown' },
  human: { fr: 'réponse de {by} le {on}', en: 'answered by {by} on {on}' },
  noGap: { fr: 'Aucun écart ouvert dans ce domaine.', en: 'No open gap in this domain.' },
  mutedHere: { fr: 'En sourdine\u00a0:', en: 'Muted:' },
  facts: {
    fr: 'les faits répondent {answer}\u00a0: {note}',
    en: 'facts answer {answer}: {note}',
  },
  known: { fr: 'connu d’un autre audit', en: 'known from another audit' },
  knownFrom: { fr: 'connu\u00a0: {from}', en: 'known from {from}' },
  alsoIn: { fr: 'aussi\u00a0: {domains}', en: 'also: {domains}' },
  consolidated: { fr: 'Liste consolidée', en: 'Consolidated list' },
  recap: { fr: 'Récapitulatif', en: 'Recap' },
  number: { fr: 'Nombre', en: 'Count' },
  ids: { fr: 'Identifiants', en: 'Ids' },
  total: { fr: 'Total', en: 'Total' },
  counts: {
    fr: 'Compte {n} écart ouvert des domaines, une seule fois même si plusieurs domaines le citent.',
    en: 'Counts {n} open gap of the domains, once even where several domains refer to it.',
  },
  countsMany: {
    fr: 'Compte les {n} écarts ouverts des domaines, chacun une seule fois même si plusieurs domaines le citent.',
    en: 'Counts the {n} open gaps of the domains, each once even where several domains refer to it.',
  },
  elsewhere: {
    fr: 'N’y est pas\u00a0: {n} écart d’une règle qu’aucun domaine ne cite.',
    en: 'Not in it: {n} finding of a rule that no domain refers to.',
  },
  elsewhereMany: {
    fr: 'N’y sont pas\u00a0: {n} écarts de règles qu’aucun domaine ne cite.',
    en: 'Not in it: {n} findings of rules that no domain refers to.',
  },
  muted: {
    fr: 'À part\u00a0: {n} écart mis en sourdine.',
    en: 'Apart: {n} muted gap.',
  },
  mutedMany: {
    fr: 'À part\u00a0: {n} écarts mis en sourdine.',
    en: 'Apart: {n} muted gaps.',
  },
  phases: { fr: 'Par phase', en: 'By phase' },
  closed: { fr: 'Écarts refermés', en: 'Closed gaps' },
  closedSay: {
    fr: 'Un audit précédent les avait ouverts\u00a0; celui qui les referme aurait pu les retrouver. Leur numéro n’est jamais redonné.',
    en: 'An earlier audit had opened them; the one that closes them could have found them again. Their number is never given again.',
  },
  closedOn: { fr: 'Refermé le', en: 'Closed on' },
  strengths: { fr: 'Points positifs', en: 'Strengths' },
  critical: { fr: 'Points critiques', en: 'Critical points' },
  more: { fr: 'et {n} de plus, dans `report.json`', en: 'and {n} more, in `report.json`' },
  unknownHow: {
    fr: 'Ce que personne ne peut lire, une personne peut le dire\u00a0: sous `answers:` dans `constat.yaml`, par l’identifiant de la question, avec son nom et la date. Restent inconnues\u00a0:',
    en: 'What nobody can read, a person can tell: under `answers:` in `constat.yaml`, by the id of the question, with a name and the date. Left unknown:',
  },
  // the terminal
  openGap: { fr: '{n} écart ouvert', en: '{n} open gap' },
  openGaps: { fr: '{n} écarts ouverts', en: '{n} open gaps' },
  answeredOne: {
    fr: '{n} question sur {all} a une réponse (domaines\u00a0: {domains} sur {of})',
    en: '{n} of {all} questions answered (domains: {domains} of {of})',
  },
  answeredMany: {
    fr: '{n} questions sur {all} ont une réponse (domaines\u00a0: {domains} sur {of})',
    en: '{n} of {all} questions answered (domains: {domains} of {of})',
  },
  toAnswer: {
    fr: '{n} question inconnue\u00a0: y répondre sous `answers:` dans `constat.yaml`',
    en: '{n} question unknown: answer it under `answers:` in `constat.yaml`',
  },
  toAnswerMany: {
    fr: '{n} questions inconnues\u00a0: y répondre sous `answers:` dans `constat.yaml`',
    en: '{n} questions unknown: answer them under `answers:` in `constat.yaml`',
  },
} satisfies Record<string, Text>;
