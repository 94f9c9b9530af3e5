import { applyEdits, modify } from 'jsonc-parser';
import { isFileEvidence } from '#model/evidence.ts';
import { code } from '#model/text.ts';
import type { WranglerConfig, WranglerEnvironment } from '#model/wrangler.ts';
import { say } from '../draft.ts';
import { definePatch, slug } from './patch.ts';

const KEYS = { workersDev: 'workers_dev', previewUrls: 'preview_urls' } as const;

type Open = { environment: WranglerEnvironment; key: keyof typeof KEYS };

const openOf = ({ environments }: WranglerConfig, lines: ReadonlySet<number>): Open[] =>
  environments.flatMap((environment) =>
    (['workersDev', 'previewUrls'] as const).flatMap((key) => {
      const { isOn, line } = environment[key];
      return isOn && (lines.has(line) || lines.has(environment.script.line) || lines.has(environment.line))
        ? [{ environment, key }]
        : [];
    }),
  );

/** TOML: the line that states it is changed, else it is said beside the script's name. */
function inToml(text: string, open: readonly Open[]): string | undefined {
  const lines = text.split('\n');
  const added = new Map<number, string[]>();
  for (const { environment, key } of open) {
    const { isStated, line } = environment[key];
    const own = lines[line - 1] ?? '';
    if (isStated) {
      if (!/^\s*\w+\s*=\s*true\b/.test(own)) return undefined;
      lines[line - 1] = own.replace(/=\s*true/, '= false');
    } else {
      const at = environment.script.line;
      if (!/^\s*name\s*=/.test(lines[at - 1] ?? '')) return undefined;
      added.set(at, [...(added.get(at) ?? []), `${KEYS[key]} = false`]);
    }
  }
  return lines.flatMap((line, index) => [line, ...(added.get(index + 1) ?? [])]).join('\n');
}

const inJson = (text: string, open: readonly Open[]): string =>
  open.reduce(
    (edited, { environment, key }) =>
      applyEdits(
        edited,
        modify(
          edited,
          [...(environment.name === undefined ? [] : ['env', environment.name]), KEYS[key]],
          false,
          {
            formattingOptions: { insertSpaces: !/^\t/m.test(text), tabSize: 2, eol: '\n' },
          },
        ),
      ),
    text,
  );

/** The addresses of Workers that go round Access are closed. Cloudflare documentation, “workers.dev”, “Preview URLs”. */
export const workersDevOpenBesideAccess = definePatch({
  for: ['workers-dev-open-beside-access'],
  draft: (findings, { estate }) =>
    findings.flatMap((finding) => {
      const places = finding.evidence.filter(isFileEvidence);
      const config = estate.artifacts.wranglerConfigs.find(({ file }) =>
        places.some((one) => one.file === file),
      );
      if (!config) return [];
      const lines = new Set(places.filter(({ file }) => file === config.file).map(({ line }) => line));
      const open = openOf(config, lines);
      if (open.length === 0) return [];
      return [
        {
          id: `close-workers-dev-${slug(config.file)}`,
          title: say(
            `Fermer \`workers.dev\` et les aperçus dans ${code(config.file)}`,
            `Close \`workers.dev\` and the previews in ${code(config.file)}`,
          ),
          note: say(
            'Prend effet au prochain déploiement\u00a0; ce qui appelle encore ces adresses doit passer par le domaine.',
            'Takes effect with the next deployment; what still calls these addresses has to use the domain.',
          ),
          findings: [finding],
          edits: [
            {
              file: config.file,
              make: (text) =>
                text === undefined
                  ? undefined
                  : config.file.endsWith('.toml')
                    ? inToml(text, open)
                    : inJson(text, open),
            },
          ],
        },
      ];
    }),
});
