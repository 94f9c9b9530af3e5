import { isFileEvidence } from '#model/evidence.ts';
import type { Finding } from '#model/finding.ts';
import { code } from '#model/text.ts';
import type { WorkerCode } from '#model/worker.ts';
import { say } from '../draft.ts';
import { definePatch, freeName, newFile, type PatchInput, slug } from './patch.ts';

/** MDN, “HTTP headers”; OWASP, “HTTP Security Response Headers Cheat Sheet”. */
const HEADERS = `  'Content-Security-Policy': "default-src 'self'; base-uri 'self'; object-src 'none'; frame-ancestors 'none'",
  'Strict-Transport-Security': 'max-age=31536000',
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'strict-origin-when-cross-origin',`;

/** What a module in TypeScript says more than one in JavaScript. */
const TYPES = {
  constant: ': Record<string, string>',
  handler:
    '<Handler extends { fetch?: (...given: any[]) => Response | Promise<Response> }>(handler: Handler): Handler',
  given: ': any[]',
};
const NO_TYPES: typeof TYPES = { constant: '', handler: '(handler)', given: '' };

const moduleText = (
  types: typeof TYPES,
): string => `/** What every answer bears, where it does not set its own. */
const SECURITY_HEADERS${types.constant} = {
${HEADERS}
};

/** A handler whose answers bear the security headers. */
export function withSecurityHeaders${types.handler} {
  const answer = handler.fetch;
  if (!answer) return handler;
  return {
    ...handler,
    fetch: async (...given${types.given}) => {
      const response = await answer.apply(handler, given);
      // an upgrade to WebSocket cannot be copied
      if (response.status === 101) return response;
      const headers = new Headers(response.headers);
      for (const [name, value] of Object.entries(SECURITY_HEADERS)) {
        if (!headers.has(name)) headers.set(name, value);
      }
      return new Response(response.body, {
        status: response.status,
        statusText: response.statusText,
        headers,
      });
    },
  };
}
`;

/** How the entry names modules beside it, as its own imports do. */
function importPath(text: string, entry: string, name: string): string {
  if (!/\.m?tsx?$/.test(entry)) return `./${name}${/\.mjs$/.test(entry) ? '.mjs' : '.js'}`;
  const [, ending = ''] = /from\s+['"]\.\.?\/[^'"\n]*?(\.(?:ts|js))?['"]/.exec(text) ?? [];
  return `./${name}${ending}`;
}

/** The entry with its default export wrapped; undefined where it is not one of the two usual forms. */
export function wrapped(text: string, path: string): string | undefined {
  const call = 'withSecurityHeaders';
  if (text.includes(call)) return undefined;
  const named = /^export default ([A-Za-z_$][\w$]*);?[ \t]*$/m.exec(text);
  const object = /^export default \{/m.exec(text);
  let body: string;
  if (named) body = text.replace(named[0], `export default ${call}(${named[1]});`);
  else if (object) {
    const own = ['worker', 'handler', 'workerHandler'].find(
      (name) => !new RegExp(`\\b${name}\\b`).test(text),
    );
    if (own === undefined) return undefined;
    body = `${text.replace(object[0], `const ${own} = {`).replace(/\n*$/, '\n')}\nexport default ${call}(${own});\n`;
  } else return undefined;
  const line = `import { ${call} } from '${path}';\n`;
  const first = /^import[\s{*'"]/m.exec(body);
  return first ? `${body.slice(0, first.index)}${line}${body.slice(first.index)}` : `${line}\n${body}`;
}

/** A wrapper around the handler of a Worker. Cloudflare Workers documentation, “Set security headers”. */
export const securityHeadersMissing = definePatch({
  for: ['security-headers-missing'],
  draft: (findings, input) => {
    // each patch applies by itself: two Workers of one folder cannot both add the same module
    const taken = new Set<string>();
    return findings.flatMap((finding) => {
      const worker = workerOf(finding, input);
      const text = worker && input.read(worker.entry);
      if (!worker || text === undefined) return [];
      const { entry } = worker;
      const folder = entry.slice(0, entry.lastIndexOf('/') + 1);
      const ending = /\.m?tsx?$/.test(entry) ? 'ts' : entry.endsWith('.mjs') ? 'mjs' : 'js';
      const own = entry.slice(folder.length).replace(/\.\w+$/, '');
      const name = ['security-headers', `security-headers-${slug(own)}`].find(
        (one) => !taken.has(`${folder}${one}.${ending}`),
      );
      const file = name && freeName(input.estate, `${folder}${name}.${ending}`);
      if (!name || file === undefined) return [];
      taken.add(file);
      const path = importPath(text, entry, name);
      return [
        {
          id: `security-headers-${slug(worker.config ?? entry)}`,
          title: say(
            `Donner les en-têtes de sécurité aux réponses de ${code(entry)}`,
            `Give the answers of ${code(entry)} the security headers`,
          ),
          note: say(
            'La politique de contenu (`Content-Security-Policy`) est stricte\u00a0: une page qui charge des scripts ou des styles d’ailleurs doit donner la sienne. À essayer sur un environnement de test d’abord.',
            'The content policy (`Content-Security-Policy`) is strict: a page that loads scripts or styles from elsewhere has to give its own. To be tried on a test environment first.',
          ),
          findings: [finding],
          edits: [
            newFile(file, moduleText(ending === 'ts' ? TYPES : NO_TYPES)),
            { file: entry, make: (before) => (before === undefined ? undefined : wrapped(before, path)) },
          ],
        },
      ];
    });
  },
});

function workerOf({ evidence }: Finding, { estate }: PatchInput): WorkerCode | undefined {
  const files = evidence.filter(isFileEvidence).map(({ file }) => file);
  const { workers } = estate.artifacts;
  return (
    workers.find(({ entry }) => files.includes(entry)) ??
    workers.find((worker) => files.some((file) => file === worker.config || worker.files.includes(file)))
  );
}
