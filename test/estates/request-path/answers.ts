import type { AwsRequest } from '../../aws/proxy/request.ts';
import type { AwsProxy } from '../../aws/proxy.ts';

/** Changes one answer: an object for the protocols of JSON, text for those of XML. */
export type Patch<Answer = never> = (answer: Answer, request: AwsRequest) => unknown;

/**
 * What is changed in the answers of a proxy, so that several changes of one operation hold together: they are made in
 * the order in which they were told, each on what the one before it gives.
 */
export class Answers {
  readonly #proxy: AwsProxy;
  readonly #patches = new Map<string, Patch[]>();

  constructor(proxy: AwsProxy) {
    this.#proxy = proxy;
  }

  patch<Answer>(operation: string, patch: Patch<Answer>): void {
    const known = this.#patches.get(operation);
    if (known) {
      known.push(patch as Patch);
      return;
    }
    const all = [patch as Patch];
    this.#patches.set(operation, all);
    this.#proxy.when(operation, {
      kind: 'patch',
      patch: (answer, request) =>
        all.reduce<unknown>((given, one) => one(given as never, request) ?? given, answer),
    });
  }

  deny(operation: string): void {
    this.#proxy.when(operation, { kind: 'deny' });
  }
}

/** Every element of a name in an answer of XML, changed; elements of the same name within it are not looked for. */
export function eachElement(xml: string, name: string, change: (inner: string) => string): string {
  return xml.replace(
    new RegExp(`(<${name}>)([\\s\\S]*?)(</${name}>)`, 'g'),
    (_, open: string, inner: string, close: string) => `${open}${change(inner)}${close}`,
  );
}

/** The text of the first element of a name. */
export const elementOf = (xml: string, name: string): string | undefined =>
  new RegExp(`<${name}>([\\s\\S]*?)</${name}>`).exec(xml)?.[1];

/** An element with another text; put at the end where there is none. */
export function withElement(xml: string, name: string, text: string | number): string {
  const element = `<${name}>${text}</${name}>`;
  const own = new RegExp(`<${name}>[\\s\\S]*?</${name}>|<${name}\\s*/>`);
  return own.test(xml) ? xml.replace(own, element) : `${xml}${element}`;
}
