import { openTree } from '#collect/readers/file-tree.ts';
import { rehearse } from '#collect/rehearse/rehearse.ts';
import { workflowFiles } from '#collect/repo/workflow-files.ts';

const root = process.argv[2]!;
for (let i = 0; i < 5; i++) {
  const tree = await openTree(root);
  const t0 = performance.now();
  const c0 = process.threadCpuUsage();
  const r = await rehearse(tree, { workflows: workflowFiles(tree) });
  const c = process.threadCpuUsage(c0);
  console.log(
    (performance.now() - t0).toFixed(0),
    'ms wall',
    ((c.user + c.system) / 1000).toFixed(0),
    'cpu',
    r.workflows.reduce((n, w) => n + w.runs.length, 0),
    'runs',
    (process.memoryUsage().rss / 1e6).toFixed(0),
    'MB',
  );
}
