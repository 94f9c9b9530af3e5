import type { Text } from '#model/text.ts';
import { proofPlaces } from '../plan.ts';
import { Say, useSpeech } from '../speech.tsx';
import { counted, digits, fill } from '../text.ts';
import type { View } from '../view.ts';
import { coverWords as words } from '../words/page.ts';

interface Count {
  href: string;
  n: number;
  /** For one, for several. */
  name: [Text, Text];
  note: Text;
}

function countsOf({ report, findings }: View): Count[] {
  const environments = new Set(report.systems.flatMap((system) => system.environments)).size;
  const runs = report.workflows.reduce((sum, workflow) => sum + workflow.runs.length, 0);
  const urgent = findings.filter(({ priority }) => priority === 'P1').length;
  const over = counted(environments, words.environment, words.environments);
  return [
    {
      href: '#inventory',
      n: report.resources.length,
      name: [words.readResource, words.readResources],
      note: words.readResourcesNote,
    },
    {
      href: '#systems',
      n: report.systems.length,
      name: [words.readSystem, words.readSystems],
      note: fill(words.readSystemsNote, { environments: over }),
    },
    {
      href: '#deployments',
      n: report.workflows.length,
      name: [words.readWorkflow, words.readWorkflows],
      note: counted(runs, words.readRun, words.readRuns),
    },
    {
      href: '#findings',
      n: findings.length,
      name: [words.readGap, words.readGaps],
      note: fill(words.readGapsNote, { n: urgent }),
    },
    {
      href: '#verify',
      n: proofPlaces(report).toVerify.length,
      name: [words.readProof, words.readProofs],
      note: words.readProofsNote,
    },
  ];
}

/** What was read and what came of it, where nothing was observed and the statuses would all be the same. */
export function ReadCounts({ view }: { view: View }) {
  const { lang } = useSpeech();
  return (
    <div class="counts read">
      {countsOf(view)
        .filter(({ n }) => n > 0)
        .map(({ href, n, name, note }) => (
          <a key={href} href={href}>
            <b>{digits(n, lang)}</b>
            <Say text={counted(n, ...name)} class="mk" />
            <small>
              <Say text={note} />
            </small>
          </a>
        ))}
    </div>
  );
}
