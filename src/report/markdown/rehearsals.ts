import type { Report } from '#model/report.ts';
import type { Language } from '#model/text.ts';
import { choices, outcome, runGroups, stopsAt } from '#web/deployments.ts';
import { deploymentWords } from '#web/words/sections.ts';
import { words } from '../words.ts';
import { codeSpan, escapeMarkdown, paragraphs, say, table } from './write.ts';

const MOST_CHOICES = 4;

/** How each run of each workflow would end, where the account answered; those that would stop come first. */
export function rehearsals(report: Report, lang: Language): string {
  const predicted = report.workflows.filter(({ runs }) =>
    runs.some(({ calls }) => calls.some(({ prediction }) => prediction !== undefined)),
  );
  const rows = predicted.flatMap((workflow) =>
    runGroups(workflow).flatMap((group): { order: number; cells: string[] }[] => {
      const [run] = group;
      if (!run?.calls.some(({ prediction }) => prediction !== undefined)) return [];
      const at = stopsAt(run);
      const call = at > 0 ? run.calls[at - 1] : undefined;
      const because = call ?? run.calls.find(({ prediction, why }) => prediction === 'unknown' && why);
      const end = outcome(run);
      const result = {
        stops: deploymentWords.stopsAt[lang].replace('{n}', String(at)),
        through: deploymentWords.runsThrough[lang],
        unknown: deploymentWords.notEstablished[lang],
      }[end];
      const chosen = group.flatMap(choices);
      const shown = [...new Set(chosen)].slice(0, MOST_CHOICES).map((one) => codeSpan(one, true));
      return [
        {
          order: end === 'stops' ? 0 : 1,
          cells: [
            codeSpan(workflow.file.replace(/^\.github\/workflows\//, ''), true),
            [escapeMarkdown(run.job), ...shown].join(' '),
            result,
            call ? codeSpan(`${call.tool} ${call.operation}`.trim(), true) : '—',
            because?.why ? say(because.why, lang, true) : '—',
          ],
        },
      ];
    }),
  );
  if (rows.length === 0) return '';
  return paragraphs(
    `## ${words.rehearsals[lang]}`,
    lang === 'fr'
      ? 'Chaque exécution est rejouée contre ce que le compte contient\u00a0; rien n’est exécuté pour de vrai.'
      : 'Each run is rehearsed against what the account holds; nothing is executed for real.',
    table(
      [words.workflow, words.run, words.outcome, words.obstacle, words.reason].map((head) => head[lang]),
      rows.sort((a, b) => a.order - b.order).map(({ cells }) => cells),
    ),
  );
}
