import type { Kind } from '#model/fact.ts';
import type { Resource } from '#model/resource.ts';
import { code } from '#model/text.ts';
import { fail, pass, say, unknown } from '../checks.ts';
import { type Graph, seenOf } from '../graph.ts';
import type { HopSide } from '../hop.ts';
import { asText } from '../values.ts';
import { nearOf } from './listeners.ts';

const WEB_ACL: Kind = 'AWS::WAFv2::WebACL';

/** The web ACL that filters requests; undefined where there is none: a path passes without. */
export function webAclSide(graph: Graph, holder: Resource, arn: string | undefined): HopSide | undefined {
  if (arn === undefined) return undefined;
  const acl = graph.named(WEB_ACL, arn);
  if (acl) {
    const action = asText(seenOf(acl).defaultAction);
    const parts = { evidence: acl.observed, resources: [acl.id] };
    return {
      resource: acl.id,
      role: 'web-acl',
      checks: [
        action === 'BLOCK' || action === 'Block'
          ? unknown(
              'web-acl-blocks',
              say(
                `${code(acl.name)} refuse ce qu’aucune de ses règles ne laisse passer`,
                `${code(acl.name)} blocks what none of its rules allows`,
              ),
              undefined,
              parts,
            )
          : pass(
              'web-acl-blocks',
              say(`filtré par ${code(acl.name)}`, `filtered by ${code(acl.name)}`),
              parts,
            ),
      ],
    };
  }
  // an id alone is of the older WAF, which is not read
  if (!arn.startsWith('arn:')) return undefined;
  const region = arn.includes(':global/') ? { region: 'us-east-1' } : nearOf(holder);
  const refusal = graph.unseen(WEB_ACL, region);
  const parts = { evidence: holder.observed, resources: [holder.id] };
  return {
    resource: arn,
    role: 'web-acl',
    checks: [
      refusal
        ? unknown('web-acl-missing', say('pare-feu non lu', 'web ACL not read'), refusal, parts)
        : fail(
            'web-acl-missing',
            say('le pare-feu nommé n’est pas là', 'the web ACL that is named is not there'),
            parts,
          ),
    ],
  };
}
