import type { LocalAction, StrayWorkflow, WorkflowSource } from '#model/artifacts.ts';
import type { Unread } from '#model/coverage.ts';
import type { Oracle } from '#model/prediction.ts';
import { code } from '#model/text.ts';
import type { ScriptRun } from '#model/workflow.ts';
import type { Tree } from '../readers/tree.ts';
import { Budget } from './budget.ts';
import { callsTools } from './calls-tools.ts';
import { localActions } from './composite-source.ts';
import type { World } from './contexts.ts';
import { Expressions } from './expressions.ts';
import { LIMITS } from './limits.ts';
import { ownRepository } from './own-repository.ts';
import { recipesOf } from './recipes.ts';
import { Repository } from './repository.ts';
import { strayWorkflows } from './stray-workflows.ts';
import { Symbols } from './symbols.ts';
import { isObject, readDocument, type WorkflowDocument } from './workflow-document.ts';
import { readWorkflow } from './workflow-source.ts';

export interface RehearsalOptions {
  /** Files of workflows. */
  workflows: readonly string[];
  /** Scripts to rehearse on their own, best reached first, with what reaches them. */
  scripts?: readonly { file: string; reachedFrom: string[] }[];
  /** Python programs, best reached first: read for the command lines that they start, not rehearsed. */
  programs?: readonly { file: string; reachedFrom: string[] }[];
  /** Package manifests, Makefiles, justfiles and buildspecs: each script, target or recipe is rehearsed as if someone started it. */
  recipes?: readonly string[];
  /** What the observed estate answers: calls are predicted, and scripts go where its answers lead. */
  oracle?: Oracle;
  /** The repository's name on GitHub, as its clone says it. */
  origin?: string;
  /** Processor time for all of it, in milliseconds; what does not fit is only parsed. */
  budgetMs?: number;
}

export interface Rehearsal {
  workflows: WorkflowSource[];
  /** The actions that stand in the repository. */
  actions: LocalAction[];
  stray: StrayWorkflow[];
  scripts: ScriptRun[];
  unread: Unread[];
}

/**
 * Computes what the workflows and scripts of a repository would call, in a simulated shell that executes nothing.
 * Never throws for what it reads: a file that cannot be rehearsed costs a line in `unread` or a note in its run.
 */
export async function rehearse(tree: Tree, options: RehearsalOptions): Promise<Rehearsal> {
  const symbols = new Symbols();
  const repository = new Repository(tree, symbols);
  const expressions = new Expressions(symbols);
  const whole = new Budget(LIMITS.rehearsalUnits, options.budgetMs ?? LIMITS.rehearsalMs);
  const rehearsal: Rehearsal = {
    workflows: [],
    actions: [],
    stray: strayWorkflows(tree),
    scripts: [],
    unread: [],
  };

  const documents = new Map<string, WorkflowDocument | undefined>();
  const document = (file: string): WorkflowDocument | undefined => {
    if (!documents.has(file)) {
      const text = repository.text(file);
      const read = text === undefined ? undefined : readDocument(file, text);
      documents.set(file, read && !('fault' in read) ? read : undefined);
    }
    return documents.get(file);
  };

  const read = options.workflows.flatMap((file) => {
    const text = repository.text(file);
    // The tree itself lists what it could not read.
    if (text === undefined) return [];
    const reading = readWorkflow(file, text);
    if (reading.unread) rehearsal.unread.push(reading.unread);
    if (reading.stray) rehearsal.stray.push(reading.stray);
    if (!reading.document || !reading.source) return [];
    documents.set(file, reading.document);
    return [{ document: reading.document, source: reading.source }];
  });

  const sources = read.map(({ source }) => source);
  rehearsal.actions = localActions(repository, sources, document);
  const own = ownRepository(read.map(({ source }) => repository.text(source.file) ?? ''));
  const called = new Set(read.flatMap(({ document: { json } }) => calledFrom(json.jobs, repository)));
  for (const { document: workflow, source } of read) {
    const budget = new Budget(LIMITS.workflowUnits, LIMITS.workflowMs, whole);
    // The simulated shell takes longer to load than a small repository to audit: only where something is rehearsed.
    const { workflowRuns } = await import('./workflow-runs.ts');
    const world: World = {
      repository,
      symbols,
      expressions,
      document,
      ownRepository: own,
      budget,
      ...(options.oracle && { oracle: options.oracle }),
      ...(options.origin !== undefined && { origin: options.origin }),
    };
    try {
      source.runs = await workflowRuns(world, workflow, called.has(workflow.file));
    } catch (error) {
      rehearsal.unread.push(notRehearsed(workflow.file, error));
    }
    rehearsal.workflows.push(source);
  }

  const forScripts = new Budget(LIMITS.scriptsUnits, LIMITS.scriptsMs, whole);
  const forUnreached = new Budget(LIMITS.unreachedUnits, LIMITS.unreachedMs, forScripts);
  for (const { file, reachedFrom } of options.scripts ?? []) {
    const script = repository.script(file);
    if (!script || !callsTools(script)) continue;
    const { scriptRuns } = await import('./script-runs.ts');
    try {
      rehearsal.scripts.push(
        ...(await scriptRuns(
          repository,
          file,
          script,
          reachedFrom,
          reachedFrom.length > 0 ? forScripts : forUnreached,
        )),
      );
    } catch (error) {
      rehearsal.unread.push(notRehearsed(file, error));
    }
  }
  for (const { file, reachedFrom } of options.programs ?? []) {
    const text = repository.text(file);
    if (text === undefined || !isFollowed(text)) continue;
    const { pythonRun } = await import('./python-runs.ts');
    try {
      const run = await pythonRun(file, text, reachedFrom, (one) => repository.text(one));
      if (run) rehearsal.scripts.push(run);
    } catch (error) {
      rehearsal.unread.push(notRehearsed(file, error));
    }
  }
  for (const file of options.recipes ?? []) {
    const { recipes, fault } = recipesOf(file, repository.text(file) ?? '');
    if (fault)
      rehearsal.unread.push({
        file,
        line: fault.line,
        why: {
          fr: `YAML illisible\u00a0: ${code(fault.message)}`,
          en: `unreadable YAML: ${code(fault.message)}`,
        },
        asked: true,
      });
    if (recipes.length === 0) continue;
    const { recipeRuns } = await import('./recipe-runs.ts');
    try {
      rehearsal.scripts.push(...(await recipeRuns(repository, file, recipes, forScripts)));
    } catch (error) {
      rehearsal.unread.push(notRehearsed(file, error));
    }
  }
  rehearsal.stray.sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : 0));
  return rehearsal;
}

/** Programs that name no tool that is followed in them are not parsed. */
const isFollowed = (text: string): boolean => /\bwrangler\b/.test(text);

/** Workflows of the repository that its jobs call: their runs show with the caller. */
function calledFrom(jobs: unknown, repository: Repository): string[] {
  return Object.values(isObject(jobs) ? jobs : {}).flatMap((job) => {
    const used =
      isObject(job) && typeof job.uses === 'string' && job.uses.startsWith('./') ? job.uses : undefined;
    const file = used === undefined ? undefined : repository.within('', used);
    return file === undefined ? [] : [file];
  });
}

/** A fault of the rehearsal itself: the file's own reading stands, its runs are missing. */
function notRehearsed(file: string, error: unknown): Unread {
  const detail = code(
    `internal: ${error instanceof Error ? `${error.name}: ${error.message}` : String(error)}`,
  );
  return {
    file,
    why: { fr: `répétition interrompue\u00a0: ${detail}`, en: `rehearsal broken off: ${detail}` },
    asked: true,
  };
}
