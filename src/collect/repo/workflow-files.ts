import type { Tree } from '../readers/tree.ts';

/** Where GitHub looks for workflows: this folder itself, not those below it. */
export const WORKFLOW_FOLDER = '.github/workflows/';

/** Whether GitHub takes a path for a workflow. GitHub documentation, “Workflow syntax”: `.yml` or `.yaml`. */
export const isWorkflowPath = (path: string): boolean =>
  path.startsWith(WORKFLOW_FOLDER) &&
  !path.slice(WORKFLOW_FOLDER.length).includes('/') &&
  /\.ya?ml$/.test(path) &&
  !path.slice(WORKFLOW_FOLDER.length).startsWith('._');

/** The workflows of a repository, sorted. */
export const workflowFiles = (tree: Tree): string[] =>
  tree.files.map((file) => file.path).filter(isWorkflowPath);
