import type { ComposeFile } from '#model/artifacts.ts';
import { defineRule, gaps, notApplicable } from '#model/rule.ts';
import { code, codes } from '#model/text.ts';
import { at, some, titled } from '../../derived/place.ts';

/** Ports with a number, each with what publishes it first. */
function published({ services }: ComposeFile): Map<string, { service: string; line: number }> {
  const ports = new Map<string, { service: string; line: number }>();
  for (const { name, ports: own, networkMode } of services)
    for (const { published: port, target, line } of networkMode === undefined ? own : []) {
      const protocol = target.split('/')[1] ?? 'tcp';
      const key = `${port}/${protocol}`;
      if (port !== undefined && /^[1-9]\d{0,4}$/.test(port) && !ports.has(key))
        ports.set(key, { service: name, line });
    }
  return ports;
}

/**
 * What of {@link portCollisionIfStarted} the files alone tell: nobody looked at a host, so that nothing is said of what
 * runs.
 */
export const retiredComposeReusesPort = defineRule({
  id: 'retired-compose-reuses-port',
  severity: 'low',
  confidence: 'medium',
  subject: 'composeFile',
  title: {
    fr: 'Fichier compose retiré qui publie le port d’un autre',
    en: 'Retired compose file that publishes another’s port',
  },
  risk: {
    fr: 'Les deux ne peuvent pas tourner sur la même machine\u00a0: le second échoue en chemin.',
    en: 'The two cannot run on one machine: the second one fails on the way.',
  },
  remedy: {
    fr: 'Supprimer le fichier\u00a0: l’historique de git le garde.',
    en: 'Delete the file: the history of git keeps it.',
  },
  evaluate(compose, { artifacts, hosts }) {
    // on a host that was read, what runs is known
    if (!compose.retired || hosts.length > 0) return notApplicable;
    const own = published(compose);
    const shared = artifacts.composeFiles
      .filter(({ retired, overrides }) => !retired && overrides === undefined)
      .flatMap((other) =>
        [...published(other)].flatMap(([key, there]) => {
          const mine = own.get(key);
          return mine ? [{ key, other, there, mine }] : [];
        }),
      );
    const evidence = some(
      shared.flatMap(({ mine, other, there }) => [at(compose.file, mine.line), at(other.file, there.line)]),
    );
    if (!evidence) return gaps([]);
    const ports = codes(new Set(shared.map(({ key }) => key.replace('/tcp', ''))));
    const files = codes(new Set(shared.map(({ other }) => other.file)));
    return gaps([
      {
        title: titled(
          code(compose.file),
          `publie aussi ${ports.fr}, comme ${files.fr}`,
          `publishes ${ports.en} too, as ${files.en} does`,
        ),
        message: {
          fr: `Ce fichier, hors d’usage, publierait ${ports.fr}, que publie aussi ${files.fr}. Ce qui tourne n’a pas été lu\u00a0: ${code('constat whatif compose')} le dit pour un hôte.`,
          en: `This file, out of use, would publish ${ports.en}, which ${files.en} publishes too. What runs was not read: ${code('constat whatif compose')} tells it for a host.`,
        },
        evidence,
      },
    ]);
  },
});
