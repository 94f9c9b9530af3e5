import { runsOf, script, shown } from './test-workflow.ts';
for (const t of ['env STAGE=x aws s3 ls s3://a\naws s3 ls s3://q', 'env STAGE=x aws s3 ls s3://a\necho "s3://b s3://c" | xargs -n1 aws s3 ls','npx --yes wrangler@4 deploy --env live\nbash -c "aws s3 ls"', '/usr/local/bin/aws s3 ls s3://e\nbash -c "aws s3 ls"']) {
  const t0 = performance.now();
  const r = await runsOf(script(t));
  console.log(t, (performance.now() - t0).toFixed(), JSON.stringify(r.map((x) => [x.calls.map((c) => [shown(c), c.line]), x.notes])));
}
