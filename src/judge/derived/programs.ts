import type { FileEvidence } from '#model/evidence.ts';
import type { ProgramSettings } from '#model/settings.ts';
import { code, type Text } from '#model/text.ts';

/** What a program is called in a report: its folder. */
export const nameOf = ({ folder }: Pick<ProgramSettings, 'folder'>): Text =>
  folder === ''
    ? { fr: 'programme à la racine', en: 'program at the root' }
    : { fr: code(folder), en: code(folder) };

/** The same in the middle of a sentence. */
export const inProgram = ({ folder }: Pick<ProgramSettings, 'folder'>): Text =>
  folder === ''
    ? { fr: 'Le code à la racine du dépôt', en: 'The code at the root of the repository' }
    : { fr: `Le code de ${code(folder)}`, en: `The code of ${code(folder)}` };

/** `backend/config.py:12`. */
export const placeOf = ({ file, line }: FileEvidence): string => code(`${file}:${line}`);
