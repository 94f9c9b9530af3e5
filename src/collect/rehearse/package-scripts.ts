/** The scripts of a `package.json`, or undefined. */
export function scriptsOf(text: string | undefined): Record<string, unknown> | undefined {
  try {
    const json: unknown = JSON.parse(text ?? '');
    const scripts = json && typeof json === 'object' && 'scripts' in json ? json.scripts : undefined;
    return scripts && typeof scripts === 'object' ? (scripts as Record<string, unknown>) : {};
  } catch {
    return undefined;
  }
}
