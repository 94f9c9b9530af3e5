import type { Manifest } from '#model/artifacts.ts';

/**
 * A provider of an external service and its packages by ecosystem, as their registries call them, separated by spaces.
 * After `=` stands the module that code imports, where it is not the package's own name.
 */
export interface ProviderEntry extends Partial<Record<Manifest['ecosystem'], string>> {
  /** What the provider is called: the name of the resource. */
  name: string;
  /** How the variables that hold its credentials start, separated by spaces. */
  keys?: string;
}
