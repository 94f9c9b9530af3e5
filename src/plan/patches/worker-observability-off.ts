import { applyEdits, modify } from 'jsonc-parser';
import { isFileEvidence } from '#model/evidence.ts';
import { code } from '#model/text.ts';
import { say } from '../draft.ts';
import { definePatch, slug } from './patch.ts';

/** TOML: a table at the end, where nothing states it yet; what states it otherwise is its team's choice. */
const inToml = (text: string): string | undefined =>
  /^\s*\[?(?:env\.[\w-]+\.)?observability\b/m.test(text)
    ? undefined
    : `${text.replace(/\n*$/, '\n')}\n[observability]\nenabled = true\n`;

const inJson = (text: string): string | undefined =>
  /"observability"/.test(text)
    ? undefined
    : applyEdits(
        text,
        modify(
          text,
          ['observability'],
          { enabled: true },
          { formattingOptions: { insertSpaces: !/^\t/m.test(text), tabSize: 2, eol: '\n' } },
        ),
      );

/** Environments inherit it. Cloudflare documentation, “Wrangler configuration”, observability. */
export const workerObservabilityOff = definePatch({
  for: ['worker-observability-off'],
  draft: (findings) =>
    findings.flatMap((finding) => {
      const file = finding.evidence.filter(isFileEvidence)[0]?.file;
      if (file === undefined || !/\.(?:toml|jsonc?)$/.test(file)) return [];
      return [
        {
          id: `observability-${slug(file)}`,
          title: say(`Garder les journaux de ${code(file)}`, `Keep the logs of ${code(file)}`),
          note: say(
            'Prend effet au prochain déploiement\u00a0; les journaux au-delà de ce que l’offre comprend sont facturés.',
            'Takes effect with the next deployment; logs beyond what the plan includes are billed.',
          ),
          findings: [finding],
          edits: [
            {
              file,
              make: (text) =>
                text === undefined ? undefined : file.endsWith('.toml') ? inToml(text) : inJson(text),
            },
          ],
        },
      ];
    }),
});
