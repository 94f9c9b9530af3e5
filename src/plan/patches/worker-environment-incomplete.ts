import { applyEdits, modify } from 'jsonc-parser';
import { isFileEvidence } from '#model/evidence.ts';
import { code, codes, type Text } from '#model/text.ts';
import type { WranglerBinding, WranglerConfig, WranglerEnvironment } from '#model/wrangler.ts';
import { say } from '../draft.ts';
import { definePatch, slug } from './patch.ts';

/** What is bound in one environment, to be bound in another under a name of its own. */
interface Added {
  /** The key of the configuration: `d1_databases`. */
  key: string;
  entry: Record<string, string>;
  /** Makes the resource, and prints its id. */
  create: string;
}

type Make = (binding: WranglerBinding, name: string) => Added | undefined;

/** Cloudflare documentation, “Wrangler configuration”, bindings; only those whose other side is a store of its own. */
const STORES: Readonly<Record<string, Make>> = {
  d1: ({ name }, own) => ({
    key: 'd1_databases',
    entry: { binding: name, database_name: own },
    create: `npx wrangler d1 create ${own}`,
  }),
  kv_namespace: ({ name }, own) => ({
    key: 'kv_namespaces',
    entry: { binding: name },
    create: `npx wrangler kv namespace create ${own}`,
  }),
  r2_bucket: ({ name }, own) => ({
    key: 'r2_buckets',
    entry: { binding: name, bucket_name: own },
    create: `npx wrangler r2 bucket create ${own}`,
  }),
};

/** A name for the store of an environment, from that of another. */
const ownName = (to: string, from: string | undefined, environment: string): string => {
  const base = from === undefined ? to : to.replace(new RegExp(`[-_]${from}$`), '');
  return `${base.toLowerCase().replaceAll('_', '-')}-${environment}`;
};

/** What one environment lacks of the stores that another has. */
function addedTo(environment: WranglerEnvironment, others: readonly WranglerEnvironment[]): Added[] {
  const { name: own } = environment;
  if (own === undefined) return [];
  const bound = new Set(environment.bindings.map(({ name }) => name));
  return environment.lacking.flatMap(({ name }) => {
    if (name === undefined || bound.has(name)) return [];
    for (const other of others) {
      const binding = other.bindings.find((one) => one.name === name);
      const base = binding?.to ?? binding?.name;
      const make = binding && STORES[binding.type];
      if (binding && make && base !== undefined && /^[\w-]+$/.test(base) && /^[\w-]+$/.test(own))
        return make(binding, ownName(base, other.name, own)) ?? [];
    }
    return [];
  });
}

const inToml = (text: string, environment: string, added: readonly Added[]): string =>
  `${text.replace(/\n*$/, '\n')}${added
    .map(
      ({ key, entry }) =>
        `\n[[env.${environment}.${key}]]\n${Object.entries(entry)
          .map(([name, value]) => `${name} = ${JSON.stringify(value)}\n`)
          .join('')}`,
    )
    .join('')}`;

const inJson = (text: string, environment: string, added: readonly Added[]): string =>
  added.reduce(
    (edited, { key, entry }) =>
      applyEdits(
        edited,
        modify(edited, ['env', environment, key, -1], entry, {
          isArrayInsertion: true,
          formattingOptions: { insertSpaces: !/^\t/m.test(text), tabSize: 2, eol: '\n' },
        }),
      ),
    text,
  );

/** The configuration with what it lacks; undefined where a key is written in a way that cannot be added to. */
function completed(
  { file }: WranglerConfig,
  text: string,
  environment: string,
  added: readonly Added[],
): string | undefined {
  if (!file.endsWith('.toml')) return inJson(text, environment, added);
  // a list that stands as an inline array, or a table that is inline, takes no further tables
  const isInline =
    new RegExp(`^\\s*(?:env\\.)?${environment}\\s*=`, 'm').test(text) ||
    added.some(({ key }) => new RegExp(`^\\s*${key}\\s*=`, 'm').test(text));
  return isInline ? undefined : inToml(text, environment, added);
}

/** An environment of a Worker with stores of its own for what the others have. */
export const workerEnvironmentIncomplete = definePatch({
  for: ['worker-environment-incomplete', 'environment-incomplete'],
  draft: (findings, { estate }) =>
    estate.artifacts.wranglerConfigs.flatMap((config) => {
      const own = findings.filter(({ evidence }) =>
        evidence.some((one) => isFileEvidence(one) && one.file === config.file),
      );
      return config.environments.flatMap((environment) => {
        const { name } = environment;
        const added = addedTo(environment, config.environments);
        const about = own.filter(({ title, environments, message }) =>
          [title.en, message.en, ...environments].some((text) => name !== undefined && text.includes(name)),
        );
        if (name === undefined || added.length === 0 || about.length === 0) return [];
        return [
          {
            id: `complete-${slug(name)}-${slug(config.file)}`,
            title: say(
              `Donner à l’environnement ${code(name)} de ${code(config.file)} ce qui lui manque`,
              `Give environment ${code(name)} of ${code(config.file)} what it lacks`,
            ),
            note: noteOf(environment, added),
            findings: about,
            edits: [
              {
                file: config.file,
                make: (text) => (text === undefined ? undefined : completed(config, text, name, added)),
              },
            ],
          },
        ];
      });
    }),
});

/** What the configuration cannot hold before it is there: ids, values and secrets. */
function noteOf(environment: WranglerEnvironment, added: readonly Added[]): Text {
  const commands = codes(added.map(({ create }) => create));
  const made = new Set(added.map(({ entry }) => entry.binding));
  const left = environment.lacking.flatMap(({ key, name }) =>
    name !== undefined && made.has(name) ? [] : [name ?? key],
  );
  const rest = codes(new Set(left));
  return {
    fr: `À créer d’abord, et l’identifiant affiché à écrire dans l’entrée\u00a0: ${commands.fr}.${left.length > 0 ? ` Reste à décider\u00a0: ${rest.fr}.` : ''}`,
    en: `To be made first, with the id that is printed written into the entry: ${commands.en}.${left.length > 0 ? ` Left to decide: ${rest.en}.` : ''}`,
  };
}
