import type { Session } from '../session.ts';
import { defineAction, type Inputs, linesOf } from './action.ts';

/** Makes tags for images from rules (`type=ref,event=branch`). What depends on the run is a symbol. */
export const dockerMetadata = defineAction({
  names: ['docker/metadata-action', 'crazy-max/ghaction-docker-meta'],
  run(given, session) {
    const { symbols } = session;
    const rules = linesOf(given('tags'), /\n/);
    const flavor = Object.fromEntries(linesOf(given('flavor')).map(keyAndValue));
    const tags = (
      rules.length
        ? rules
        : ['type=schedule', 'type=ref,event=branch', 'type=ref,event=tag', 'type=ref,event=pr']
    )
      .map((rule) => tagOf(rule, session))
      .filter((tag): tag is string => tag !== undefined);
    if (flavor.latest === 'true') tags.push('latest');
    const unique = [...new Set(tags)];
    const images = imagesOf(given);
    const all = images.flatMap((image) => unique.map((tag) => `${image}:${tag}`));
    return {
      outputs: {
        tags: (images.length ? all : unique).join('\n'),
        version: unique[0] ?? symbols.of('github.ref_name'),
        labels: symbols.of('labels'),
        annotations: symbols.of('annotations'),
        json: JSON.stringify({ tags: all, labels: {} }),
        'bake-file': symbols.of('bake file'),
        'bake-file-tags': symbols.of('bake file'),
      },
      environment: { DOCKER_METADATA_OUTPUT_VERSION: unique[0] },
    };
  },
});

const keyAndValue = (part: string): [string, string] => {
  const at = part.indexOf('=');
  return at < 0 ? [part.trim(), ''] : [part.slice(0, at).trim(), part.slice(at + 1).trim()];
};

/** `images:` lists names, or `name=…,enable=…`. */
const imagesOf = (given: Inputs): string[] =>
  linesOf(given('images')).flatMap((part) => {
    const [key, value] = keyAndValue(part);
    return part.startsWith('name=') ? [value] : key === 'enable' ? [] : [part];
  });

function tagOf(rule: string, session: Session): string | undefined {
  const { symbols } = session;
  if (!rule.includes('=')) return rule;
  const fields = Object.fromEntries(rule.split(',').map(keyAndValue));
  if (fields.enable === 'false') return undefined;
  const name = () => {
    switch (fields.type) {
      case 'raw':
        return (fields.value ?? '').replace(/\{\{[^}]*\}\}/g, (part) => symbols.of(part.slice(2, -2).trim()));
      case 'sha':
        return `${fields.prefix ?? 'sha-'}${symbols.of('github.sha')}`;
      case 'schedule':
        return symbols.of('schedule');
      case 'ref':
        return fields.event === 'pr'
          ? `pr-${symbols.of('github.event.number')}`
          : symbols.of('github.ref_name');
      default:
        return symbols.of('github.ref_name');
    }
  };
  const [prefix, suffix] = [fields.type === 'sha' ? '' : (fields.prefix ?? ''), fields.suffix ?? ''];
  // A nightly tag, a pull request's tag: only the run knows whether it is there at all.
  return fields.type === 'schedule' ? undefined : `${prefix}${name()}${suffix}`;
}
