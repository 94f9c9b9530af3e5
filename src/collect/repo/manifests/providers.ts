import type { Manifest } from '#model/artifacts.ts';
import { aiProviders } from './ai-providers.ts';
import { businessProviders } from './business-providers.ts';
import { platformProviders } from './platform-providers.ts';

type Ecosystem = Manifest['ecosystem'];

/** A provider of an external service: the kind and name of its resource. */
export interface Provider {
  kind: 'Service::AI' | 'Service::SaaS';
  name: string;
}

const ECOSYSTEMS: readonly Ecosystem[] = ['npm', 'python', 'go', 'rust', 'java'];

interface Known {
  provider: Provider;
  module: string;
}
const packages = new Map<string, Known>();
const modules = new Map<string, Provider>();
const keys = new Map<string, Provider>();
for (const [kind, entries] of [
  ['Service::AI', aiProviders],
  ['Service::SaaS', [...platformProviders, ...businessProviders]],
] as const) {
  for (const entry of entries) {
    const provider: Provider = { kind, name: entry.name };
    for (const ecosystem of ECOSYSTEMS) {
      for (const written of entry[ecosystem]?.split(' ') ?? []) {
        const [name = '', module = moduleOf(ecosystem, name)] = written.split('=');
        packages.set(`${ecosystem} ${name.toLowerCase()}`, { provider, module });
        modules.set(`${ecosystem} ${module}`, provider);
      }
    }
    for (const prefix of entry.keys?.split(' ') ?? []) keys.set(prefix, provider);
  }
}

function moduleOf(ecosystem: Ecosystem, name: string): string {
  return ecosystem === 'python' || ecosystem === 'rust' ? name.replaceAll('-', '_') : name;
}

/** The provider that a package calls, by its name in the registry. Go modules are known with or without `/v2`. */
export function providerOf(ecosystem: Ecosystem, name: string): Provider | undefined {
  const plain = ecosystem === 'go' ? name.replace(/\/v\d+$/, '') : name;
  return packages.get(`${ecosystem} ${plain.toLowerCase()}`)?.provider;
}

/** The provider that an imported module belongs to: its longest known beginning counts. */
export function providerOfModule(ecosystem: Ecosystem, module: string): Provider | undefined {
  const separator = ecosystem === 'npm' || ecosystem === 'go' ? '/' : '.';
  const parts = module.split(separator).slice(0, 8);
  for (let length = parts.length; length > 0; length -= 1) {
    const found = modules.get(`${ecosystem} ${parts.slice(0, length).join(separator)}`);
    if (found) return found;
  }
  return undefined;
}

const CREDENTIAL =
  /^(?:(?:NEXT_PUBLIC|PUBLIC|VITE|REACT_APP|EXPO_PUBLIC|NUXT_PUBLIC|GATSBY)_)?([A-Z][A-Z0-9_]{1,40}?)_(?:API_KEY|API_TOKEN|API_SECRET|APIKEY|SECRET_KEY|SECRET|AUTH_TOKEN|ACCESS_TOKEN|BOT_TOKEN|TOKEN|DSN|AUTH_KEY|CLIENT_SECRET|SERVICE_ROLE_KEY|PUBLISHABLE_KEY|SERVER_TOKEN|WEBHOOK_URL|WEBHOOK_SECRET|ACCOUNT_SID|LICENSE_KEY|PRIVATE_KEY)$/;

/** The provider whose credential a variable's name says it holds: `STRIPE_SECRET_KEY`. */
export function providerOfVariable(name: string): Provider | undefined {
  const prefix = name.length <= 100 ? CREDENTIAL.exec(name)?.[1] : undefined;
  return prefix === undefined ? undefined : keys.get(prefix);
}
