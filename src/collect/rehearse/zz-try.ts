import { openTree } from '#collect/readers/file-tree.ts';
import { rehearse } from '#collect/rehearse/rehearse.ts';
import { workflowFiles } from '#collect/repo/workflow-files.ts';

const root = process.argv[2]!;
const tree = await openTree(root);
const t0 = performance.now();
const r = await rehearse(tree, {
  workflows: workflowFiles(tree),
  scripts: process.argv[4]
    ? tree.files.filter((f) => /\.sh$/.test(f.path)).map((f) => ({ file: f.path, reachedFrom: ['x'] }))
    : [],
});
const ms = performance.now() - t0;
if (process.argv[3] === 'json') console.log(JSON.stringify(r, null, 1));
else {
  for (const w of r.workflows) {
    console.log(w.file, w.runs.length, 'runs');
    for (const run of w.runs) {
      console.log(
        '  ',
        run.job,
        run.events.join(),
        JSON.stringify(run.inputs),
        JSON.stringify(run.matrix),
        run.environment ?? '',
        run.auth,
        run.role ?? '',
        run.secrets.join(),
      );
      for (const c of run.calls)
        console.log(
          '      ',
          c.certainty[0],
          (c.file ?? '') + ':' + c.line,
          c.tool,
          c.operation,
          JSON.stringify(c.arguments).slice(0, 160),
          c.verb,
          c.remote ?? '',
          c.condition ? 'IF ' + c.condition : '',
        );
      for (const n of run.notes) console.log('       #', n);
    }
  }
  for (const c of r.scripts) {
    console.log(c.file, c.arguments.join(' '));
    for (const x of c.calls)
      console.log(
        '      ',
        x.certainty[0],
        (x.file ?? '') + ':' + x.line,
        x.tool,
        x.operation,
        JSON.stringify(x.arguments).slice(0, 160),
        x.verb,
        x.remote ?? '',
      );
    for (const n of c.notes) console.log('       #', n);
  }
  console.log(r.unread, r.stray);
}
console.error(
  ms.toFixed(0),
  'ms',
  r.workflows.reduce((n, w) => n + w.runs.length, 0),
  'runs',
  r.workflows
    .flatMap((w) => w.runs)
    .flatMap((x) => x.calls)
    .reduce(
      (m, c) => {
        m[c.certainty] = (m[c.certainty] ?? 0) + 1;
        return m;
      },
      {} as Record<string, number>,
    ),
);
