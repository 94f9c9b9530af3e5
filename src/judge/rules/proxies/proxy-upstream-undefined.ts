import { defineRule, type Gap, gaps, notApplicable, ok } from '#model/rule.ts';
import { code, codes } from '#model/text.ts';
import { titled } from '../../derived/place.ts';
import {
  addressOf,
  givenServices,
  isAmongItself,
  isBareName,
  PRODUCTS,
  serversOf,
} from '../../derived/proxies.ts';

/** nginx does not start where a name does not resolve; the others answer 502 or 503. */
export const proxyUpstreamUndefined = defineRule({
  id: 'proxy-upstream-undefined',
  severity: 'high',
  subject: 'proxy',
  title: {
    fr: 'Proxy menant à un service que rien ne déclare',
    en: 'Proxy leading to a service that nothing declares',
  },
  risk: {
    fr: 'Le nom ne se résout pas\u00a0: nginx refuse de démarrer, un autre proxy répond par une erreur.',
    en: 'The name does not resolve: nginx refuses to start, another proxy answers with an error.',
  },
  remedy: {
    fr: 'Donner au proxy le nom d’un service du même projet Compose, ou déclarer le service qui manque.',
    en: 'Give the proxy the name of a service of the same Compose project, or declare the service that is missing.',
  },
  references: ['https://docs.docker.com/compose/how-tos/networking/'],
  evaluate(proxy, { artifacts }) {
    if (proxy.source !== 'repo' || proxy.standing !== 'declared') return notApplicable;
    const given = givenServices(proxy, artifacts);
    // in another network, or one that others share, somebody else may give the name
    if (!given?.services.every(isAmongItself)) return notApplicable;
    const services = given.project.flatMap((file) => file.services);
    const names = new Set(
      services
        .flatMap(({ name, aliases, containerName }) => [
          name,
          ...aliases,
          ...(containerName ? [containerName] : []),
        ])
        .map((name) => name.toLowerCase()),
    );
    if (services.length < 2) return ok;
    const missing = serversOf(proxy).filter(
      ({ server }) => isBareName(server.host) && !names.has(server.host.toLowerCase()),
    );
    const [first] = given.services;
    const project = code(first?.service.name ?? '');
    const known = codes(names);
    return gaps(
      missing.map(
        ({ service, server }): Gap => ({
          key: server.host,
          title: titled(
            code(addressOf(server)),
            `${PRODUCTS[proxy.product]} y mène et rien ne le déclare`,
            `${PRODUCTS[proxy.product]} leads there and nothing declares it`,
          ),
          message: {
            fr: `La configuration que reçoit ${project} mène à ${code(addressOf(server))}\u00a0; les services de ce projet sont ${known.fr}.`,
            en: `The configuration that ${project} is given leads to ${code(addressOf(server))}; the services of that project are ${known.en}.`,
          },
          evidence: [
            service.at,
            ...(first ? [{ source: 'repo' as const, file: first.file.file, line: first.service.line }] : []),
          ],
        }),
      ),
    );
  },
});
