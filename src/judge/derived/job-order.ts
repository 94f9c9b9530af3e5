import type { JobSource, WorkflowSource } from '#model/artifacts.ts';
import type { Run } from '#model/workflow.ts';

/** A workflow on the way to a run, and the job of it that the run goes through. */
export interface Level {
  source: WorkflowSource;
  job: string;
}

/** The workflows that lead to a run, the one that an event starts first: `call / deploy` is a job in each of two files. */
export function levelsOf(run: Run, workflow: WorkflowSource, workflows: readonly WorkflowSource[]): Level[] {
  const jobs = run.job.split(' / ');
  const files = run.chain.filter((file) => file !== workflow.file);
  return [workflow.file, ...files].flatMap((file, index): Level[] => {
    const source = file === workflow.file ? workflow : workflows.find((one) => one.file === file);
    const job = jobs[index];
    return source && job !== undefined ? [{ source, job }] : [];
  });
}

/** The jobs that wait for a job, near or far. */
export const jobsAfter = (id: string, jobs: readonly JobSource[]): JobSource[] =>
  reachedFrom(id, (from) => jobs.filter(({ needs }) => needs.includes(from)));

/** The jobs that a job waits for, near or far. */
export const jobsBefore = (id: string, jobs: readonly JobSource[]): JobSource[] =>
  reachedFrom(id, (from) => {
    const needs = jobs.find((job) => job.id === from)?.needs ?? [];
    return jobs.filter((job) => needs.includes(job.id));
  });

function reachedFrom(id: string, next: (id: string) => JobSource[]): JobSource[] {
  const reached = new Set<JobSource>();
  const pending = [id];
  for (let current = pending.pop(); current !== undefined; current = pending.pop())
    for (const job of next(current))
      if (!reached.has(job)) {
        reached.add(job);
        pending.push(job.id);
      }
  return [...reached];
}
