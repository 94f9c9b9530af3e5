// Rehearses 100 workflows, in a process of its own: prints a JSON object of {@link RehearsalTimes}.
import { memoryTree } from '#collect/readers/memory-tree.ts';
import { rehearse } from '#collect/rehearse/rehearse.ts';
import { median } from './measure.ts';
import { syntheticWorkflows } from './synthetic-workflows.ts';

export interface RehearsalTimes {
  workflows: number;
  /** Runs of jobs that were rehearsed. */
  jobs: number;
  calls: number;
  /** Median time of one run of a job, in seconds. */
  job: number;
  /** The slowest repository of ten workflows, in seconds. */
  repository: number;
}

const PER_REPOSITORY = 10;

async function measure(): Promise<RehearsalTimes> {
  const repositories = syntheticWorkflows(10, PER_REPOSITORY);
  const wholes: number[] = [];
  const jobs: number[] = [];
  let calls = 0;
  for (const files of repositories) {
    const started = performance.now();
    const { workflows } = await rehearse(memoryTree(files), { workflows: Object.keys(files) });
    wholes.push((performance.now() - started) / 1000);
    calls += workflows.flatMap(({ runs }) => runs.flatMap((run) => run.calls)).length;
  }
  for (const files of repositories)
    for (const [file, text] of Object.entries(files)) {
      const started = performance.now();
      const { workflows } = await rehearse(memoryTree({ [file]: text }), { workflows: [file] });
      const runs = workflows.flatMap((workflow) => workflow.runs).length;
      const each = (performance.now() - started) / 1000 / Math.max(runs, 1);
      jobs.push(...Array.from({ length: runs }, () => each));
    }
  return {
    workflows: repositories.length * PER_REPOSITORY,
    jobs: jobs.length,
    calls,
    job: median(jobs),
    repository: Math.max(...wholes),
  };
}

if (import.meta.main) process.stdout.write(`${JSON.stringify(await measure())}\n`);
