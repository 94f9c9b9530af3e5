import type { Resource } from '#model/resource.ts';
import { code } from '#model/text.ts';
import { apiCommand } from '../cloudflare-api.ts';
import { type DraftStep, type HandWork, say } from '../draft.ts';
import type { Problem } from '../problem.ts';
import { defineRemedy } from '../remedy.ts';

/** A setting of a zone that a person changes. Cloudflare API documentation, “Edit zone setting”. */
interface ZoneSetting {
  /** As the API calls it. */
  setting: string;
  /** The property in which the audit keeps it. */
  property: string;
  value: string;
  title(name: string): DraftStep['title'];
  reason: DraftStep['reason'];
  risk: DraftStep['risk'];
  /** What has to be looked at first: the command is then one to end with. */
  need?: DraftStep['title'];
}

const SETTINGS: Readonly<Record<string, ZoneSetting>> = {
  'zone-https-not-enforced': {
    setting: 'always_use_https',
    property: 'alwaysUseHttps',
    value: 'on',
    title: (name) => say(`Mener ${name} de HTTP à HTTPS`, `Lead ${name} from HTTP to HTTPS`),
    reason: say(
      'Une requête en clair est redirigée au lieu d’être servie.',
      'A request in the clear is redirected instead of being served.',
    ),
    risk: 'none',
  },
  'zone-tls-old': {
    setting: 'min_tls_version',
    property: 'minTlsVersion',
    value: '1.2',
    title: (name) => say(`Refuser TLS 1.0 et 1.1 sur ${name}`, `Refuse TLS 1.0 and 1.1 on ${name}`),
    reason: say(
      'Ces versions sont retirées (RFC 8996)\u00a0; tout navigateur d’aujourd’hui parle TLS 1.2.',
      'These versions are deprecated (RFC 8996); every browser of today speaks TLS 1.2.',
    ),
    risk: 'none',
  },
  'zone-ssl-flexible': {
    setting: 'ssl',
    property: 'sslMode',
    value: 'strict',
    title: (name) => say(`Chiffrer ${name} jusqu’à son origine`, `Encrypt ${name} all the way to its origin`),
    reason: say(
      'En mode flexible, Cloudflare parle en clair à l’origine.',
      'In flexible mode Cloudflare speaks to the origin in the clear.',
    ),
    risk: 'brief-outage',
    need: say(
      'À vérifier d’abord\u00a0: que l’origine répond en HTTPS avec un certificat valable (`curl --verbose --resolve NOM:443:ADRESSE https://NOM/`), par exemple un certificat d’origine de Cloudflare\u00a0; sans lui, le mode strict répond 526.',
      'To check first: that the origin answers over HTTPS with a valid certificate (`curl --verbose --resolve NAME:443:ADDRESS https://NAME/`), for example an origin certificate of Cloudflare; without it strict mode answers 526.',
    ),
  },
};

const patch = (path: string, value: string): string => apiCommand(path, 'PATCH', { value });

/** Settings of zones: what they are, what they become, and back. */
export const zoneHttpsNotEnforced = defineRemedy({
  for: ['zone-https-not-enforced', 'zone-tls-old', 'zone-ssl-flexible'],
  plan(problem) {
    const setting = SETTINGS[problem.id];
    return setting ? zonesOf(problem).flatMap((zone) => stepOf(setting, zone)) : [];
  },
});

/** The zones of the finding that were seen: their ids are their addresses in the API. */
const zonesOf = (problem: Problem): Resource[] =>
  (problem.finding?.resources ?? []).flatMap((id) => {
    const zone = problem.known(id);
    return zone && /^\/zones\/[0-9a-f]{32}$/.test(id) ? [zone] : [];
  });

function stepOf(
  { setting, property, value, title, reason, risk, need }: ZoneSetting,
  zone: Resource,
): DraftStep[] {
  const before = zone.properties[property];
  if (typeof before !== 'string') return [];
  const path = `${zone.id}/settings/${setting}`;
  const step = { title: title(code(zone.name)), reason, risk, changes: [], proofs: [] };
  if (need) return [{ ...step, needs: [need], suggestion: patch(path, value) }];
  const hand: HandWork = {
    command: patch(path, value),
    undo: patch(path, before),
    before: { [setting]: before },
    proof: {
      title: step.title,
      command: apiCommand(path),
      expected: say(`\`"value":"${value}"\` est affiché`, `\`"value":"${value}"\` is printed`),
    },
  };
  return [{ ...step, hand }];
}
