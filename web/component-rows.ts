import type { Component } from './vocabulary.ts';

/** Rows of one system in one environment: nobody reads a longer table, and an account may have thousands. */
export const MOST_COMPONENTS = 100;

/** The rows that are shown: all of them, or of a long table those that wait for something first. */
export function shownComponents<C extends Pick<Component, 'status'>>(components: readonly C[]): readonly C[] {
  if (components.length <= MOST_COMPONENTS) return components;
  const waits = components.filter(({ status }) => status !== 'verified');
  const rest = components.filter(({ status }) => status === 'verified');
  return [...waits, ...rest].slice(0, MOST_COMPONENTS);
}
