import { defineRule, type Gap, gaps } from '#model/rule.ts';
import { code, codes } from '#model/text.ts';
import { committedStates } from '../../derived/committed-states.ts';
import { at, titled } from '../../derived/place.ts';

/** Files that keep an otherwise ignored folder in the tree, on purpose. */
const KEEPS_FOLDER = /(^|\/)\.?(git)?(keep|ignore)$|(^|\/)(readme|placeholder)(\.md|\.txt)?$/i;
/** `.env.*` takes the example too, which is there to be tracked. */
const EXAMPLE = /\.(example|sample|template|dist|tpl)$/i;
const SENSITIVE = /(^|\/)\.env(\.|$)|\.(pem|key|p12|pfx|tfstate|tfvars|sqlite3?|db|dump)$/i;

/** What the team believes to be out of the repository is in it. */
export const trackedAlthoughIgnored = defineRule({
  id: 'tracked-although-ignored',
  severity: 'low',
  subject: 'estate',
  title: { fr: 'Fichier suivi par git bien qu’ignoré', en: 'File tracked although ignored' },
  risk: {
    fr: 'L’équipe croit ces fichiers hors du dépôt : ils y sont, leurs changements partent avec chaque commit, et ils peuvent tenir des secrets.',
    en: 'The team believes these files to be out of the repository: they are in it, their changes leave with each commit, and they may hold secrets.',
  },
  remedy: {
    fr: 'Retirer ces fichiers du suivi (`git rm --cached`), ou corriger le motif s’ils doivent rester.',
    en: 'Stop tracking these files (`git rm --cached`), or correct the pattern if they must stay.',
  },
  references: ['https://git-scm.com/docs/gitignore'],
  evaluate({ artifacts }) {
    const states = committedStates(artifacts);
    const tracked = artifacts.trackedIgnored.filter(
      ({ file, ignoredBy }) =>
        !states.has(file) &&
        !KEEPS_FOLDER.test(file) &&
        !(EXAMPLE.test(file) && ignoredBy.pattern.includes('*')),
    );
    const byPattern = Map.groupBy(tracked, ({ ignoredBy }) => `${ignoredBy.file} ${ignoredBy.pattern}`);
    return gaps(
      [...byPattern].flatMap(([key, list]): Gap[] => {
        const by = list[0]?.ignoredBy;
        if (!by) return [];
        const names = list.map(({ file }) => file).sort();
        const files = codes(names);
        return [
          {
            key,
            ...(names.some((name) => SENSITIVE.test(name)) && { severity: 'medium' }),
            title: titled(
              code(by.pattern),
              'fichiers suivis bien qu’ignorés',
              'files tracked although ignored',
            ),
            message: {
              fr: `${code(by.file)} ignore ${code(by.pattern)}, mais git suit ${files.fr}.`,
              en: `${code(by.file)} ignores ${code(by.pattern)}, but git tracks ${files.en}.`,
            },
            evidence: [at(by.file, by.line), ...names.slice(0, 5).map((name) => at(name, 1))],
          },
        ];
      }),
    );
  },
});
