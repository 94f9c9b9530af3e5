import { defineAction, linesOf } from './action.ts';

/** Runs wrangler commands; `deploy` where none is given. */
export const wranglerAction = defineAction({
  names: ['cloudflare/wrangler-action'],
  run(given, session) {
    const token = [given('apiToken'), given('apiKey')].filter(Boolean);
    if (token.length) session.credential('cloudflare', 'static-keys', token);
    const environment = given('environment') ? ` --env ${given('environment')}` : '';
    const commands = linesOf(given('command'), /\n/);
    const text = [
      given('preCommands'),
      ...(commands.length ? commands : ['deploy']).map((command) => `wrangler ${command}${environment}`),
      ...linesOf(given('secrets'), /\n/).map((name) => `wrangler secret put ${name}${environment}`),
      given('postCommands'),
    ];
    return {
      script: { text: text.filter(Boolean).join('\n'), folder: given('workingDirectory') },
      outputs: { 'deployment-url': session.symbols.of('deployment url') },
    };
  },
});
