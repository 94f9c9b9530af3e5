import type { HostQuestion } from './host-question.ts';
import { word } from './kinds/aws.ts';

/** Seconds that a request on a host may take. */
const PATIENCE = 10;

/** A question as a command for a POSIX shell on the host; what it prints is read by {@link hostAnswer}. */
export function hostCommand(question: HostQuestion): string {
  switch (question.ask) {
    case 'unit':
      return `systemctl show --property=${question.property} --value ${word(question.unit)}`;
    case 'container':
      return `${question.engine} inspect --format ${word(`{{${question.property}}}`)} ${word(question.name)}`;
    case 'published':
      return `${question.engine} port ${word(question.name)} ${question.port}/${question.protocol}`;
    case 'network':
    case 'volume':
      return `${question.engine} ${question.ask} ls --filter ${word(`name=^${question.name.replaceAll('.', '\\.')}$`)} --format '{{.Name}}'`;
    case 'listening':
      return `ss -l -n ${question.protocol === 'tcp' ? '-t' : '-u'} ${word(`sport = :${question.port}`)} | awk 'NR > 1 { print $4 }' | sort -u`;
    case 'http':
      return `curl --silent --insecure --max-time ${PATIENCE} --output /dev/null --write-out '%{http_code}'${question.host === undefined ? '' : ` --header ${word(`Host: ${question.host}`)}`} ${word(question.url)}`;
    case 'configuration':
      return CHECKS[question.of];
    case 'file':
      return `stat -c '%a %U' ${word(question.path)}`;
    case 'sshd':
      return `sshd -T | awk '$1 == "${question.keyword}" { $1 = ""; print substr($0, 2) }'`;
    case 'traefik-router':
      return `curl --silent --max-time ${PATIENCE} ${word(`${question.api.replace(/\/+$/, '')}/api/http/routers/${question.router}`)}`;
  }
}

/** What each product checks its own configuration with; nothing is loaded. */
const CHECKS = {
  nginx: 'nginx -t -q && echo ok',
  sshd: 'sshd -t && echo ok',
  haproxy: 'haproxy -c -q -f /etc/haproxy/haproxy.cfg && echo ok',
  caddy: 'caddy validate --config /etc/caddy/Caddyfile && echo ok',
} as const;

/** Questions that root, or a member of a group, is answered alone. */
export const needsRoot = ({ ask }: HostQuestion): boolean => OF_ROOT.has(ask);

const OF_ROOT: ReadonlySet<HostQuestion['ask']> = new Set([
  'sshd',
  'configuration',
  'file',
  'container',
  'published',
  'network',
  'volume',
]);

/** The command with which somebody asks it from where the audit was started. @param address `local`, or `ssh://…` */
export function commandFrom(address: string, question: HostQuestion, sudo = false): string {
  const command = `${sudo && needsRoot(question) ? 'sudo -n ' : ''}${hostCommand(question)}`;
  return address === 'local' ? command : `ssh ${word(address)} ${word(command)}`;
}

/** How a command on a host ended. */
export interface CommandEnd {
  code: number;
  stdout: string;
  stderr: string;
}

/** What a command says to a question, in one line; undefined where it says nothing of it: it failed, or was refused. */
export function hostAnswer(question: HostQuestion, { code, stdout, stderr }: CommandEnd): string | undefined {
  const lines = stdout
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);
  const said = lines.join(' ');
  switch (question.ask) {
    case 'http':
      // curl prints 000 and fails where nothing answers: that is an answer
      return /^\d{3}$/.test(said) ? said : undefined;
    case 'file':
      if (code === 0 && said !== '') return said;
      return /No such file or directory/.test(stderr) ? 'absent' : undefined;
    case 'configuration':
      if (code === 0) return said === '' ? 'ok' : said;
      return code === 127 || /denied|not found|No such file/i.test(stderr)
        ? undefined
        : (last(stderr) ?? 'refused');
    case 'traefik-router': {
      if (code !== 0) return undefined;
      const status = /"status"\s*:\s*"([a-z]{1,20})"/.exec(stdout)?.[1];
      return status ?? (/router not found/i.test(stdout) ? 'absent' : undefined);
    }
    case 'listening':
      // older versions of ss write * for every address
      return code === 0
        ? [...new Set(lines.map((line) => line.replace(/^\*:/, '0.0.0.0:').replace(/%[\w.-]+/, '')))]
            .sort()
            .join(' ')
        : undefined;
    case 'published':
      if (code === 0) return [...new Set(lines)].sort().join(' ');
      // both engines fail where the container is there and the port is not published
      return /no public port|failed to find published port/i.test(stderr) ? '' : undefined;
    case 'unit':
    case 'network':
    case 'volume':
      return code === 0 ? said : undefined;
    case 'container':
      return code === 0 ? said : /no such (?:object|container)/i.test(stderr) ? 'absent' : undefined;
    case 'sshd':
      return code === 0 && said !== '' ? said : undefined;
  }
}

const last = (text: string): string | undefined =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
    .at(-1);
