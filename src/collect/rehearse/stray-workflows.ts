import type { StrayWorkflow } from '#model/artifacts.ts';
import type { Tree } from '../readers/tree.ts';
import { isRetired } from '../repo/retired.ts';
import { isWorkflowPath, WORKFLOW_FOLDER } from '../repo/workflow-files.ts';
import { isObject, readDocument } from './workflow-document.ts';

/** Folders whose workflows are meant for somebody else: copies, templates, examples, tests. */
const NOT_OURS =
  /(^|\/)(node_modules|vendor|third[_-]party|\.venv|dist|build|examples?|samples?|demos?|docs?|documentation|templates?|[\w-]*-templates?|boilerplates?|scaffold\w*|skeletons?|fixtures?|testdata|__\w+__|tests?|specs?|e2e|snippets|cookiecutter\S*|archive[sd]?|legacy|backup\w*|old)\/|[{}]/i;
const YAML = /\.ya?ml$/;
/** Other files of `.github` that GitHub reads for other purposes. */
const OTHER =
  /(^|\/)(dependabot|action|labeler|stale|settings|release|codecov|FUNDING|config|mergify|renovate|auto_assign)\.ya?ml$/i;

/** Whether a file stands where somebody may have taken it for a workflow, and GitHub does not. */
function isCandidate(file: string): boolean {
  // Most of a tree is told by this alone.
  if (!file.includes('workflow') && !file.startsWith('.github/')) return false;
  if (isWorkflowPath(file) || isRetired(file)) return false;
  if (file.startsWith(WORKFLOW_FOLDER))
    return !/(^|\/)\._/.test(file) && !/\.(png|jpe?g|gif|svg|sh|py|js|ts)$/i.test(file);
  if (!YAML.test(file) || NOT_OURS.test(file) || OTHER.test(file)) return false;
  return (
    /^\.github\/[^/]+$/.test(file) ||
    /^\.?workflows\/[^/]+$/.test(file) ||
    /^\.github\/workflow\/[^/]+$/.test(file) ||
    /\/\.github\/workflows\/[^/]+$/.test(file)
  );
}

/** Files that look like workflows (`on`, and `jobs` that run on something) where GitHub never looks for one. */
export function strayWorkflows(tree: Tree): StrayWorkflow[] {
  const found: StrayWorkflow[] = [];
  for (const { path: file } of tree.files) {
    if (!isCandidate(file)) continue;
    const text = tree.read(file);
    if (text === undefined || !/^jobs\s*:/m.test(text) || !/^(on|'on'|"on"|true)\s*:/m.test(text)) continue;
    const document = readDocument(file, text);
    if ('fault' in document || document.on === undefined || !runsSomething(document.json.jobs)) continue;
    const misnamed = file.startsWith(WORKFLOW_FOLDER) && !file.slice(WORKFLOW_FOLDER.length).includes('/');
    found.push({ file, line: document.lineOf(['jobs']), why: misnamed ? 'extension' : 'misplaced' });
  }
  return found;
}

const runsSomething = (jobs: unknown): boolean =>
  isObject(jobs) && Object.values(jobs).some((job) => isObject(job) && ('runs-on' in job || 'uses' in job));
