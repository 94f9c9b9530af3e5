import type { Text } from '#model/text.ts';

/** Words of the patches: changes of the repository's own files. */
export const patchWords = {
  say: {
    fr: 'Chaque correctif est un diff que `git apply` accepte à la racine du dépôt. Constat n’en applique aucun\u00a0: les relire, les appliquer, puis relancer l’audit.',
    en: 'Each patch is a diff that `git apply` takes at the root of the repository. Constat applies none of them: read them, apply them, then audit again.',
  },
  saved: { fr: 'Enregistré dans {file}', en: 'Saved as {file}' },
  files: { fr: 'Fichiers', en: 'Files' },
  closes: { fr: 'Referme', en: 'Closes' },
  note: { fr: 'À savoir', en: 'To know' },
  apply: { fr: 'Pour l’appliquer', en: 'To apply it' },
  diff: { fr: 'Diff', en: 'Diff' },
  left: { fr: '{n} lignes de plus, dans {file}.', en: '{n} more lines, in {file}.' },
  leftOne: { fr: '{n} ligne de plus, dans {file}.', en: '{n} more line, in {file}.' },
  file: { fr: '{n} fichier', en: '{n} file' },
  fileMany: { fr: '{n} fichiers', en: '{n} files' },
  patch: { fr: 'Correctif', en: 'Patch' },
} satisfies Record<string, Text>;
