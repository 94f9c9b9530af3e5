import type { Artifacts, EnvironmentFile } from '#model/artifacts.ts';
import type { GivenValue, HostState } from '#model/host.ts';
import { defineRule, type Gap, gaps, notApplicable, ok } from '#model/rule.ts';
import { code, codes } from '#model/text.ts';
import { idsOn, onHost, seenOn, unreadOn } from '../../derived/hosts.ts';
import { at, some, titled } from '../../derived/place.ts';

/** Values that everybody who reads the repository knows. */
const KNOWN = new Set(['default', 'placeholder', 'weak', 'strong']);

interface Given {
  kind: 'Systemd::Unit' | 'Docker::Container';
  name: string;
  operation: string;
  variables: readonly GivenValue[];
}

/** Whoever reads the repository has the key. */
export const defaultSecretInUse = defineRule({
  id: 'default-secret-in-use',
  severity: 'critical',
  subject: 'host',
  title: { fr: 'Secret par défaut en service', en: 'Default secret in use' },
  risk: {
    fr: 'La valeur est dans le dépôt, ou dans toutes les listes de mots de passe\u00a0: qui la connaît entre, ou signe ce qu’il veut.',
    en: 'The value is in the repository, or in every list of passwords: whoever knows it gets in, or signs what they like.',
  },
  remedy: {
    fr: 'Donner une valeur aléatoire propre à cet hôte, relancer ce qui la lit, et fermer les sessions ouvertes avec l’ancienne.',
    en: 'Give a random value of this host’s own, restart what reads it, and close the sessions that were opened with the old one.',
  },
  references: ['https://cwe.mitre.org/data/definitions/1392.html'],
  evaluate(host, estate) {
    const given = givenOn(host);
    if (given.every(({ variables }) => variables.length === 0))
      return unreadOn(host, ['units', 'environment-files', 'containers']) ?? notApplicable;
    const examples = estate.artifacts.environmentFiles.filter(({ example, tracked }) => example || tracked);
    const found = given.flatMap((one): Gap[] => {
      const known = one.variables.filter(({ secret, class: worth }) => secret && KNOWN.has(worth));
      const same = known.flatMap((variable) => {
        const places = placesOf(variable, examples, estate.artifacts);
        return places.length > 0 || variable.class === 'default' ? [{ variable, places }] : [];
      });
      const names = codes(same.map(({ variable }) => variable.name));
      const evidence = some([
        seenOn(host, one.operation, `${one.name}: ${same.map(({ variable }) => variable.name).join(', ')}`),
        ...same.flatMap(({ places }) => places).slice(0, 4),
      ]);
      if (same.length === 0 || !evidence) return [];
      const files = [...new Set(same.flatMap(({ places }) => places.map(({ file }) => file)))];
      const from = codes(files);
      const isMany = same.length > 1;
      return [
        onHost(host, {
          key: one.name,
          title: titled(
            code(one.name),
            `${isMany ? 'secrets' : 'secret'} par défaut en service (${names.fr})`,
            `default ${isMany ? 'secrets' : 'secret'} in use (${names.en})`,
          ),
          message:
            files.length > 0
              ? {
                  fr: `Sur ${code(host.name)}, ${code(one.name)} a pour ${names.fr} la valeur écrite dans ${from.fr}.`,
                  en: `On ${code(host.name)}, ${code(one.name)} has for ${names.en} the value that stands in ${from.en}.`,
                }
              : {
                  fr: `Sur ${code(host.name)}, ${code(one.name)} a pour ${names.fr} une valeur que toutes les listes de mots de passe contiennent.`,
                  en: `On ${code(host.name)}, ${code(one.name)} has for ${names.en} a value that is in every list of passwords.`,
                },
          resources: idsOn(estate, host, one.kind, one.name),
          evidence,
          values: {
            subject: one.name,
            kind: one.kind,
            names: same.map(({ variable }) => variable.name),
            ...fileOf(host, one.name, same[0]?.variable.name),
          },
        }),
      ];
    });
    return found.length > 0
      ? gaps(found)
      : (unreadOn(host, ['units', 'environment-files', 'containers']) ?? ok);
  },
});

/** The file on the host that gives a variable to a unit. */
function fileOf(host: HostState, unit: string, variable: string | undefined): { path?: string } {
  const files = host.units.find(({ name }) => name === unit)?.environmentFiles ?? [];
  const file = files.find(({ variables }) => variables.some(({ name }) => name === variable));
  return file ? { path: file.path } : {};
}

/** Where the same value stands under the same name. */
const placesOf = (
  { name, digest }: GivenValue,
  examples: readonly EnvironmentFile[],
  { composeFiles, programs }: Artifacts,
) => [
  ...examples.flatMap(({ file, variables }) =>
    variables.flatMap((one) =>
      one.name === name && one.digest === digest && one.class !== 'empty' ? [at(file, one.line)] : [],
    ),
  ),
  ...composeFiles.flatMap(({ file, services }) =>
    services.flatMap(({ environment }) =>
      environment.flatMap((one) =>
        one.name === name && one.digest === digest && one.class !== 'empty' ? [at(file, one.line)] : [],
      ),
    ),
  ),
  // what the code takes where nothing is given
  ...programs.flatMap(({ settings }) =>
    settings.flatMap((one) =>
      one.name === name && one.default?.digest === digest && one.default.class !== 'empty' ? [one.at] : [],
    ),
  ),
];

/** What units and containers are given; of a unit that does not run nothing is in use. */
const givenOn = (host: HostState): Given[] => [
  ...host.units
    .filter(({ active, isVendor }) => active === 'active' && !isVendor)
    .map(
      (unit): Given => ({
        kind: 'Systemd::Unit',
        name: unit.name,
        operation: 'systemctl show',
        // the last one that gives a name counts
        variables: [
          ...new Map(
            [...unit.environment, ...unit.environmentFiles.flatMap(({ variables }) => variables)].map(
              (one) => [one.name, one],
            ),
          ).values(),
        ],
      }),
    ),
  ...host.containers
    .filter(({ state }) => state === 'running' || state === 'restarting')
    .map(
      (one): Given => ({
        kind: 'Docker::Container',
        name: one.name,
        operation: `${one.engine} inspect`,
        variables: one.environment,
      }),
    ),
];
