/** `${x}`, `{{ x }}`, `<X>`, `__X__`, `%X%`, `$X`, `YOUR_X`, `REPLACE_ME`: filled in when the file is used. */
const PLACEHOLDER =
  /\$\{[^}]*\}|\{\{[^}]*\}\}|<[^<>]*>|__\w+?__|%[A-Z_]+%|\$[A-Za-z_]\w*|\b(?:YOUR|REPLACE|CHANGE)[-_][A-Z_-]+|\byour-[a-z-]+/g;

/** How a name as written is known; undefined when all of it is filled in later, or when it can be no name. */
export function statusOf(name: string): 'literal' | 'template' | undefined {
  const literal = name.replace(PLACEHOLDER, '');
  if (literal.length > 512 || /[\s\u0000-\u001f\u007f]/.test(literal)) return undefined;
  if (literal === name) return name.trim() === '' ? undefined : 'literal';
  return /[A-Za-z0-9]{2}/.test(literal) ? 'template' : undefined;
}
