import { defineRule, type Gap, gaps, notApplicable, ok, unknown } from '#model/rule.ts';
import { code, codes } from '#model/text.ts';
import { idsOn, onHost, seenOn } from '../../derived/hosts.ts';
import { some, titled } from '../../derived/place.ts';
import { runningPrograms } from '../../derived/programs-on-hosts.ts';

/** Nobody set it, and the program did not mind: it took what its code has for a start. */
export const codeDefaultSecretInUse = defineRule({
  id: 'code-default-secret-in-use',
  severity: 'high',
  subject: 'program',
  title: {
    fr: 'Secret par défaut du code en service',
    en: 'Default secret of the code in use',
  },
  risk: {
    fr: 'La valeur est dans le code\u00a0: qui le lit, ou connaît le produit, entre avec elle.',
    en: 'The value is in the code: whoever reads it, or knows the product, gets in with it.',
  },
  remedy: {
    fr: 'Donner au service une valeur aléatoire, et refuser de démarrer sans elle.',
    en: 'Give the service a random value, and refuse to start without one.',
  },
  references: ['https://cwe.mitre.org/data/definitions/1392.html'],
  evaluate(program, estate) {
    const own = program.settings.filter(
      ({ default: value, uses }) =>
        value?.secret === true &&
        value.isGenerated !== true &&
        /^(?:default|weak|placeholder|strong)$/.test(value.class) &&
        // what no code uses opens nothing
        uses.length > 0,
    );
    if (own.length === 0 || estate.hosts.length === 0) return notApplicable;
    const running = runningPrograms(program, estate.artifacts.programs, estate.hosts);
    if (running.length === 0) return notApplicable;
    const found = running.flatMap((one): Gap[] => {
      if (one.isInPart) return [];
      const left = own.filter(({ name }) => !one.given.has(name));
      const evidence = some([
        seenOn(
          one.host,
          one.kind === 'Systemd::Unit' ? 'systemctl show' : 'docker inspect',
          `${one.name}: ${left.map(({ name }) => name).join(', ')} not given`,
        ),
        ...left.slice(0, 4).map((setting) => setting.at),
      ]);
      if (left.length === 0 || !evidence) return [];
      const names = codes(left.map(({ name }) => name));
      return [
        onHost(one.host, {
          key: `${one.host.name} ${one.name}`,
          // a file that the program reads by itself may give it
          confidence: 'medium',
          title: titled(
            code(one.name),
            `${left.length > 1 ? 'secrets' : 'secret'} du code en service (${names.fr})`,
            `${left.length > 1 ? 'secrets' : 'secret'} of the code in use (${names.en})`,
          ),
          message: {
            fr: `Sur ${code(one.host.name)}, rien de lu ne donne ${names.fr} à ${code(one.name)}\u00a0: le programme prend la valeur écrite dans son code.`,
            en: `On ${code(one.host.name)}, nothing that was read gives ${names.en} to ${code(one.name)}: the program takes the value that stands in its code.`,
          },
          resources: idsOn(estate, one.host, one.kind, one.name),
          evidence,
          values: {
            subject: one.name,
            kind: one.kind,
            names: left.map(({ name }) => name),
            ...(one.unit?.environmentFiles[0] && { path: one.unit.environmentFiles[0].path }),
          },
        }),
      ];
    });
    if (found.length > 0) return gaps(found);
    return running.some(({ isInPart }) => isInPart)
      ? unknown({
          fr: 'un fichier de variables du service n’a pas été lu',
          en: 'a file of variables of the service was not read',
        })
      : ok;
  },
});
