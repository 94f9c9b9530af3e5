import type { Evidence } from '#model/evidence.ts';
import { kindOf } from '#model/kinds/kinds.ts';
import { defineRule, gaps, notApplicable } from '#model/rule.ts';
import { code } from '#model/text.ts';
import { declaredInRepo } from '../../derived/declared.ts';
import { lastChangeOf } from '../../derived/last-change.ts';
import { some, titled } from '../../derived/place.ts';

const shown = (value: unknown): string => code(typeof value === 'string' ? value : JSON.stringify(value));

/** The next deployment from these files changes what runs, or undoes a change that somebody made by hand. */
export const resourceDrifted = defineRule({
  id: 'resource-drifted',
  severity: 'medium',
  subject: 'resource',
  title: {
    fr: 'Ressource qui n’est pas ce que les fichiers en disent',
    en: 'Resource that is not what files say of it',
  },
  risk: {
    fr: 'Le prochain déploiement défait un changement fait à la main, ou les fichiers trompent qui les lit.',
    en: 'The next deployment undoes a change made by hand, or the files mislead whoever reads them.',
  },
  remedy: {
    fr: 'Porter dans les fichiers la valeur voulue, puis déployer, ou rendre à la ressource la valeur déclarée.',
    en: 'Put the intended value into the files and deploy, or give the resource the declared value again.',
  },
  evaluate(resource) {
    if (resource.status !== 'drifted') return notApplicable;
    const both: Evidence[] = [...declaredInRepo(resource).slice(0, 2), ...resource.observed.slice(0, 1)];
    const evidence = some(both);
    if (!evidence) return notApplicable;
    const title = kindOf(resource.kind).title;
    const list = (lang: 'fr' | 'en') =>
      resource.drift
        .map(({ path, declared, observed }) =>
          lang === 'fr'
            ? `${code(path)} déclaré ${shown(declared)}, observé ${shown(observed)}`
            : `${code(path)} declared ${shown(declared)}, observed ${shown(observed)}`,
        )
        .join(lang === 'fr' ? '\u00a0; ' : '; ');
    const change = lastChangeOf(resource);
    return gaps([
      {
        title: titled(
          code(resource.name),
          `${title.fr} qui s’écarte de sa déclaration`,
          `${title.en} differs from its declaration`,
        ),
        message: {
          fr: [`${list('fr')}.`, ...(change ? [change.fr] : [])].join(' '),
          en: [`${list('en')}.`, ...(change ? [change.en] : [])].join(' '),
        },
        // one that is recognised by a part of its name may be another
        ...(resource.nameStatus === 'template' && { confidence: 'medium' as const }),
        evidence,
      },
    ]);
  },
});
