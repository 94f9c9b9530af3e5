import type { CallEvidence } from '#model/evidence.ts';
import type { ProxyConfig } from '#model/proxy.ts';
import { caddyJson } from '../../caddy/json.ts';
import { readJson } from '../../repo/json-source.ts';
import { note, notUnderstood } from '../refusals.ts';
import { defineSection } from '../section.ts';
import { GET } from './get.ts';
import { keepProxy, runningProxies, runsInside, unreadProxy } from './running.ts';

const PATH = 'http://127.0.0.1:2019/config/';
const LONGEST = 16_000_000;

/**
 * Caddy, by its admin API: `GET /config/` gives the configuration that is in effect. Caddy documentation, “API”. In a
 * container it only listens inside: it is asked by the program that its image has for that.
 */
export const caddy = defineSection({
  parts: ['caddy'],
  round: 2,
  commands: (known) =>
    runningProxies('caddy', known).map((proxy) => ({
      id: proxy.id,
      operation: 'GET /config/',
      script: proxy.container
        ? `${runsInside(proxy)}wget -q -T 5 -O - ${PATH} </dev/null || ${runsInside(proxy)}curl -fsS -m 5 ${PATH} </dev/null`
        : `${GET}\ng ${PATH}`,
      needsRoot: proxy.container !== undefined,
    })),
  read(answers, state) {
    for (const proxy of runningProxies('caddy', state)) {
      const answer = answers.get(proxy.id);
      if (!answer) continue;
      note(state, 'caddy', unreadProxy('caddy', proxy, answer));
      if (answer.end !== 'done') continue;
      const at: CallEvidence = { source: 'host', operation: answer.operation, at: state.at };
      const config = answer.stdout.length > LONGEST ? undefined : configOf(answer.stdout, at);
      if (config) keepProxy(state, config, proxy);
      else note(state, 'caddy', notUnderstood(answer));
    }
  },
});

function configOf(text: string, at: CallEvidence): ProxyConfig | undefined {
  const json = readJson(text);
  if ('error' in json || json.value.entries.length === 0) return undefined;
  return caddyJson(json.value, { source: 'host', standing: 'declared', files: [] }, () => at);
}
