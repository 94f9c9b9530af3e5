import { type Answered, objectOf, textOf } from '../fields.ts';
import { everyItem } from '../readers/cloudflare/pages.ts';
import { type CloudflareSession, OF_USER } from '../readers/cloudflare/session.ts';

/** A zone as the list of them tells it. */
export interface Zone {
  id: string;
  name: string;
  account: string;
  /** What else was told. */
  answered: Answered;
}

export const ZONES = '/zones';
export const ZONES_PERMISSION = 'Zone Read';

/** Every zone that the token sees, of whatever account: one list for all of them. @throws Refused */
export async function everyZone(session: CloudflareSession): Promise<Zone[]> {
  // Cloudflare API, “List Zones”: 50 a page at most
  const read = { path: ZONES, permission: ZONES_PERMISSION };
  const items = await everyItem(session, read, { by: 'page', size: 50 }, OF_USER);
  return items.flatMap((answered): Zone[] => {
    const [id, name] = [textOf(answered.id), textOf(answered.name)];
    const account = textOf(objectOf(answered.account).id);
    return id !== undefined && name !== undefined && account !== undefined
      ? [{ id, name: name.toLowerCase(), account, answered }]
      : [];
  });
}
