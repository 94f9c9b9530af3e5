import { defineAction, linesOf } from './action.ts';

/**
 * Runs wrangler commands, `deploy` where none is given, after the secrets that it names were put. Its inputs and their
 * order as the action's own code has them (`src/wranglerAction.ts`).
 */
export const wranglerAction = defineAction({
  names: ['cloudflare/wrangler-action'],
  run(given, session) {
    const token = [given('apiToken'), given('apiKey')].filter(Boolean);
    if (token.length) session.credential('cloudflare', 'static-keys', token);
    const environment = given('environment') ? ` --env ${given('environment')}` : '';
    const commands = linesOf(given('command'), /\n/);
    const text = [
      given('preCommands'),
      ...linesOf(given('secrets'), /\n/).map((name) => `wrangler secret put ${name}${environment}`),
      ...(commands.length ? commands : ['deploy']).map(
        (command) => `wrangler ${command}${command.includes('--env') ? '' : environment}`,
      ),
      given('postCommands'),
    ];
    return {
      script: { text: text.filter(Boolean).join('\n'), folder: given('workingDirectory') },
      outputs: {
        'command-output': session.symbols.of('output of wrangler'),
        'deployment-url': session.symbols.of('deployment url'),
        'pages-deployment-alias-url': session.symbols.of('deployment alias url'),
      },
    };
  },
});
