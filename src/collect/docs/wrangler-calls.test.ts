import { expect, test } from 'vitest';
import { collectFiles } from '../repo/collect-files.ts';
import { markdown } from './markdown.ts';

const CONFIG = 'name = "ferry"\n[env.production]\nname = "ferry-live"\n[env.staging]\n';
const PAGE = `# Deploy

Put the key with \`npx wrangler secret put SIGNING_KEY --env production\`, never by hand.

\`\`\`bash
pnpm exec wrangler secret put MAIL_TOKEN --env staging
npx wrangler@4 secret put OTHER --name elsewhere
yarn wrangler rollback
\`\`\`
`;
const named = (files: Record<string, string>) =>
  collectFiles(markdown, files).facts.map(
    ({ kind, name, evidence }) =>
      `${'line' in evidence ? evidence.line : ''} ${kind.replace('Cloudflare::Workers::', '')} ${name}`,
  );

test('secrets that a page puts are those of the script that the configuration names', () => {
  expect(named({ 'docs/deploy.md': PAGE, 'apps/ferry/wrangler.toml': CONFIG }).sort()).toEqual([
    '3 Script ferry-live',
    '3 Secret ferry-live/SIGNING_KEY',
    '6 Script ferry-staging',
    '6 Secret ferry-staging/MAIL_TOKEN',
    '7 Script elsewhere',
    '7 Secret elsewhere/OTHER',
    '8 Script ferry',
  ]);
});

test('the nearest configuration upwards counts; of several elsewhere nobody can tell', () => {
  const other = { 'apps/quay/wrangler.jsonc': '{ "name": "quay" }', 'apps/ferry/wrangler.toml': CONFIG };
  expect(named({ 'apps/ferry/docs/deploy.md': PAGE, ...other })).toContain('3 Secret ferry-live/SIGNING_KEY');
  expect(named({ 'docs/deploy.md': PAGE, ...other }).sort()).toEqual([
    '7 Script elsewhere',
    '7 Secret elsewhere/OTHER',
  ]);
});
