import type { Json, Kind } from '#model/fact.ts';
import type { Check } from '#model/path.ts';
import type { Resource } from '#model/resource.ts';
import { code } from '#model/text.ts';
import { fail, held, say, unknown } from './checks.ts';
import { type Graph, refusedDetail, seenOf } from './graph.ts';
import type { HopSide } from './hop.ts';
import { coveredBy } from './names.ts';
import { asText, asTexts } from './values.ts';

export const CERTIFICATE: Kind = 'AWS::CertificateManager::Certificate';

/** Who serves a certificate, and what it must be for. */
export interface CertificateUse {
  /** What serves it. */
  holder: Resource;
  /** ARNs of the certificates that it serves; the first is for clients that name no host. */
  arns: readonly string[];
  /** One of these names must be covered. */
  names: readonly string[];
  /** Names that would do too, as far as nobody read whether they are sent. */
  perhaps?: readonly string[];
  /** Where it must be; undefined where its place is fixed by the holder. */
  region?: string;
  /** When the estate was read, RFC 3339. */
  at: string | undefined;
  values: Record<string, Json>;
}

const namesOf = (certificate: Resource): string[] => {
  const seen = seenOf(certificate);
  return [
    ...new Set([asText(seen.domainName) ?? certificate.name, ...asTexts(seen.subjectAlternativeNames)]),
  ];
};

const isCovering = (certificate: Resource, names: readonly string[]): boolean =>
  names.some((name) => coveredBy(name, namesOf(certificate)));

const isSound = (certificate: Resource, at: string | undefined): boolean => {
  const { status, notAfter } = seenOf(certificate);
  return status === 'ISSUED' && (at === undefined || typeof notAfter !== 'string' || notAfter > at);
};

/** An issued certificate for one of the names in a region, the one that lasts longest. */
export function bestCertificate(
  graph: Graph,
  names: readonly string[],
  region: string | undefined,
  at: string | undefined,
): Resource | undefined {
  return graph
    .all(CERTIFICATE)
    .filter((one) => one.region === region && isSound(one, at) && isCovering(one, names))
    .sort((a, b) => String(seenOf(b).notAfter ?? '').localeCompare(String(seenOf(a).notAfter ?? '')))[0];
}

const regionOf = (arn: string): string | undefined => arn.split(':')[3] || undefined;

/** The certificate that answers for the names, and whether it is valid for them, in time and in the right place. */
export function certificateSides(graph: Graph, use: CertificateUse): HopSide[] {
  const { arns, names, region, at } = use;
  const known = arns.map((arn) => graph.named(CERTIFICATE, arn)).filter((one) => one !== undefined);
  // the holder chooses the one that covers the name that is asked for
  const chosen = known.find((one) => isCovering(one, names)) ?? known[0];
  if (!chosen) return [unseenCertificate(graph, use)];
  const better = bestCertificate(graph, names, region ?? chosen.region, at);
  const values: Record<string, Json> = {
    ...use.values,
    certificate: chosen.id,
    names: [...names],
    ...(region !== undefined && { region }),
    ...(better && better.id !== chosen.id && { better: better.id }),
  };
  const parts = { evidence: chosen.observed, resources: [chosen.id], values };
  return [
    {
      resource: chosen.id,
      role: 'certificate',
      checks: checksOf(chosen, use, parts, known.length < arns.length),
    },
  ];
}

function checksOf(
  certificate: Resource,
  { names, perhaps = [], region, at, arns }: CertificateUse,
  parts: { evidence: Resource['observed']; resources: string[]; values: Record<string, Json> },
  isPartlySeen: boolean,
): Check[] {
  const seen = seenOf(certificate);
  const checks: Check[] = [];
  const own = namesOf(certificate);
  const shown = code(names[0] ?? '');
  const covers = isCovering(certificate, names);
  const mayCover = !covers && isCovering(certificate, perhaps);
  // the list tells some of the names, and its description all of them
  const refusal = refusedDetail(certificate);
  checks.push(
    mayCover
      ? unknown(
          'certificate-not-covering',
          say(
            `le certificat couvre ${code(perhaps[0] ?? '')}, que personne n’a vu demander`,
            `the certificate covers ${code(perhaps[0] ?? '')}, which nobody saw being asked for`,
          ),
          undefined,
          parts,
        )
      : isPartlySeen && !covers
        ? unknown(
            'certificate-not-covering',
            say(
              `un des ${arns.length} certificats n’a pas été lu`,
              `one of ${arns.length} certificates was not read`,
            ),
            undefined,
            parts,
          )
        : refusal && !covers
          ? unknown(
              'certificate-not-covering',
              say(
                'tous les noms du certificat n’ont pas été lus',
                'not all names of the certificate were read',
              ),
              refusal,
              parts,
            )
          : held(
              'certificate-not-covering',
              covers,
              say(`le certificat couvre ${shown}`, `the certificate covers ${shown}`),
              say(
                `le certificat ne couvre pas ${shown} (il couvre ${own.slice(0, 3).map(code).join(', ')})`,
                `the certificate does not cover ${shown} (it covers ${own.slice(0, 3).map(code).join(', ')})`,
              ),
              parts,
            ),
  );
  const status = asText(seen.status);
  const end = asText(seen.notAfter);
  const isOver = status === 'EXPIRED' || (end !== undefined && at !== undefined && end <= at);
  if (status === undefined && end === undefined) return checks;
  checks.push(
    held(
      'certificate-expired',
      !isOver,
      end === undefined
        ? say(`état ${code(status ?? '')}`, `state ${code(status ?? '')}`)
        : say(`valide jusqu’au ${end.slice(0, 10)}`, `valid until ${end.slice(0, 10)}`),
      end === undefined
        ? say('certificat expiré', 'certificate expired')
        : say(`expiré depuis le ${end.slice(0, 10)}`, `expired since ${end.slice(0, 10)}`),
      parts,
    ),
  );
  if (status !== undefined && status !== 'ISSUED' && !isOver)
    checks.push(
      fail(
        'certificate-not-issued',
        say(`état ${code(status)}\u00a0: il n’est pas délivré`, `state ${code(status)}: it is not issued`),
        parts,
      ),
    );
  if (region !== undefined)
    checks.push(
      held(
        'certificate-wrong-region',
        certificate.region === region,
        say(`délivré dans ${code(region)}`, `issued in ${code(region)}`),
        say(
          `délivré dans ${code(certificate.region ?? '')}, où il n’est pas pris\u00a0: il faut ${code(region)}`,
          `issued in ${code(certificate.region ?? '')}, where it is not taken from: it must be ${code(region)}`,
        ),
        parts,
      ),
    );
  return checks;
}

function unseenCertificate(graph: Graph, { arns, names, region, holder, values }: CertificateUse): HopSide {
  const arn = arns[0];
  const where = arn === undefined ? region : regionOf(arn);
  const parts = {
    evidence: holder.observed,
    resources: [holder.id],
    values: { ...values, names: [...names] },
  };
  if (arn === undefined)
    return {
      role: 'certificate',
      checks: [
        fail(
          'certificate-missing',
          say(`${code(holder.name)} ne sert aucun certificat`, `${code(holder.name)} serves no certificate`),
          parts,
        ),
      ],
    };
  const isWrongPlace =
    region !== undefined && where !== undefined && where !== region && arn.includes(':acm:');
  if (isWrongPlace)
    return {
      resource: arn,
      role: 'certificate',
      checks: [
        fail(
          'certificate-wrong-region',
          say(
            `certificat de ${code(where)}, où il n’est pas pris\u00a0: il faut ${code(region)}`,
            `certificate of ${code(where)}, where it is not taken from: it must be ${code(region)}`,
          ),
          parts,
        ),
      ],
    };
  const isOfAcm = arn.includes(':acm:');
  const near = where === undefined ? {} : { region: where };
  const refusal = isOfAcm ? graph.unseen(CERTIFICATE, near) : undefined;
  // the list of a region that nobody asked for leaves out what nothing is said to use: it is looked for by its own name
  const isGone = isOfAcm && ((!refusal && graph.isAsked(where)) || graph.wasLookedFor(CERTIFICATE, arn));
  return {
    resource: arn,
    role: 'certificate',
    ...(isOfAcm && { sought: [{ kind: CERTIFICATE, name: arn, ...near }] }),
    checks: [
      isGone
        ? fail(
            'certificate-missing',
            say('le certificat servi n’existe plus', 'the certificate that is served is no longer there'),
            { ...parts, values: { ...parts.values, certificate: arn } },
          )
        : unknown(
            'certificate-missing',
            say('le certificat n’a pas été lu', 'the certificate was not read'),
            refusal,
            parts,
          ),
    ],
  };
}
