import { readCommand } from '#lib/aws-command-line.ts';
import { shellQuote } from '#lib/shell-quote.ts';
import { commandFrom } from '#model/host-command.ts';
import type { ProofCheck } from '#model/step.ts';

/** curl connects elsewhere by `--connect-to HOST1:PORT1:HOST2:PORT2`, of which the first two may be empty. */
const connect = (to: string | undefined) =>
  to === undefined ? '' : ` --connect-to ${shellQuote(`::${to}`)}`;

/** A proof as a command for a shell: what it prints is what is expected or not. */
export function proofCommand(check: ProofCheck): string {
  switch (check.type) {
    case 'aws':
      return readCommand(check.read);
    case 'http': {
      const head = check.method === 'HEAD' ? ' --head' : '';
      const shown = '%{http_code} %{redirect_url}\\n';
      return `curl --silent --show-error --max-time 20${head} --output /dev/null --write-out '${shown}'${connect(check.connectTo)} ${shellQuote(check.url)}`;
    }
    case 'host':
      return commandFrom(check.host, check.question);
    case 'dns':
      return `dig +short ${shellQuote(check.name)} ${check.record}`;
    case 'tls': {
      const to = check.connectTo ?? `${check.host}:${check.port}`;
      const host = shellQuote(check.host);
      return `openssl s_client -connect ${shellQuote(to)} -servername ${host} -verify_hostname ${host} -verify_return_error -brief </dev/null`;
    }
  }
}
