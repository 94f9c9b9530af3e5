import type { ComposeFile, ComposeService } from '#model/artifacts.ts';
import type { Estate } from '#model/estate.ts';
import { defineRule, gaps, notApplicable, ok } from '#model/rule.ts';
import { code, codes } from '#model/text.ts';
import { lineage } from '../../derived/base-image.ts';
import { dockerfileOf, isForServer, isInUse, isKeptRunning } from '../../derived/compose.ts';
import { at, some, titled } from '../../derived/place.ts';

/** Only where the whole answer is in the repository: an image from elsewhere may bring its own check. */
function isUnchecked(compose: ComposeFile, service: ComposeService, estate: Estate): boolean {
  if (service.healthcheck) return service.healthcheck.disabled;
  if (!isKeptRunning(service) && service.ports.length === 0) return false;
  const dockerfile = dockerfileOf(compose, service, estate);
  if (!dockerfile) return false;
  const check = lineage(dockerfile).find((stage) => stage.healthcheck)?.healthcheck;
  return check === undefined || check.command === 'none';
}

/** Docker then knows that the process exists, not that it answers: a stuck service stays “up”. */
export const healthcheckMissing = defineRule({
  id: 'healthcheck-missing',
  severity: 'low',
  confidence: 'medium',
  subject: 'composeFile',
  title: { fr: 'Service sans contrôle de santé', en: 'Service without a health check' },
  risk: {
    fr: 'Un service bloqué reste « up » : rien ne le redémarre, et ceux qui en dépendent démarrent trop tôt.',
    en: 'A stuck service stays “up”: nothing restarts it, and those that depend on it start too early.',
  },
  remedy: {
    fr: 'Ajouter un `HEALTHCHECK` au Dockerfile ou un `healthcheck` au service, sur une route qui répond sans dépendance.',
    en: 'Add a `HEALTHCHECK` to the Dockerfile or a `healthcheck` to the service, on a route that answers by itself.',
  },
  references: ['https://docs.docker.com/reference/compose-file/services/#healthcheck'],
  evaluate(compose, estate) {
    if (!isInUse(compose) || !isForServer(compose, estate)) return notApplicable;
    const services = compose.services.filter((service) => isUnchecked(compose, service, estate));
    const evidence = some(
      services.map(({ line, healthcheck }) => at(compose.file, healthcheck?.line ?? line)),
    );
    if (!evidence) return ok;
    const names = codes(services.map(({ name }) => name));
    const file = code(compose.file);
    const off = services.every(({ healthcheck }) => healthcheck?.disabled);
    return gaps([
      {
        title: off
          ? titled(file, 'contrôle de santé désactivé', 'health check switched off')
          : titled(file, 'services sans contrôle de santé', 'services without a health check'),
        message: off
          ? {
              fr: `Le fichier désactive le contrôle de santé de ${names.fr}.`,
              en: `The file switches off the health check of ${names.en}.`,
            }
          : {
              fr: `Ni le fichier compose ni le Dockerfile ne contrôlent ${names.fr}.`,
              en: `Neither the compose file nor the Dockerfile checks ${names.en}.`,
            },
        evidence,
      },
    ]);
  },
});
