import { defineAction, optionsOf } from './action.ts';

/** Deploys a folder to Cloudflare Pages. */
export const pagesAction = defineAction({
  names: ['cloudflare/pages-action', 'andykenward/github-actions-cloudflare-pages'],
  async run(given, session) {
    const token = given('apiToken') || given('cloudflare-api-token');
    if (token) session.credential('cloudflare', 'static-keys', [token]);
    const options = {
      'project-name': given('projectName') || given('cloudflare-project-name'),
      branch: given('branch'),
    };
    await session.record(['wrangler', 'pages', 'deploy', given('directory') || '.', ...optionsOf(options)]);
    return { outputs: { url: session.symbols.of('deployment url') } };
  },
});
