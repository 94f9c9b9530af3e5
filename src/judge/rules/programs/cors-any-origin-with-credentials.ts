import { defineRule, type Gap, gaps, notApplicable, ok } from '#model/rule.ts';
import type { ProgramSettings } from '#model/settings.ts';
import { code } from '#model/text.ts';
import { nameOf } from '../../derived/programs.ts';

/** Settings of a developer's machine or of tests let in what is served there. */
const FOR_DEVELOPERS = /(?:^|[/._-])(?:dev|devel|development|local|tests?|testing|e2e)(?:[/._-]|$)/i;

/** The page of anybody reads what the user may read. */
export const corsAnyOriginWithCredentials = defineRule({
  id: 'cors-any-origin-with-credentials',
  severity: 'high',
  subject: 'program',
  title: {
    fr: 'Toute origine admise avec identifiants (CORS)',
    en: 'Any origin let in with credentials (CORS)',
  },
  risk: {
    fr: 'Toute page qu’un utilisateur connecté visite peut appeler l’API avec ses cookies et lire les réponses.',
    en: 'Any page that a signed-in user visits can call the API with their cookies and read the answers.',
  },
  remedy: {
    fr: 'Donner la liste des origines du site, ou ne plus admettre les identifiants.',
    en: 'Give the list of the site’s origins, or stop letting credentials in.',
  },
  references: [
    'https://developer.mozilla.org/docs/Web/HTTP/Reference/Headers/Access-Control-Allow-Credentials',
  ],
  evaluate(program) {
    if (program.cors.length === 0) return notApplicable;
    const found = program.cors.flatMap((one): Gap[] => {
      const isDefault = isOpenByDefault(one);
      if (one.credentials !== true || (one.policy !== 'reflected' && !isDefault)) return [];
      if (FOR_DEVELOPERS.test(one.at.file)) return [];
      const by = one.setting === undefined ? undefined : code(one.setting);
      return [
        {
          key: one.at.file,
          ...(isDefault && { severity: 'medium' }),
          title: {
            fr: `${nameOf(program).fr}\u00a0: toute origine admise, avec identifiants`,
            en: `${nameOf(program).en}: any origin let in, with credentials`,
          },
          message: {
            fr: `L’origine de la requête est renvoyée telle quelle et les identifiants sont admis${by === undefined ? '' : `, si ${by} n’est pas définie`}.`,
            en: `The origin of the request is sent back as it is and credentials are let in${by === undefined ? '' : `, unless ${by} is set`}.`,
          },
          evidence: [one.at],
        },
      ];
    });
    return found.length > 0 ? gaps(found) : ok;
  },
});

/** Starlette, Flask-CORS and django-cors-headers answer `*` with the origin that asks; elsewhere browsers refuse the answer. */
const isOpenByDefault = ({ policy, origins, at }: ProgramSettings['cors'][number]): boolean =>
  policy === 'setting' && origins.includes('*') && at.file.endsWith('.py');
