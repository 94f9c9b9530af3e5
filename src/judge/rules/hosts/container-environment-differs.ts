import type { ComposeFile, ComposeService, EnvironmentFile } from '#model/artifacts.ts';
import type { Estate } from '#model/estate.ts';
import type { HostContainer } from '#model/host.ts';
import { defineRule, type Gap, gaps, notApplicable, ok } from '#model/rule.ts';
import { code, codes } from '#model/text.ts';
import { declaredServices } from '../../derived/declared-services.ts';
import { idsOfContainer, onHost, seenOn, unreadOn } from '../../derived/hosts.ts';
import { at, titled } from '../../derived/place.ts';

/** A variable as files give it to a service, with the digest of its value. */
interface Given {
  name: string;
  digest: string;
  secret: boolean;
  file: string;
  line: number;
}

/** What was started is not what the file says: the next start changes it, at a moment that nobody chose. */
export const containerEnvironmentDiffers = defineRule({
  id: 'container-environment-differs',
  severity: 'medium',
  subject: 'host',
  title: {
    fr: 'Variables d’un conteneur autres que celles de son fichier Compose',
    en: 'Variables of a container other than those of its Compose file',
  },
  risk: {
    fr: 'Le prochain `docker compose up` recrée le conteneur avec d’autres valeurs que celles qui servent aujourd’hui.',
    en: 'The next `docker compose up` makes the container again with values other than those that serve today.',
  },
  remedy: {
    fr: 'Porter dans le fichier les valeurs voulues, ou recréer le conteneur depuis le fichier.',
    en: 'Put the intended values into the file, or make the container again from the file.',
  },
  references: ['https://docs.docker.com/reference/compose-file/services/#environment'],
  evaluate(host, estate) {
    const judged = host.containers
      .filter(({ state }) => state === 'running')
      .flatMap((one) => {
        const declared = declaredServices(estate, one);
        return declared.length > 0 ? [{ one, declared }] : [];
      });
    if (judged.length === 0) return unreadOn(host, ['containers']) ?? notApplicable;
    const found = judged.flatMap(({ one, declared }): Gap[] => {
      const sides = declared.map((side) => differing(side, one, estate));
      // of several files, one that agrees is the one that was started
      const least = sides.toSorted((a, b) => a.length - b.length)[0] ?? [];
      const [first] = least;
      if (!first) return [];
      const names = codes(least.map(({ name }) => name));
      const files = codes([...new Set(least.map(({ file }) => file))]);
      return [
        onHost(host, {
          key: one.name,
          title: titled(
            code(one.name),
            `${least.length > 1 ? 'variables autres' : 'variable autre'} que dans ${files.fr} (${names.fr})`,
            `${least.length > 1 ? 'variables' : 'variable'} other than in ${files.en} (${names.en})`,
          ),
          message: {
            fr: `Sur ${code(host.name)}, le conteneur ${code(one.name)} n’a pas pour ${names.fr} ce que donne ${files.fr}\u00a0; les valeurs sont comparées par empreinte.`,
            en: `On ${code(host.name)}, the container ${code(one.name)} does not have for ${names.en} what ${files.en} gives; values are compared by digest.`,
          },
          resources: idsOfContainer(estate, host, one),
          evidence: [
            at(first.file, first.line),
            ...least.slice(1, 3).map(({ file, line }) => at(file, line)),
            seenOn(host, `${one.engine} inspect`, `${one.name}: Config.Env`),
          ],
          values: {
            container: one.name,
            engine: one.engine,
            service: one.compose?.service ?? '',
            project: one.compose?.project ?? '',
            composeFiles: one.compose?.files ?? [],
            names: least.map(({ name }) => name),
          },
        }),
      ];
    });
    return found.length > 0 ? gaps(found) : ok;
  },
});

function differing(
  { file, service }: { file: ComposeFile; service: ComposeService },
  container: HostContainer,
  { artifacts }: Estate,
): Given[] {
  const has = new Map(container.environment.map(({ name, digest }) => [name, digest]));
  const given = givenTo(file, service, artifacts.environmentFiles);
  return [...given.values()].filter(({ name, digest }) => has.get(name) !== digest);
}

/**
 * The variables whose values the repository knows: those of `env_file`, the last one first, then `environment`, which wins.
 * A name that something unknown may give is left out. Compose file reference, “env_file”.
 */
function givenTo(
  { file }: ComposeFile,
  service: ComposeService,
  files: readonly EnvironmentFile[],
): Map<string, Given> {
  const given = new Map<string, Given>();
  const folder = file.slice(0, file.lastIndexOf('/') + 1);
  for (const { path } of service.environmentFiles) {
    const found = files.find((one) => one.file === normal(`${folder}${path}`) && one.tracked && !one.example);
    // what stands in a file of the machine alone may give any name another value
    if (!found) given.clear();
    for (const { name, digest, secret, line, class: worth } of found?.variables ?? []) {
      if (digest === undefined || worth === 'reference') given.delete(name);
      else given.set(name, { name, digest, secret, file: found?.file ?? '', line });
    }
  }
  for (const { name, digest, isDefault, secret = false, line, class: worth } of service.environment) {
    if (digest === undefined || isDefault || worth === 'reference') given.delete(name);
    else given.set(name, { name, digest, secret, file, line });
  }
  return given;
}

/** A path without `./` and `..`. */
function normal(path: string): string {
  const parts: string[] = [];
  for (const part of path.split('/')) {
    if (part === '..') parts.pop();
    else if (part !== '.' && part !== '') parts.push(part);
  }
  return parts.join('/');
}
