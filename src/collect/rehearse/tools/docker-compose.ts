import { dockerVerb, parseCompose } from './docker.ts';
import { defineTool } from './tool.ts';

/** The older, separate command: `docker-compose up -d`. Recorded like `docker compose`, under its own name. */
export const dockerCompose = defineTool({
  names: ['docker-compose', 'podman-compose'],
  parse: (argv) => parseCompose('docker-compose', '', argv.slice(1)),
  answer: ({ operation, words }, { symbols }) =>
    /^(?:ps|images|config|logs|port|top|version|ls)$/.test(operation)
      ? symbols.of(`docker-compose ${operation} ${words.join(' ')}`.trim())
      : '',
  verb: (call) => dockerVerb({ ...call, operation: `compose ${call.operation}` }),
  named: () => [],
});
