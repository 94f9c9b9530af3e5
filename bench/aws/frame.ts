/** An answer that holds a list: its items, and what stands around them. */
export interface Frame {
  /** JSON or XML, as in the answer. */
  items: string[];
  /** The token of the next page. */
  next?: string;
  /** The same answer with other items, and with a token where another page follows. */
  around(items: readonly string[], next?: string): string;
}

/** What of a list stands in the answer's text. */
interface Members {
  items: string;
  token: string;
  truncated?: string;
}

/** Takes an answer with a list apart. */
export const frameOf = (text: string, members: Members): Frame =>
  /^\s*\{/.test(text) ? ofJson(text, members) : ofXml(text, members);

function ofJson(text: string, { items, token }: Members): Frame {
  const { [items]: held, [token]: next, ...rest } = JSON.parse(text) as Record<string, unknown>;
  const start = JSON.stringify(rest).slice(0, -1);
  const list = (Array.isArray(held) ? held : []).map((item) => JSON.stringify(item));
  return {
    items: list,
    ...(typeof next === 'string' && next !== '' && { next }),
    around: (others, following) =>
      [
        start,
        start.length > 1 ? ',' : '',
        `"${items}":[${others.join(',')}]`,
        following === undefined ? '' : `,"${token}":${JSON.stringify(following)}`,
        '}',
      ].join(''),
  };
}

function ofXml(text: string, { items, token, truncated }: Members): Frame {
  const start = text.indexOf(`<${items}>`);
  if (start < 0) return { items: [], around: () => text };
  const from = start + items.length + 2;
  const [inner = ''] = elements(text.slice(start), items);
  const content = inner.slice(items.length + 2, -(items.length + 3));
  const to = from + content.length;
  const child = /^\s*<([\w.-]+)/.exec(content)?.[1] ?? '';
  const element = (name: string) => new RegExp(`<${name}>([^<]*)</${name}>`);
  const rest = text.slice(0, start) + text.slice(to);
  const isLast = truncated !== undefined && element(truncated).exec(rest)?.[1] !== 'true';
  const next = isLast ? undefined : element(token).exec(rest)?.[1];
  const before = text.slice(0, from).replace(element(token), '');
  const after = text.slice(to + items.length + 3).replace(element(token), '');
  return {
    items: elements(content, child),
    ...(next && { next }),
    around: (others, following) => {
      const has = (part: string) =>
        truncated === undefined
          ? part
          : part.replace(element(truncated), `<${truncated}>${following !== undefined}</${truncated}>`);
      const told = following === undefined ? '' : `<${token}>${following}</${token}>`;
      return `${has(before)}${others.join('')}</${items}>${told}${has(after)}`;
    },
  };
}

/** The elements of one name that follow each other, with what is nested in them. */
function elements(text: string, name: string): string[] {
  const found: string[] = [];
  let depth = 0;
  let start = 0;
  for (const { 0: tag, index } of text.matchAll(new RegExp(`<(/?)${name}(?:\\s[^>]*)?(/?)>`, 'g'))) {
    if (tag.endsWith('/>')) continue;
    if (!tag.startsWith('</')) {
      if (depth === 0) start = index;
      depth += 1;
    } else {
      depth -= 1;
      if (depth === 0) found.push(text.slice(start, index + tag.length));
    }
  }
  return found;
}
