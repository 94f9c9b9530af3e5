import type { Json } from '#model/fact.ts';
import { defineRule, gaps, notApplicable, ok } from '#model/rule.ts';
import { code, codes } from '#model/text.ts';
import { failuresAt, severityIn, standingOf } from '../../derived/path-failures.ts';
import { joined, standingTexts } from '../../derived/path-texts.ts';
import { some, titled } from '../../derived/place.ts';

type Target = { [key: string]: Json };
const isTarget = (value: Json): value is Target =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/**
 * Targets that fail the health check of their group. Those that start, drain, or are not checked because nothing routes
 * to the group are no failure: Elastic Load Balancing API Reference, TargetHealth. On a path, what explains them is told.
 */
export const targetsUnhealthy = defineRule({
  id: 'targets-unhealthy',
  severity: 'medium',
  subject: 'resource',
  title: { fr: 'Cibles qui échouent au contrôle de santé', en: 'Targets that fail their health check' },
  risk: {
    fr: 'Le répartiteur n’envoie plus rien à ces cibles\u00a0; sans aucune saine, il répond par des erreurs.',
    en: 'The load balancer sends nothing to these targets; with no healthy one, it answers with errors.',
  },
  remedy: {
    fr: 'Comparer le chemin, le port et le code attendus du contrôle de santé avec ce que répond le service, puis ses groupes de sécurité.',
    en: 'Compare the path, port and expected code of the health check with what the service answers, then its security groups.',
  },
  evaluate(resource, estate) {
    const { targets } = resource.properties;
    if (resource.kind !== 'AWS::ElasticLoadBalancingV2::TargetGroup' || !Array.isArray(targets))
      return notApplicable;
    const all = targets.filter(isTarget);
    const failing = all.filter(({ state }) => state === 'unhealthy');
    const evidence = some(resource.observed.slice(0, 1));
    if (failing.length === 0 || !evidence) return ok;
    const healthy = all.filter(({ state }) => state === 'healthy').length;
    const reasons = codes(
      new Set(failing.flatMap(({ reason }) => (typeof reason === 'string' ? [reason] : []))),
    );
    const because =
      reasons.en === '' ? { fr: '', en: '' } : { fr: ` (${reasons.fr})`, en: ` (${reasons.en})` };
    const [fr, en] =
      failing.length > 1
        ? ['cibles échouent au contrôle de santé', 'targets fail the health check']
        : ['cible échoue au contrôle de santé', 'target fails the health check'];
    const standing = standingOf(failuresAt(estate.paths, 'targets-unhealthy', resource.id));
    return gaps([
      {
        severity: severityIn(standing, healthy === 0 ? 'high' : 'medium'),
        title: titled(
          code(resource.name),
          healthy === 0 ? 'aucune cible saine' : `${failing.length} ${fr}`,
          healthy === 0 ? 'no healthy target' : `${failing.length} ${en}`,
        ),
        message: joined([
          {
            fr: `${failing.length} ${fr}${because.fr}, sur ${all.length} ${all.length > 1 ? 'inscrites' : 'inscrite'}.`,
            en: `${failing.length} ${en}${because.en}, of ${all.length} registered.`,
          },
          ...standingTexts(standing, estate),
        ]),
        evidence,
      },
    ]);
  },
});
