import { defineRule, gaps, notApplicable } from '#model/rule.ts';
import { code, codes } from '#model/text.ts';
import { some, titled } from '../../derived/place.ts';

/** What nobody starts today is started one day, by somebody who does not know what has taken its place. */
export const portCollisionIfStarted = defineRule({
  id: 'port-collision-if-started',
  severity: 'medium',
  subject: 'whatIf',
  needs: ['host'],
  title: {
    fr: 'Port pris si un fichier compose était lancé',
    en: 'Port taken if a compose file were started',
  },
  risk: {
    fr: 'Le lancer échoue en chemin\u00a0: une partie de ses services démarre et reste, l’autre non, à côté de ce qui sert aujourd’hui.',
    en: 'Starting it fails on the way: some of its services start and stay, others do not, beside what serves today.',
  },
  remedy: {
    fr: 'Supprimer le fichier s’il ne sert plus, ou lui donner un port libre, avant que quelqu’un le lance.',
    en: 'Delete the file if it is out of use, or give it a port that is free, before somebody starts it.',
  },
  references: ['https://docs.docker.com/reference/cli/docker/compose/up/'],
  evaluate({ of, file, host, effects }) {
    if (of !== 'compose') return notApplicable;
    const taken = effects.filter(({ id, values }) => id === 'port-collision' && values?.holder !== undefined);
    const [first] = taken;
    const evidence = some(taken.flatMap((effect) => effect.evidence));
    if (!first || !evidence) return gaps([]);
    const ports = codes([...new Set(taken.map(({ values }) => String(values?.port)))]);
    const many = ports.en.includes(',');
    return gaps([
      {
        title: titled(
          code(file),
          `${many ? 'ports pris' : 'port pris'} sur ${code(host)} s’il était lancé (${ports.fr})`,
          `${many ? 'ports' : 'port'} taken on ${code(host)} if it were started (${ports.en})`,
        ),
        message: {
          fr: taken
            .slice(0, 3)
            .map(({ text }) => text.fr)
            .join(' '),
          en: taken
            .slice(0, 3)
            .map(({ text }) => text.en)
            .join(' '),
        },
        evidence,
        severity: taken.some(({ severity }) => severity === 'high' || severity === 'critical')
          ? 'high'
          : 'medium',
        values: { file, host, ...first.values },
      },
    ]);
  },
});
