import { defineRule, gaps, notApplicable } from '#model/rule.ts';
import { code, codes } from '#model/text.ts';
import { at, titled } from '../../derived/place.ts';

/** Whoever starts it by mistake brings back services and ports that the estate has left behind. */
export const obsoleteComposeKept = defineRule({
  id: 'obsolete-compose-kept',
  severity: 'low',
  subject: 'composeFile',
  title: { fr: 'Fichier compose retiré mais conservé', en: 'Retired compose file still kept' },
  risk: {
    fr: 'Lancé par erreur, il recrée des services et occupe des ports que l’installation actuelle utilise peut-être.',
    en: 'Started by mistake, it brings back services and takes ports that the present set-up may be using.',
  },
  remedy: {
    fr: 'Supprimer le fichier : l’historique de git le garde.',
    en: 'Delete the file: the history of git keeps it.',
  },
  evaluate(compose) {
    if (!compose.retired) return notApplicable;
    const file = code(compose.file);
    const services = codes(compose.services.map(({ name }) => name));
    const ports = [
      ...new Set(
        compose.services
          // a service of a profile is not started with the others
          .filter(({ profiles }) => profiles.length === 0)
          .flatMap((one) => one.ports.flatMap((port) => port.published ?? [])),
      ),
    ];
    const opened = codes(ports);
    const message = {
      fr: compose.services.length
        ? `Ce fichier déclare encore ${services.fr}`
        : 'Ce fichier est hors d’usage',
      en: compose.services.length ? `This file still declares ${services.en}` : 'This file is out of use',
    };
    return gaps([
      {
        title: titled(file, 'compose retiré mais conservé', 'retired compose file still kept'),
        message: ports.length
          ? {
              fr: `${message.fr} et publierait ${opened.fr} s’il était lancé.`,
              en: `${message.en} and would publish ${opened.en} if it were started.`,
            }
          : { fr: `${message.fr}.`, en: `${message.en}.` },
        evidence: [at(compose.file, compose.services[0]?.line ?? 1)],
      },
    ]);
  },
});
