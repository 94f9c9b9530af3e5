import { isFileEvidence } from '#model/evidence.ts';
import type { Finding } from '#model/finding.ts';
import { code } from '#model/text.ts';
import { say } from '../draft.ts';
import { definePatch, slug, withLines } from './patch.ts';

/** Ports in the short syntax, on a line of their own or in a list on one line. Compose specification, “ports”. */
const ITEM = /^(\s*-\s+)(["']?)(?:0\.0\.0\.0:|\*:)?([\w${}:.-]+:\d+(?:\/\w+)?)(\2\s*(?:#.*)?)$/;
/** The first line of an item in the long syntax. */
const FIRST_KEY = /^(\s*)(-\s+)(?:target|published|protocol|mode|name|app_protocol):\s*\S/;

/** The line of a published port, bound to the host itself; undefined where it is none. */
export function locally(line: string): string[] | undefined {
  const [, lead = '', quote = '', port, rest = ''] = ITEM.exec(line) ?? [];
  if (port !== undefined) return [`${lead}${quote}127.0.0.1:${port}${rest}`];
  const [, indent = '', dash] = FIRST_KEY.exec(line) ?? [];
  return dash === undefined ? undefined : [line, `${indent}${' '.repeat(dash.length)}host_ip: 127.0.0.1`];
}

/** Databases that only the host itself reaches. */
export const composePublishesDatabase = definePatch({
  for: ['compose-publishes-database'],
  draft: (findings) =>
    [...Map.groupBy(findings, fileOf)].flatMap(([file, own]) => {
      if (file === undefined) return [];
      const lines = own
        .flatMap(({ evidence }) => evidence.filter(isFileEvidence))
        .filter((one) => one.file === file);
      return [
        {
          id: `bind-databases-${slug(file)}`,
          title: say(
            `Lier les bases de ${code(file)} à \`127.0.0.1\``,
            `Bind the databases of ${code(file)} to \`127.0.0.1\``,
          ),
          note: say(
            'Les services du même réseau compose les atteignent comme avant\u00a0; un client d’une autre machine ne les atteint plus.',
            'Services of the same compose network reach them as before; a client on another machine no longer does.',
          ),
          findings: own,
          edits: [
            {
              file,
              make: (text) =>
                text === undefined
                  ? undefined
                  : withLines(text, new Map(lines.map(({ line }) => [line, locally]))),
            },
          ],
        },
      ];
    }),
});

const fileOf = ({ evidence }: Finding): string | undefined => evidence.filter(isFileEvidence)[0]?.file;
