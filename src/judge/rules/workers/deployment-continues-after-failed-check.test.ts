import { expect, test } from 'vitest';
import { shellCommands } from '#lib/shell-commands.ts';
import type { Call, ScriptRun } from '#model/workflow.ts';
import { call, estate, findings } from '../../test-estate.ts';
import { deploymentContinuesAfterFailedCheck } from './deployment-continues-after-failed-check.ts';

const found = (parts: Partial<ScriptRun>) =>
  findings(
    deploymentContinuesAfterFailedCheck,
    estate({
      artifacts: {
        scripts: [{ file: 'deploy.sh', reachedFrom: [], arguments: [], calls: [], notes: [], ...parts }],
      },
    }),
  );
const shell = (text: string, file = 'deploy.sh') =>
  found({ file, commands: shellCommands(text, { errexit: false }) });
const python = (calls: Call[]) => found({ file: 'deploy.py', calls });

test('a shell script without `set -e` deploys whatever its check said', () => {
  const [finding] = shell(
    '#!/bin/bash\nnpm test\nnpx wrangler d1 migrations apply locks --remote\nnpx wrangler deploy\n',
  );
  expect(finding).toMatchObject({
    severity: 'medium',
    evidence: [
      { file: 'deploy.sh', line: 2 },
      { file: 'deploy.sh', line: 4 },
    ],
  });
  expect(finding?.message.en).toBe(
    'If `npm test` fails (line 2), `wrangler deploy` (line 4) is started all the same: the script does not say `set -e`.',
  );
});

test('a masked check is none, `set -e` or not', () => {
  const [finding] = shell(
    'set -e\nwrangler d1 migrations apply locks --remote || true\npnpm exec wrangler deploy\n',
  );
  expect(finding?.message.en).toContain('`|| true` turns the failure into a success');
});

test('a script that stops, chains or looks at the result is sound', () => {
  for (const text of [
    'set -euo pipefail\nnpm test\nwrangler deploy\n',
    'npm test && wrangler deploy\n',
    'npm test || exit 1\nwrangler deploy\n',
    'npm test\nif [ $? -ne 0 ]; then exit 1; fi\nwrangler deploy\n',
    'if ! npm test; then exit 1; fi\nwrangler deploy\n',
    'wrangler deploy\nnpm test\n',
    'npm test\nwrangler deploy --dry-run\n',
    'echo build\nwrangler deploy\n',
  ])
    expect(shell(text), text).toEqual([]);
  expect(shell('npm test\nwrangler deploy\n', 'examples/deploy.sh')).toEqual([]);
});

test('a Python program that looks at nothing goes on as well', () => {
  const migrate = (parts: Partial<Call>) => call('wrangler d1 migrations apply', { line: 4, ...parts });
  const deploy = call('wrangler deploy', { line: 9 });
  expect(python([migrate({ isFailureIgnored: true }), deploy])).toMatchObject([
    { evidence: [{ file: 'deploy.py', line: 4 }, { line: 9 }] },
  ]);
  expect(python([migrate({}), deploy])).toEqual([]);
  expect(python([deploy, migrate({ isFailureIgnored: true, line: 12 })])).toEqual([]);
});
