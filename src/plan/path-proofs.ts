import type { Path } from '#model/path.ts';
import { code } from '#model/text.ts';
import type { DraftProof } from './draft.ts';

/** What an answer may be that is none of an error. RFC 9110, 15.3 and 15.4. */
const GOOD = [200, 201, 202, 203, 204, 206, 301, 302, 303, 304, 307, 308];

/** Caches of names and of edges take minutes to see a change. */
const WITHIN = 300;

/** What proves that a URL is answered, from its name to what it gives. */
export function pathProofs({ url }: Path): DraftProof[] {
  if (!URL.canParse(url)) return [];
  const { hostname, port, protocol } = new URL(url);
  const tls = Number(port || 443);
  return [
    {
      title: { fr: `${code(hostname)} mène à une adresse`, en: `${code(hostname)} leads to an address` },
      expected: { fr: 'au moins une adresse', en: 'at least one address' },
      check: { type: 'dns', name: hostname, record: 'A', within: WITHIN },
    },
    ...(protocol === 'https:'
      ? [
          {
            title: {
              fr: `Un certificat valable pour ${code(hostname)}`,
              en: `A certificate that is valid for ${code(hostname)}`,
            },
            expected: {
              fr: 'la chaîne est vérifiée, et le nom couvert',
              en: 'the chain verifies, and the name is covered',
            },
            check: { type: 'tls' as const, host: hostname, port: tls, within: WITHIN },
          },
        ]
      : []),
    {
      title: { fr: `${code(url)} répond`, en: `${code(url)} answers` },
      expected: { fr: 'un statut inférieur à 400', en: 'a status below 400' },
      check: { type: 'http', url, method: 'GET', status: GOOD, within: WITHIN },
    },
  ];
}
