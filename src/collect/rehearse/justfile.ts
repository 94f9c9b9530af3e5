/** A recipe of a justfile: what it is called, and its body as a script, with the line on which that starts. */
export interface JustRecipe {
  name: string;
  line: number;
  body: string;
}

const ASSIGNMENT = /^(?:export\s+)?([A-Za-z_][\w-]*)\s*:=\s*(.*)$/;
const HEADER = /^@?([A-Za-z_][\w-]*)((?:\s+[^:=\s]+(?:\s*=\s*(?:'[^']*'|"[^"]*"|[^\s:]+))?)*)\s*:(?!=)/;
const PARAMETER = /([*+$]?)([A-Za-z_][\w-]*)(?:\s*=\s*(?:'([^']*)'|"([^"]*)"|([^\s:]+)))?/g;
const INTERPOLATION = /\{\{\s*([^{}]{1,200}?)\s*\}\}/g;
const LITERAL = /^(?:'([^']*)'|"([^"\\]*)")$/;
const MOST_LINES = 20_000;
const LONGEST_LINE = 4_000;

const shellName = (name: string): string => name.replaceAll('-', '_');

/**
 * The recipes of a justfile, each as a script of the shell: `{{name}}` becomes the value that the file gives, or a
 * variable from outside. Just manual, “The Justfile”. Conditionals and functions in `{{ }}` are unknown.
 */
export function readJustfile(text: string): JustRecipe[] {
  const variables = new Map<string, string>();
  const recipes: (JustRecipe & { defaults: Map<string, string> })[] = [];
  let current: (typeof recipes)[number] | undefined;
  let indent = '';
  for (const [index, raw] of text.split('\n', MOST_LINES).entries()) {
    const isBody = /^[ \t]/.test(raw) || raw.trim() === '';
    if (isBody && current) {
      indent ||= /^[ \t]*/.exec(raw)?.[0] ?? '';
      const own = raw.startsWith(indent) ? raw.slice(indent.length) : raw.trim();
      current.body += `${own.replace(/^[@-]{1,2}(?=\S)/, '')}\n`;
      continue;
    }
    if (raw.length > LONGEST_LINE || /^\s*#|^\[|^(?:set|import|mod|alias)\s/.test(raw)) continue;
    const [, name = '', value = ''] = ASSIGNMENT.exec(raw) ?? [];
    if (name !== '') {
      const literal = LITERAL.exec(value.trim());
      if (literal) variables.set(name, literal[1] ?? literal[2] ?? '');
      current = undefined;
      continue;
    }
    const header = HEADER.exec(raw);
    current = undefined;
    if (!header) continue;
    const defaults = new Map<string, string>();
    for (const [, , parameter = '', ...given] of (header[2] ?? '').matchAll(PARAMETER)) {
      const written = given.find((one) => one !== undefined);
      defaults.set(
        parameter,
        written === undefined ? `\${${shellName(parameter)}}` : `\${${shellName(parameter)}:-${written}}`,
      );
    }
    indent = '';
    current = { name: header[1] ?? '', line: index + 2, body: '', defaults };
    recipes.push(current);
  }
  return recipes.map(({ name, line, body, defaults }) => ({
    name,
    line,
    body: `${body.trimEnd()}\n`.replace(INTERPOLATION, (_, inside: string) => {
      const value = defaults.get(inside) ?? variables.get(inside);
      return value ?? `\${${shellName(/^[A-Za-z_][\w-]*$/.test(inside) ? inside : 'interpolation')}}`;
    }),
  }));
}
