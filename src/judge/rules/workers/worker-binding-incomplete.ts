import type { Manifest } from '#model/artifacts.ts';
import { defineRule, type Gap, gaps, notApplicable } from '#model/rule.ts';
import { code, codes } from '#model/text.ts';
import type { WranglerBinding, WranglerConfig } from '#model/wrangler.ts';
import { at, some, titled } from '../../derived/place.ts';
import { deployedOf, isForShow, isPrivate, titleOf } from '../../derived/wrangler-environments.ts';

/** Since this version Wrangler makes what has no id and binds it. Its changelog, 4.45.0, “automatic resource provisioning”. */
const PROVISIONS = [4, 45] as const;
const PROVISIONED = new Set(['d1', 'kv_namespace', 'r2_bucket']);

/** A deployment that stops at the first thing that it cannot bind. */
export const workerBindingIncomplete = defineRule({
  id: 'worker-binding-incomplete',
  severity: 'medium',
  subject: 'wranglerConfig',
  title: { fr: 'Liaison d’un Worker sans identifiant', en: 'Binding of a Worker without an id' },
  risk: {
    fr: 'Wrangler refuse le déploiement, ou le Worker est lié à rien.',
    en: 'Wrangler refuses the deployment, or the Worker is bound to nothing.',
  },
  remedy: {
    fr: 'Écrire l’identifiant de la ressource, que `wrangler d1 list`, `wrangler kv namespace list` ou leurs semblables affichent.',
    en: 'Write the id of the resource, which `wrangler d1 list`, `wrangler kv namespace list` and their like print.',
  },
  references: ['https://developers.cloudflare.com/workers/wrangler/configuration/#bindings'],
  evaluate(config, { artifacts }) {
    if (isForShow(config)) return notApplicable;
    const provisions = provisionsIn(config, artifacts.manifests);
    return gaps(
      deployedOf(config).flatMap((environment): Gap[] => {
        const incomplete = environment.bindings.filter((binding) => isRefused(binding, provisions));
        const evidence = some(incomplete.map(({ line }) => at(config.file, line)));
        if (!evidence) return [];
        const names = codes(incomplete.map(({ name }) => name));
        const title = titleOf(environment, config);
        const isFilledIn = incomplete.some(({ isPlaceholder }) => isPlaceholder);
        return [
          {
            key: environment.name ?? '',
            environments: environment.name === undefined ? [] : [environment.name],
            ...((isPrivate(environment) || !isFilledIn) && { severity: 'low' }),
            title: titled(
              `${code(config.file)}, ${code(title)}`,
              'liaison sans identifiant',
              'binding without an id',
            ),
            message: isFilledIn
              ? {
                  fr: `À la place de l’identifiant de ${names.fr} se trouve encore le texte à remplacer.`,
                  en: `Where the id of ${names.en} belongs, the text to be replaced still stands.`,
                }
              : {
                  fr: `Sans identifiant\u00a0: ${names.fr}. La version de Wrangler du projet n’en crée pas d’elle-même.`,
                  en: `Without an id: ${names.en}. The project’s version of Wrangler does not make one by itself.`,
                },
            evidence,
          },
        ];
      }),
    );
  },
});

const isRefused = (
  { type, isIncomplete, isPlaceholder }: WranglerBinding,
  provisions: 'yes' | 'no' | 'unknown',
) => isPlaceholder === true || (isIncomplete === true && PROVISIONED.has(type) && provisions === 'no');

/** Whether the version that the project states makes what has no id; the nearest `package.json` upwards says which. */
function provisionsIn({ file }: WranglerConfig, manifests: readonly Manifest[]): 'yes' | 'no' | 'unknown' {
  const folders = file.split('/').slice(0, -1);
  for (let count = folders.length; count >= 0; count--) {
    const path = [...folders.slice(0, count), 'package.json'].join('/');
    const stated = manifests
      .find((one) => one.file === path)
      ?.packages.find(({ name }) => name === 'wrangler');
    if (!stated) continue;
    const version = stated.version ?? '';
    const [, major, minor = '0'] = /^[\^~]?(\d+)(?:\.(\d+))?/.exec(version) ?? [];
    return major === undefined ? 'unknown' : versionProvisions(version, Number(major), Number(minor));
  }
  return 'unknown';
}

/** `^4.10` takes any later 4: only an exact version, or one of an older line, is known not to. */
function versionProvisions(version: string, major: number, minor: number): 'yes' | 'no' | 'unknown' {
  if (major < PROVISIONS[0]) return 'no';
  if (major > PROVISIONS[0] || minor >= PROVISIONS[1]) return 'yes';
  return version.startsWith('^') || !version.includes('.') ? 'unknown' : 'no';
}
