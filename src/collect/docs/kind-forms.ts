import type { Kind } from '#model/fact.ts';

/** How people call a kind of resource in a document, and what its names look like. */
export interface KindWords {
  kind: Kind;
  /** The provider's naming rule. */
  name: RegExp;
  /** Needs one of these words around, when found by a phrase that does not say the provider. */
  needs?: readonly string[];
  /** A domain, of which `*.shop.fr` is one too. */
  domain?: true;
  /** With one of these words nearby, the phrase means something else. */
  unless?: readonly string[];
  /** Cuts what is written with the name and is no part of it. */
  trim?(name: string): string;
  /** Adds what people leave out of the name. */
  complete?(name: string): string;
}

/** A kind, the phrases that say it by themselves, and those that need its provider nearby. */
export type Entry = readonly [words: KindWords, strong: string, weak?: string];

export const list = (text: string) => text.split(',').map((phrase) => phrase.trim());

export const PLAIN = /^[A-Za-z0-9][A-Za-z0-9_-]{0,254}$/;
export const HYPHENATED = /^[A-Za-z0-9]+(?:[_-]+[A-Za-z0-9]+)+$/;
export const DOMAIN = /^(?:\*\.)?(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?\.)+[a-z]{2,24}\.?$/i;
export const BUCKET = /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/;
export const ROUTE53 = ['route53', 'route 53'];
