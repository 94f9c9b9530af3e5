import type { Setting } from '#model/settings.ts';
import { givenValue } from '../../given-value.ts';
import { type Expression, partsOf } from './code.ts';
import type { Spot } from './meaning.ts';
import type { Resolver } from './resolve.ts';

/** The default of a variable as kept: never the value of a secret. */
export function defaultValue(
  resolver: Resolver,
  name: string,
  given: Expression | undefined,
  spot: Spot,
): Setting['default'] | undefined {
  if (!given) return undefined;
  if (isGenerated(resolver, given, spot))
    return { class: 'plain', secret: false, digest: '', isGenerated: true };
  const constant = resolver.constant(given, spot);
  const text =
    constant?.is === 'text'
      ? constant.text
      : constant?.is === 'value'
        ? constant.value === null
          ? undefined
          : String(constant.value)
        : constant?.is === 'list'
          ? JSON.stringify(constant.items.map((item) => (item.is === 'text' ? item.text : null)))
          : undefined;
  if (text === undefined) return undefined;
  const { secret, class: valueClass, digest, shown } = givenValue(name, text);
  // a switch or a number that stands where a secret would is none: `os.getenv('PASSWORD', False)`
  if (secret && constant?.is !== 'text') return { secret: false, class: 'plain', digest };
  return { secret, class: valueClass, digest, ...(shown !== undefined && { shown }) };
}

const GENERATOR =
  /^(?:secrets\.|uuid\.|os\.urandom|random\.|crypto\.random|node:crypto\.random|nanoid|crypto\/rand\.)|token_(?:hex|urlsafe|bytes)/;

/** Whether a value is made anew in each run. */
function isGenerated(resolver: Resolver, given: Expression, spot: Spot): boolean {
  for (const part of partsOf(given)) {
    if (part.is === 'function') {
      const own = spot.code.returns.filter(({ fn }) => fn === part.index);
      if (own.some(({ value }) => isGenerated(resolver, value, { code: spot.code, fn: part.index })))
        return true;
    }
    if (part.is !== 'call' && part.is !== 'name') continue;
    const meaning = resolver.meaning(part.is === 'call' ? part.callee : part, spot);
    if (meaning?.is === 'external' && GENERATOR.test(meaning.path)) return true;
    if (
      meaning?.is === 'function' &&
      meaning.code.returns.some(
        ({ fn, value }) =>
          fn === meaning.fn.index &&
          [...partsOf(value)].some((one) => one.is === 'call' && GENERATOR.test(one.path)),
      )
    )
      return true;
  }
  return false;
}
