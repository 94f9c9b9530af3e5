import { SEVERITIES } from '#model/finding.ts';
import { defineRule, gaps, notApplicable } from '#model/rule.ts';
import { code } from '#model/text.ts';
import type { EffectId } from '#model/what-if.ts';
import { some, titled } from '../../derived/place.ts';

/** What of a start reaches what runs beside it. Ports have a rule of their own. */
const TOUCHES: ReadonlySet<EffectId> = new Set([
  'project-taken-over',
  'container-recreated',
  'subnet-overlap',
  'alias-collision',
  'volume-shared',
  'path-shared',
  'route-taken-over',
  'route-lost',
  'route-changed',
]);

/** A file that is out of use and shares a project, a volume or a route with what is in use. */
export const retiredComposeTouchesRunning = defineRule({
  id: 'retired-compose-touches-running',
  severity: 'high',
  subject: 'whatIf',
  needs: ['host'],
  title: {
    fr: 'Fichier compose retiré qui toucherait ce qui tourne',
    en: 'Retired compose file that would touch what runs',
  },
  risk: {
    fr: 'Lancé par erreur, il remplace des conteneurs en service, écrit dans leurs données ou prend leurs requêtes.',
    en: 'Started by mistake, it replaces containers in service, writes to their data or takes their requests.',
  },
  remedy: {
    fr: 'Supprimer le fichier\u00a0: l’historique de git le garde.',
    en: 'Delete the file: the history of git keeps it.',
  },
  evaluate({ of, file, host, isRetired, effects }) {
    if (of !== 'compose' || !isRetired) return notApplicable;
    const touching = effects
      .filter(({ id, severity }) => TOUCHES.has(id) && (severity === 'critical' || severity === 'high'))
      .sort((a, b) => SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity));
    const evidence = some(touching.flatMap((effect) => effect.evidence));
    if (!evidence) return gaps([]);
    const rest = touching.length - 3;
    const list = (lang: 'fr' | 'en') =>
      touching
        .slice(0, 3)
        .map(({ text }) => text[lang])
        .join(' ');
    return gaps([
      {
        title: titled(
          code(file),
          `le lancer toucherait ce qui tourne sur ${code(host)}`,
          `starting it would touch what runs on ${code(host)}`,
        ),
        message: {
          fr: `${list('fr')}${rest > 0 ? ` Et ${rest} autre${rest > 1 ? 's' : ''} effet${rest > 1 ? 's' : ''}.` : ''}`,
          en: `${list('en')}${rest > 0 ? ` And ${rest} more effect${rest > 1 ? 's' : ''}.` : ''}`,
        },
        evidence,
        values: { file, host },
      },
    ]);
  },
});
