import type { Manifest } from '#model/artifacts.ts';

export type PackageLine = Manifest['packages'][number];

/** What a manifest lists, or where and why it cannot be read. */
export type ManifestReading = { packages: PackageLine[] } | { error: { line: number; message: string } };

/** Files of one ecosystem that list packages. */
export interface Format {
  ecosystem: Manifest['ecosystem'];
  reads(base: string, path: string): boolean;
  read(text: string, lines: readonly string[], path: string): ManifestReading;
}

/** A version as it may be shown: short, and no URL (which may hold a token). */
export const version = (text: string | undefined): { version?: string } =>
  text !== undefined && text !== '' && text.length <= 60 && !/:\/\/|@.*:/.test(text) ? { version: text } : {};
