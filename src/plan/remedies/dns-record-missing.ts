import type { Json } from '#model/fact.ts';
import { code } from '#model/text.ts';
import { read, say, write } from '../draft.ts';
import { literal } from '../jmespath.ts';
import type { Problem } from '../problem.ts';
import { defineRemedy } from '../remedy.ts';

/** The hosted zone of every distribution. Amazon Route 53 API Reference, AliasTarget. */
const CLOUDFRONT_ZONE = 'Z2FDTNDATAQYW2';
/** What caches keep a record for, in seconds, where it says nothing itself. */
const TTL = 300;

/** A name that leads nowhere, or elsewhere: its record is made, or led to where it should. */
export const dnsRecordMissing = defineRemedy({
  for: ['dns-record-missing', 'dns-record-misdirected', 'dns-records-disagree', 'dns-www-missing'],
  plan(problem) {
    // records of Cloudflare are written by no command of AWS
    if (problem.maybeText('provider') === 'cloudflare') return [];
    const [name, target] = [
      problem.text('name').replace(/\.$/, ''),
      problem.text('target').replace(/\.$/, ''),
    ];
    const zone = problem.text('zone').replace(/^\/hostedzone\//, '');
    const type = problem.maybeText('type') ?? 'A';
    const record = recordOf(problem, name, type, target);
    const change = (Changes: Json) =>
      write('route53', 'ChangeResourceRecordSets', undefined, {
        HostedZoneId: zone,
        ChangeBatch: { Changes },
      });
    const is = problem.id === 'dns-record-misdirected' || problem.id === 'dns-records-disagree';
    return [
      {
        title: is
          ? say(`Diriger ${code(name)} vers ${code(target)}`, `Lead ${code(name)} to ${code(target)}`)
          : say(
              `Créer l’enregistrement ${code(`${type} ${name}`)} vers ${code(target)}`,
              `Create the record ${code(`${type} ${name}`)} to ${code(target)}`,
            ),
        reason: is
          ? say(
              `${code(name)} mène ailleurs que vers ce qui répond pour lui.`,
              `${code(name)} leads elsewhere than to what answers for it.`,
            )
          : say(`${code(name)} ne mène nulle part.`, `${code(name)} leads nowhere.`),
        risk: 'none',
        duration: say(
          'une minute, puis le temps que les caches gardent l’ancienne réponse',
          'a minute, then as long as caches keep the old answer',
        ),
        changes: [
          {
            write: change([{ Action: 'UPSERT', ResourceRecordSet: record }]),
            state: read(
              'route53',
              'ListResourceRecordSets',
              undefined,
              { HostedZoneId: zone, StartRecordName: name, StartRecordType: type, MaxItems: '1' },
              `ResourceRecordSets[?Name==${literal(listed(name))} && Type==${literal(type)}] | [0]`,
            ),
            after: record,
            // one of several sets of a name (weighted, by region) is not the name's only answer
            expects: { query: 'SetIdentifier', equals: null },
            // what was there is set back; what was not is deleted
            undo: change([
              {
                Action: { $before: "@ && 'UPSERT' || 'DELETE'" },
                ResourceRecordSet: { $before: `@ || ${literal(record)}` },
              },
            ]),
          },
        ],
        proofs:
          type === 'CNAME'
            ? []
            : [
                {
                  title: say(`${code(name)} mène à une adresse`, `${code(name)} leads to an address`),
                  expected: say('au moins une adresse', 'at least one address'),
                  check: { type: 'dns', name, record: type === 'AAAA' ? 'AAAA' : 'A', within: TTL },
                },
              ],
        provides: [`record ${name}`],
      },
    ];
  },
});

/** Lists give names with a dot at the end, and a star as an octal escape. Route 53 Developer Guide, “DNS domain name format”. */
const listed = (name: string): string => `${name.toLowerCase().replace(/^\*/, '\\052')}.`;

function recordOf(problem: Problem, name: string, type: string, target: string): Record<string, Json> {
  const DNSName = `${target.toLowerCase()}.`;
  const Name = listed(name);
  if (type === 'CNAME') return { Name, Type: type, TTL, ResourceRecords: [{ Value: DNSName }] };
  const isDistribution = target.toLowerCase().endsWith('.cloudfront.net');
  const HostedZoneId = isDistribution ? CLOUDFRONT_ZONE : problem.text('targetZone');
  return { Name, Type: type, AliasTarget: { HostedZoneId, DNSName, EvaluateTargetHealth: false } };
}
