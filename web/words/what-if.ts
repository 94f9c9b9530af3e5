import type { Text } from '#model/text.ts';

/** Words of what would happen if a file were started or applied. */
export const whatIfWords = {
  say: {
    fr: 'Ce que ferait chaque fichier, sur l’hôte tel qu’il a été lu, s’il était lancé. Rien n’a été lancé.',
    en: 'What each file would do, on the host as it was read, if it were started. Nothing was started.',
  },
  compose: { fr: 'Lancer {file} sur {host}', en: 'Starting {file} on {host}' },
  systemd: { fr: 'Installer et démarrer {file} sur {host}', en: 'Installing and starting {file} on {host}' },
  traefik: { fr: 'Donner {file} à Traefik sur {host}', en: 'Giving {file} to Traefik on {host}' },
  retired: { fr: 'retiré', en: 'retired' },
  command: {
    fr: 'La commande qui le ferait, à ne pas lancer',
    en: 'The command that would do it, not to be run',
  },
  commandLive: { fr: 'La commande qui le ferait', en: 'The command that would do it' },
  fails: { fr: 'échoue', en: 'fails' },
  happens: { fr: 'a lieu', en: 'happens' },
  effects: { fr: '{n} effets', en: '{n} effects' },
  effect: { fr: '{n} effet', en: '{n} effect' },
  failing: { fr: '{n} échecs', en: '{n} failures' },
  failingOne: { fr: '{n} échec', en: '{n} failure' },
  nothing: {
    fr: 'Rien ne changerait parmi ce qui a été comparé.',
    en: 'Nothing would change among what was compared.',
  },
  unknown: { fr: 'Ce qui n’a pas pu être dit', en: 'What could not be told' },
  none: { fr: 'Aucun effet n’est établi.', en: 'No effect is established.' },
  notStarted: { fr: 'Rien n’a été lancé.', en: 'Nothing was started.' },
} satisfies Record<string, Text>;
