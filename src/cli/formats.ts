/** Formats of the report and the files they are written to. */
export const FORMATS = { md: 'report.md', html: 'report.html', json: 'report.json' } as const;
export type Format = keyof typeof FORMATS;
