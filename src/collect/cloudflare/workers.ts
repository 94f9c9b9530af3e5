import type { Kind } from '#model/fact.ts';
import type { Refusal } from '#model/lookup.ts';
import { type Answered, flagOf, objectOf, objectsOf, textOf } from '../fields.ts';
import { operationOf } from '../readers/cloudflare/session.ts';
import { bindingsIn } from './bindings.ts';
import { type CloudflareScope, defineCloudflareCollector } from './cloudflare-collector.ts';
import { deploymentIn } from './deployments.ts';

const SCRIPTS = '/accounts/{account_id}/workers/scripts';
const SCRIPT = `${SCRIPTS}/{script_name}` as const;
const SETTINGS = `${SCRIPT}/settings` as const;
const SUBDOMAIN = `${SCRIPT}/subdomain` as const;
const SCHEDULES = `${SCRIPT}/schedules` as const;
const DEPLOYMENTS = `${SCRIPT}/deployments` as const;
const VERSIONS = `${SCRIPT}/versions` as const;
const DOMAINS = '/accounts/{account_id}/workers/domains';

const permissions = {
  [SCRIPTS]: 'Workers Scripts Read',
  [SETTINGS]: 'Workers Scripts Read',
  [SUBDOMAIN]: 'Workers Scripts Read',
  [SCHEDULES]: 'Workers Scripts Read',
  [DEPLOYMENTS]: 'Workers Scripts Read',
  [VERSIONS]: 'Workers Scripts Read',
  [DOMAINS]: 'Workers Scripts Read',
} as const;
type Workers = CloudflareScope<keyof typeof permissions>;

const KIND: Kind = 'Cloudflare::Workers::Script';
const SECRET: Kind = 'Cloudflare::Workers::Secret';
const CRON: Kind = 'Cloudflare::Workers::CronTrigger';
/** Scripts that no file names are looked into up to so many: five calls each would take the budget of all the rest. */
const MOST_UNDECLARED = 60;
const NOT_ALL: Refusal = {
  sort: 'unavailable',
  operation: operationOf({ path: SCHEDULES }),
  why: {
    fr: `les déclencheurs des Workers qu’aucun fichier ne nomme ne sont pas lus quand il y en a plus de ${MOST_UNDECLARED}`,
    en: `triggers of Workers that no file names are not read where there are more than ${MOST_UNDECLARED}`,
  },
};

/** Scripts of Workers, with what is bound to them, what starts them and what of them is deployed. */
export const workers = defineCloudflareCollector({
  id: 'workers',
  title: { fr: 'Workers', en: 'Workers' },
  kinds: [KIND, SECRET, CRON, 'Cloudflare::Workers::Domain'],
  permissions,
  async collect(cf) {
    await Promise.all([
      cf.list([KIND, SECRET, CRON], () => scripts(cf)),
      cf.list(['Cloudflare::Workers::Domain'], () => domains(cf)),
    ]);
  },
});

async function scripts(cf: Workers): Promise<void> {
  const found = (await cf.every(SCRIPTS, { by: 'once' })).flatMap((script) => {
    const name = textOf(script.id);
    return name === undefined ? [] : [{ name, script, isDeclared: cf.isDeclared(KIND, name) }];
  });
  const others = found.filter(({ isDeclared }) => !isDeclared);
  const inner = await Promise.all(
    found.map(({ name, script, isDeclared }) =>
      look(cf, name, script, isDeclared || others.length <= MOST_UNDECLARED),
    ),
  );
  // what is in a script is not established where one of them could not be looked into
  for (const { settings, schedules } of inner) {
    if (settings) cf.looked(SECRET, settings);
    if (schedules) cf.looked(CRON, schedules);
  }
  if (others.length > MOST_UNDECLARED) cf.looked(CRON, NOT_ALL);
}

/** One script, its secrets by their names, and its crons; gives what could not be read of it. */
async function look(cf: Workers, name: string, script: Answered, isWhole: boolean) {
  const at = { at: { script_name: name } };
  const none = { output: undefined, refusal: undefined };
  const [settings, subdomain, schedules, deployments, versions] = await Promise.all([
    cf.ask(SETTINGS, at),
    isWhole ? cf.ask(SUBDOMAIN, at) : none,
    isWhole ? cf.tryEvery(SCHEDULES, { by: 'once', within: 'schedules' }, at) : none,
    isWhole ? cf.tryEvery(DEPLOYMENTS, { by: 'once', within: 'deployments' }, at) : none,
    cf.isDeclared(KIND, name) ? cf.tryEvery(VERSIONS, { by: 'once', within: 'items' }, at) : none,
  ]);
  const stated = objectOf(settings.output);
  const bindings = bindingsIn(objectsOf(stated.bindings));
  const open = objectOf(subdomain.output);
  const address = `/accounts/${cf.account}/workers/scripts/${name}`;
  cf.see({
    kind: KIND,
    name,
    told: SCRIPTS,
    address,
    properties: {
      ...(settings.output !== undefined && { bindings: bindings.list }),
      compatibilityDate: textOf(stated.compatibility_date),
      observability: flagOf(objectOf(stated.observability).enabled),
      placement: textOf(objectOf(stated.placement).mode),
      usageModel: textOf(stated.usage_model),
      workersDev: flagOf(open.enabled),
      previewUrls: flagOf(open.previews_enabled),
      modifiedAt: textOf(script.modified_on),
      deployedFrom: textOf(script.last_deployed_from),
      deployment: deploymentIn(deployments.output ?? [], versions.output ?? []),
    },
    relations: bindings.relations,
    refusals: [settings, subdomain, schedules, deployments, versions].map(({ refusal }) => refusal),
  });
  const part = { type: 'part-of', to: { kind: KIND, name } } as const;
  for (const secret of bindings.secrets)
    cf.see({
      kind: SECRET,
      name: `${name}/${secret}`,
      told: SETTINGS,
      address: `${address}/secrets/${secret}`,
      relations: [part],
    });
  for (const schedule of schedules.output ?? []) {
    const cron = textOf(schedule.cron);
    if (cron === undefined) continue;
    cf.see({
      kind: CRON,
      name: `${name} ${cron}`,
      told: SCHEDULES,
      address: `${address}/schedules/${cron}`,
      properties: { cron },
      relations: [{ type: 'routes-to', to: { kind: KIND, name } }],
    });
  }
  return { settings: settings.refusal, schedules: schedules.refusal };
}

async function domains(cf: Workers): Promise<void> {
  for (const domain of await cf.every(DOMAINS, { by: 'once' })) {
    const [host, id] = [textOf(domain.hostname), textOf(domain.id)];
    if (host === undefined || id === undefined) continue;
    const [script, zone] = [textOf(domain.service), textOf(domain.zone_name)];
    cf.see({
      kind: 'Cloudflare::Workers::Domain',
      name: host,
      told: DOMAINS,
      address: `/accounts/${cf.account}/workers/domains/${id}`,
      otherNames: [id],
      properties: { environment: textOf(domain.environment) },
      relations: [
        script === undefined ? undefined : { type: 'routes-to', to: { kind: KIND, name: script } },
        zone === undefined ? undefined : { type: 'part-of', to: { kind: 'Cloudflare::Zone', name: zone } },
      ],
    });
  }
}
