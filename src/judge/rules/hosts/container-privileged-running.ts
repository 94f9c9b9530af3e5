import { defineRule, gaps, notApplicable, ok } from '#model/rule.ts';
import { code, codes } from '#model/text.ts';
import { declaredServices } from '../../derived/declared-services.ts';
import { idsOfContainer, isUp, onHost, seenOn, unreadOn } from '../../derived/hosts.ts';
import { titled } from '../../derived/place.ts';

/** Capabilities that each by itself lead out of a container. capabilities(7). */
const WHOLE = /^(?:CAP_)?(?:ALL|SYS_ADMIN|SYS_MODULE|SYS_PTRACE|SYS_RAWIO|DAC_READ_SEARCH)$/i;

/** What keeps a container apart from its host is switched off. */
export const containerPrivilegedRunning = defineRule({
  id: 'container-privileged-running',
  severity: 'high',
  subject: 'host',
  title: { fr: 'Conteneur privilégié en service', en: 'Privileged container running' },
  risk: {
    fr: 'Qui prend le conteneur prend l’hôte\u00a0: ses disques, ses processus et ses autres conteneurs.',
    en: 'Whoever takes the container takes the host: its disks, its processes and its other containers.',
  },
  remedy: {
    fr: 'Retirer `privileged` et ne donner que les capacités et les périphériques nécessaires.',
    en: 'Remove `privileged`, and give only the capabilities and devices that are needed.',
  },
  references: ['https://man7.org/linux/man-pages/man7/capabilities.7.html'],
  evaluate(host, estate) {
    const isRootless = (engine: string) =>
      host.engines.some(({ product, isRootless: is }) => product === engine && is);
    const found = host.containers.flatMap((one) => {
      const capabilities = one.addedCapabilities.filter((name) => WHOLE.test(name));
      const isHeld = isUp(one) && (one.isPrivileged || capabilities.length > 0);
      // an engine without root gives what its user has, which is told nowhere else
      if (!isHeld || isRootless(one.engine)) return [];
      const isToldOfFile =
        one.isPrivileged &&
        declaredServices(estate, one).some(({ service }) => service.privileged !== undefined);
      return isToldOfFile ? [] : [{ one, capabilities }];
    });
    if (found.length === 0)
      return unreadOn(host, ['containers']) ?? (host.containers.length > 0 ? ok : notApplicable);
    return gaps(
      found.map(({ one, capabilities }) => {
        const name = code(one.name);
        const list = codes(capabilities);
        return onHost(host, {
          key: one.name,
          ...(!one.isPrivileged && { severity: 'medium' as const }),
          title: titled(
            name,
            one.isPrivileged
              ? `privilégié sur ${code(host.name)}`
              : `capacités étendues sur ${code(host.name)}`,
            one.isPrivileged ? `privileged on ${code(host.name)}` : `wide capabilities on ${code(host.name)}`,
          ),
          message: one.isPrivileged
            ? {
                fr: `Le conteneur ${name} tourne avec tous les droits sur l’hôte (\`privileged\`).`,
                en: `The container ${name} runs with every right on the host (\`privileged\`).`,
              }
            : {
                fr: `Le conteneur ${name} tourne avec ${list.fr}, qui suffit à sortir du conteneur.`,
                en: `The container ${name} runs with ${list.en}, which is enough to leave the container.`,
              },
          resources: idsOfContainer(estate, host, one),
          evidence: [
            seenOn(
              host,
              `${one.engine} inspect`,
              `${one.name}: ${one.isPrivileged ? 'Privileged=true' : `CapAdd=${capabilities.join(',')}`}`,
            ),
          ],
          values: { container: one.name, engine: one.engine, isPrivileged: one.isPrivileged },
        });
      }),
    );
  },
});
