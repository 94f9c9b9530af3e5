import { shellQuote } from '#lib/shell-quote.ts';
import type { CallEvidence } from '#model/evidence.ts';
import type { HostState } from '#model/host.ts';
import { type NamedCertificate, nginxFromDump } from '../../nginx/dump.ts';
import { certificateOf, FIRST_CERTIFICATE } from '../os/certificates.ts';
import { filesOf, filesScript } from '../os/files.ts';
import { note, notUnderstood } from '../refusals.ts';
import { defineSection } from '../section.ts';
import {
  keepProxy,
  type RunningProxy,
  runningProxies,
  runsInside,
  startWords,
  unreadProxy,
} from './running.ts';

/** The program and where it takes its configuration from, as it was started. nginx documentation, “Command-line parameters”. */
function programOf(proxy: RunningProxy): string {
  const words = startWords(proxy);
  const name = proxy.container && /openresty/.test(proxy.container.image) ? 'openresty' : 'nginx';
  const given = proxy.unit
    ? (words.find((word) => /^\/[\w./-]{1,200}\/(?:nginx|openresty|angie)$/.test(word)) ?? name)
    : name;
  const options = ['-c', '-p'].flatMap((option) => {
    const value = words[words.indexOf(option) + 1];
    const isPath = words.includes(option) && value !== undefined && /^\/[\w./-]{1,300}$/.test(value);
    return isPath ? [option, shellQuote(value)] : [];
  });
  return [shellQuote(given), ...options].join(' ');
}

/**
 * The first certificate of each file that the configuration names, read where nginx runs. Private keys stay there.
 */
function certificatesScript(proxy: RunningProxy): string {
  const inside = runsInside(proxy);
  const found = `n=$(${inside}${programOf(proxy)} -T -q 2>/dev/null </dev/null | sed -n "s|^[[:space:]]*ssl_certificate[[:space:]]\\{1,\\}[\\"']\\{0,1\\}\\(/[^[:space:]\\"';\\$]*\\).*|\\1|p" | sort -u | head -n 200)
set -f; IFS='
'
set -- $n
set +f; unset IFS`;
  return inside === ''
    ? `${found}
${filesScript([], { globs: ['"$@"'], filter: FIRST_CERTIFICATE })}`
    : `${found}
for f in "$@"; do
  echo "F $f"
  ${inside}cat "$f" </dev/null 2>/dev/null | head -c 65536 | ${FIRST_CERTIFICATE} | sed 's/^/|/'
  echo
done`;
}

/**
 * nginx on the host and in containers. `nginx -T` parses the configuration that is on the disk and prints it, and ends: it
 * sends no signal and changes nothing of the one that runs (it opens the log files that the configuration names, as each
 * test of a configuration does). `docker exec` runs it inside of the container.
 */
export const nginx = defineSection({
  parts: ['nginx'],
  round: 2,
  commands: (known) =>
    runningProxies('nginx', known).flatMap((proxy) => {
      const run = `${runsInside(proxy)}${programOf(proxy)}`;
      const operation = proxy.container ? `${proxy.container.engine} exec nginx -T` : 'nginx -T';
      return [
        {
          id: proxy.id,
          operation,
          script: `${run} -v 2>&1 </dev/null\n${run} -T -q </dev/null`,
          needsRoot: true,
        },
        {
          id: `${proxy.id}.certificates`,
          operation: 'cat CERTIFICATE',
          script: certificatesScript(proxy),
          needsRoot: true,
        },
      ];
    }),
  read(answers, state) {
    for (const proxy of runningProxies('nginx', state)) {
      const answer = answers.get(proxy.id);
      if (!answer) continue;
      note(state, 'nginx', unreadProxy('nginx', proxy, answer));
      const isCut = answer.end === 'cut' || answer.end === 'timeout';
      if ((answer.end !== 'done' && !isCut) || !answer.stdout.includes('# configuration file ')) {
        if (answer.end === 'done') note(state, 'nginx', notUnderstood(answer));
        continue;
      }
      const at: CallEvidence = { source: 'host', operation: answer.operation, at: state.at };
      const { config, certificates } = nginxFromDump(answer.stdout, at, proxy.runsIn, state.name);
      // what was cut off may be a whole file, that no include misses
      if (isCut) config.blindSpots.push({ what: answer.operation, at });
      keepProxy(state, config, proxy);
      keepCertificates(state, proxy, certificates, answers.get(`${proxy.id}.certificates`)?.stdout ?? '');
    }
  },
});

/** A path as the host knows it: of a container's, the one that is mounted there. */
function hostPath(path: string, { container }: RunningProxy): string {
  if (!container) return path;
  const [mount] = container.mounts
    .filter(
      ({ destination }) => path === destination || path.startsWith(`${destination.replace(/\/$/, '')}/`),
    )
    .sort((a, b) => b.destination.length - a.destination.length);
  return mount && mount.source !== ''
    ? `${mount.source}${path.slice(mount.destination.replace(/\/$/, '').length)}`
    : `${container.name}:${path}`;
}

const MOST_CERTIFICATES = 500;

function keepCertificates(
  state: HostState,
  proxy: RunningProxy,
  named: readonly NamedCertificate[],
  stdout: string,
): void {
  const texts = new Map(filesOf(stdout).map((file) => [file.path, file.text]));
  for (const { path, usedBy } of named.slice(0, MOST_CERTIFICATES)) {
    const place = hostPath(path, proxy);
    const known = state.certificates.find((one) => one.path === place);
    if (known) known.usedBy = [...new Set([...known.usedBy, ...usedBy])];
    else {
      const found = certificateOf(texts.get(path) ?? '', place, usedBy, state.at);
      if (found) state.certificates.push(found);
    }
  }
}
