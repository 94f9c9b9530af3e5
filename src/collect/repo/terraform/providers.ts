import { nameOfArn } from '../aws-names.ts';
import { described, evaluate } from './evaluate.ts';
import type { Body } from './hcl/nodes.ts';
import { attributeOf, type ModuleConfig } from './module-config.ts';
import type { Scope } from './scope.ts';
import { isList, isMap, knownText, type Value } from './values.ts';

/** Where a provider's resources are, as far as its configuration says. */
export interface ProviderSettings {
  region?: string;
  account?: string;
  /** It assumes a role of an account that only the run knows. */
  isElsewhere?: true;
}

/** Providers by what a module calls them: `aws`, `aws.us_east_1`. */
export type Providers = ReadonlyMap<string, ProviderSettings>;

const REGION = /^[a-z]{2}(?:-[a-z]+)+-\d$/;
const ACCOUNT = /^\d{12}$/;

/** A region where the value is one. */
export function regionOf(value: Value | undefined): string | undefined {
  const text = knownText(value);
  return text !== undefined && REGION.test(text) ? text : undefined;
}

/** The providers that a module configures itself. AWS provider documentation, “Provider Configuration”. */
export function ownProviders(config: ModuleConfig, scope: Scope): Map<string, ProviderSettings> {
  const found = new Map<string, ProviderSettings>();
  for (const { type, body } of config.providers) {
    const argument = (name: string) => {
      const written = attributeOf(body, name);
      return written && evaluate(written.value, scope);
    };
    const alias = knownText(argument('alias'));
    const region = regionOf(argument('region'));
    const role = assumedRole(body, scope);
    const account = accountOf(argument('allowed_account_ids'), role);
    found.set(alias === undefined ? type : `${type}.${alias}`, {
      ...(region !== undefined && { region }),
      ...(account !== undefined && { account }),
      ...(account === undefined && role !== undefined && role !== null && { isElsewhere: true }),
    });
  }
  return found;
}

function assumedRole(body: Body, scope: Scope): Value | undefined {
  const block = body.blocks.findLast(({ type }) => type === 'assume_role')?.body;
  const written = block ? attributeOf(block, 'role_arn') : undefined;
  if (written) return evaluate(written.value, scope);
  // In JSON syntax the block is an object
  const object = attributeOf(body, 'assume_role');
  const value = object && evaluate(object.value, scope);
  return value !== undefined && isMap(value) ? value.get('role_arn') : undefined;
}

function accountOf(allowed: Value | undefined, role: Value | undefined): string | undefined {
  const only =
    allowed !== undefined && isList(allowed) && allowed.length === 1 ? knownText(allowed[0]) : undefined;
  if (only !== undefined && ACCOUNT.test(only)) return only;
  const text = knownText(role);
  return text === undefined ? undefined : nameOfArn(text)?.account;
}

/** The providers that a called module has: those passed to it, its own, and those it inherits by name. */
export function passedProviders(call: Body, own: Providers, parent: Providers): Providers {
  const inherited = [...parent].filter(([name]) => !name.includes('.'));
  const given = attributeOf(call, 'providers')?.value;
  const passed =
    given?.type === 'object'
      ? given.entries.flatMap(({ key, value }): [string, ProviderSettings][] => [
          [described(key), parent.get(described(value)) ?? {}],
        ])
      : [];
  return new Map([...inherited, ...passed, ...own]);
}

/** What a block's `provider` argument names, else the provider of its type. */
export function providerOf(body: Body, type: string, providers: Providers): ProviderSettings {
  const written = attributeOf(body, 'provider')?.value;
  const name = written ? described(written) : (type.split('_')[0] ?? '');
  return providers.get(name) ?? {};
}
