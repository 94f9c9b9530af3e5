/** The marks of results where only text can stand: Markdown, the terminal. */
export const RESULT_MARKS = { pass: '✓', fail: '✗', unknown: '?' } as const;
