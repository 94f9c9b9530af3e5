import type { Resource, ResourceChange } from '#model/resource.ts';
import { objectOf, objectsOf, textOf } from '../fields.ts';
import { Refused } from '../readers/cloudflare/refusal.ts';
import { type CloudflareSession, operationOf } from '../readers/cloudflare/session.ts';

const PATH = '/accounts/{account_id}/audit_logs';
/** As the ledger counts it. */
export const AUDIT_LOGS = operationOf({ path: PATH });
/** What telling the last changes needs to be allowed. */
export const AUDIT_LOG_PERMISSIONS = { [PATH]: 'Account Settings Read' } as const;

/** Resources whose last change is told at most. */
const MOST_RESOURCES = 12;
/** Events that one page holds at most; older ones are not looked for. Cloudflare API, “Get account audit logs”. */
const PAGE = 1_000;

/** The words of a change: reads and logins change nothing. */
const CHANGES =
  /creat|updat|edit|chang|delet|add|remov|set|deploy|upload|enabl|disabl|put|patch|rotat|roll|purge/i;

/**
 * The last change of each of some resources (12 at most), from the newest 1,000 events of their account's audit log: by the
 * id that Cloudflare records. Where it is refused nothing is known, and the ledger says so. Never throws.
 */
export async function changesIn(
  session: CloudflareSession,
  resources: readonly Resource[],
): Promise<Map<string, ResourceChange>> {
  const changes = new Map<string, ResourceChange>();
  const asked = resources.slice(0, MOST_RESOURCES);
  for (const [account, own] of Map.groupBy(asked, (resource) => resource.account)) {
    if (account === undefined) continue;
    const events = await eventsOf(session, account);
    for (const resource of own) {
      const ids = idsOf(resource);
      const event = events.find(({ id, kind }) => ids.has(id) && isOfKind(kind, resource));
      const change = event?.change ?? deployedBy(resource);
      if (change) changes.set(resource.id, change);
    }
  }
  return changes;
}

/** A script’s own record: its last deployment, which the audit log may hold no longer. */
function deployedBy({ properties: { deployment } }: Resource): ResourceChange | undefined {
  const { at, by, source } = objectOf(deployment);
  const when = textOf(at);
  if (when === undefined) return undefined;
  const [who, tool] = [textOf(by), textOf(source)];
  return {
    event: `deployment${tool === undefined ? '' : ` (${tool})`}`,
    at: when,
    ...(who !== undefined && { by: who }),
  };
}

/** What Cloudflare may record of it: its id, or its name where that is its id. */
const idsOf = ({ name, facts }: Resource): Set<string> =>
  new Set([name, ...facts.flatMap(({ sort, otherNames = [] }) => (sort === 'observed' ? otherNames : []))]);

/** An id of letters and digits is nobody else's; a name may be that of things of other products. */
const isOfKind = ({ id, type }: { id: string; type: string }, { kind }: Resource): boolean => {
  if (/^[0-9a-f]{32}$|^[0-9a-f]{8}-[0-9a-f-]{27}$/i.test(id)) return true;
  const words = kind.toLowerCase().split('::');
  const said = type.toLowerCase().replace(/[^a-z0-9]/g, '');
  return (
    said !== '' && words.some((word) => word !== 'cloudflare' && (said.includes(word) || word.includes(said)))
  );
};

interface Event {
  id: string;
  kind: { id: string; type: string };
  change: ResourceChange;
}

async function eventsOf(session: CloudflareSession, account: string): Promise<Event[]> {
  const permission = AUDIT_LOG_PERMISSIONS[PATH];
  const query = { per_page: PAGE, page: 1, direction: 'desc' };
  try {
    const { result } = await session.get(
      { path: PATH, at: { account_id: account }, query, permission },
      account,
    );
    return objectsOf(result).flatMap((event): Event[] => {
      const action = objectOf(event.action);
      const { id, type } = objectOf(event.resource);
      const [what, at, thing] = [textOf(action.type), textOf(event.when), textOf(id)];
      if (what === undefined || at === undefined || thing === undefined) return [];
      // what was refused or failed changed nothing
      if (action.result === false || !CHANGES.test(what)) return [];
      const by = textOf(objectOf(event.actor).email);
      return [
        {
          id: thing,
          kind: { id: thing, type: textOf(type) ?? '' },
          change: { event: what.slice(0, 100), at, ...(by !== undefined && { by }) },
        },
      ];
    });
  } catch (error) {
    session.ledger(account).refused(Refused.of(error, { operation: AUDIT_LOGS, permission }).refusal);
    return [];
  }
}
