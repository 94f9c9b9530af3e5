import type { HeaderFile, RedirectFile } from '#model/wrangler.ts';
import { defineCollector } from '../collector.ts';
import { isRetired } from './retired.ts';

/** Headers whose values say how browsers and caches treat an answer; any other may hold a password. */
const TOLD =
  /^(?:content-security-policy(?:-report-only)?|strict-transport-security|x-(?:frame-options|content-type-options|xss-protection|permitted-cross-domain-policies|dns-prefetch-control|robots-tag)|referrer-policy|permissions-policy|feature-policy|cross-origin-(?:opener|embedder|resource)-policy|access-control-allow-(?:origin|methods|headers|credentials)|access-control-max-age|cache-control|cdn-cache-control|expect-ct|content-type|vary)$/;
const PATH = /^(?:\/|https?:\/\/)/;
const NAME = /^[!#$%&'*+.^_`|~0-9A-Za-z-]{1,100}$/;
/** Cloudflare's own limits. Workers documentation, “Headers” and “Redirects”. */
const MOST_RULES = 100;
const MOST_REDIRECTS = 2_100;
const LONGEST_LINE = 2_000;
const STATUSES = new Set([200, 301, 302, 303, 307, 308]);

/**
 * `_headers` and `_redirects`, which stand among static assets: what is added to answers, and what is sent elsewhere.
 * Cloudflare Workers documentation, “Static Assets”, “Headers” and “Redirects”; Pages reads the same.
 */
export const staticRules = defineCollector({
  id: 'static-rules',
  source: 'repo',
  title: { fr: 'fichiers `_headers` et `_redirects`', en: '`_headers` and `_redirects` files' },
  reads: ({ path, base }) => (base === '_headers' || base === '_redirects') && !isRetired(path),
  collect(reading, sink) {
    const file = reading.path;
    if (file.toLowerCase().endsWith('_headers')) {
      const rules = headerRules(reading.lines);
      if (rules.length > 0) sink.artifact('headerFiles', { file, rules });
      return;
    }
    const rules = redirectRules(reading.lines);
    if (rules.length > 0) sink.artifact('redirectFiles', { file, rules });
  },
});

function headerRules(lines: readonly string[]): HeaderFile['rules'] {
  const rules: HeaderFile['rules'] = [];
  for (const [index, written] of lines.entries()) {
    const text = written.trim();
    const line = index + 1;
    if (text === '' || text.startsWith('#') || text.length > LONGEST_LINE) continue;
    if (PATH.test(text)) {
      if (rules.length >= MOST_RULES) break;
      rules.push({ path: text, line, headers: [], removed: [] });
      continue;
    }
    const rule = rules.at(-1);
    if (!rule) continue;
    if (text.startsWith('!')) {
      rule.removed.push({ name: text.slice(1).trim().toLowerCase(), line });
      continue;
    }
    const colon = text.indexOf(':');
    const name = text.slice(0, colon).trim();
    const value = text.slice(colon + 1).trim();
    if (colon < 1 || value === '' || !NAME.test(name)) continue;
    const lower = name.toLowerCase();
    rule.headers.push({ name: lower, ...(TOLD.test(lower) && { value }), line });
  }
  return rules;
}

const redirectRules = (lines: readonly string[]): RedirectFile['rules'] =>
  lines
    .flatMap((written, index): RedirectFile['rules'] => {
      const text = written.replace(/(?:^|\s)#.*$/, '').trim();
      if (text.length > LONGEST_LINE) return [];
      const [from, to, code] = text.split(/\s+/);
      const status = code === undefined ? 302 : Number(code);
      if (!from || !to || !PATH.test(from) || !PATH.test(to) || !STATUSES.has(status)) return [];
      return [{ from, to, status, line: index + 1 }];
    })
    .slice(0, MOST_REDIRECTS);
