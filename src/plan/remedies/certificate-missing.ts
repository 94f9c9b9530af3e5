import { code, codes } from '#model/text.ts';
import { distributionName, editDistribution, ofDistribution } from '../distributions.ts';
import { type DraftStep, read, say, write } from '../draft.ts';
import { hostOf } from '../hosts.ts';
import { certificateFor } from '../listeners.ts';
import type { Problem } from '../problem.ts';
import { defineRemedy } from '../remedy.ts';
import { renewed } from './host-settings.ts';

/**
 * A certificate that does not do. Where an issued one covers the names in the right region, what uses the old one is
 * switched to it; where none does, somebody has to ask for one and to prove that the names are theirs.
 */
export const certificateMissing = defineRemedy({
  for: [
    'certificate-missing',
    'certificate-wrong-region',
    'certificate-expired',
    'certificate-not-covering',
    'certificate-not-issued',
  ],
  plan(problem) {
    if (hostOf(problem)) return problem.id === 'certificate-expired' ? renewed(problem) : [onDisk(problem)];
    if (problem.maybe('better') === undefined) return [request(problem)];
    if (problem.maybe('distribution') !== undefined) return [ofViewers(problem)];
    return problem.maybe('listener') === undefined ? [] : [ofListener(problem)];
  },
});

const WHY: Readonly<Record<string, { fr: string; en: string }>> = {
  'certificate-missing': say('aucun certificat n’est servi', 'no certificate is served'),
  'certificate-wrong-region': say(
    'le certificat n’est pas de la bonne région',
    'the certificate is of another region',
  ),
  'certificate-expired': say('le certificat est expiré', 'the certificate has expired'),
  'certificate-not-covering': say(
    'le certificat ne couvre pas le nom',
    'the certificate does not cover the name',
  ),
  'certificate-not-issued': say('le certificat n’est pas émis', 'the certificate is not issued'),
};

const reasonOf = (problem: Problem) => {
  const names = codes(problem.texts('names'));
  const why = WHY[problem.id] ?? say('', '');
  return say(
    `Pour ${names.fr}, ${why.fr}\u00a0: les navigateurs refusent la connexion.`,
    `For ${names.en}, ${why.en}: browsers refuse the connection.`,
  );
};

/** A file on a host that covers other names. */
function onDisk(problem: Problem): DraftStep {
  const path = code(problem.text('path'));
  const names = codes(problem.texts('names'));
  return {
    title: say(
      `Servir un certificat de ${names.fr} à la place de ${path}`,
      `Serve a certificate of ${names.en} in place of ${path}`,
    ),
    reason: reasonOf(problem),
    risk: 'none',
    changes: [],
    proofs: [],
    needs: [
      say(
        `Un certificat qui couvre ${names.fr}, de l’autorité qui a émis celui-ci ou par ACME, à nommer dans la configuration du proxy.`,
        `A certificate that covers ${names.en}, from who issued this one or by ACME, to be named in the configuration of the proxy.`,
      ),
    ],
  };
}

/** What is set back; an empty text stands for what is not there. */
const FIELDS = `{CloudFrontDefaultCertificate: CloudFrontDefaultCertificate, ${['ACMCertificateArn', 'IAMCertificateId', 'SSLSupportMethod', 'MinimumProtocolVersion'].map((name) => `${name}: ${name} || \`null\``).join(', ')}}`;
// what viewers may speak stays as it is; CloudFront's own certificate allows what no name of one's own should
const OLD = "CloudFrontDefaultCertificate && 'TLSv1.2_2021' || MinimumProtocolVersion || 'TLSv1.2_2021'";

function ofViewers(problem: Problem): DraftStep {
  const better = problem.text('better');
  const chosen = {
    ACMCertificateArn: better,
    SSLSupportMethod: { $before: "SSLSupportMethod || 'sni-only'" },
    MinimumProtocolVersion: { $before: OLD },
    CloudFrontDefaultCertificate: false,
  };
  return {
    ...ofDistribution(problem),
    title: say(
      `Servir le certificat ${code(problem.nameOf(better))} sur ${distributionName(problem)}`,
      `Serve the certificate ${code(problem.nameOf(better))} on ${distributionName(problem)}`,
    ),
    reason: reasonOf(problem),
    changes: [
      editDistribution(problem, {
        query: `ViewerCertificate.${FIELDS}`,
        after: { ...chosen, IAMCertificateId: null },
        set: [{ path: '/ViewerCertificate', value: chosen }],
        undo: [{ path: '/ViewerCertificate', value: { $before: '@' } }],
      }),
    ],
    provides: [certificateFor(problem.text('distribution'))],
  };
}

function ofListener(problem: Problem): DraftStep {
  const [listener, better] = [problem.text('listener'), problem.text('better')];
  const { region } = problem;
  const set = (CertificateArn: string | { $before: string }) =>
    write('elbv2', 'ModifyListener', region, { ListenerArn: listener, Certificates: [{ CertificateArn }] });
  const loadBalancer = problem.maybeText('loadBalancer');
  return {
    title: say(
      `Servir le certificat ${code(problem.nameOf(better))} sur l’écouteur de ${code(problem.nameOf(loadBalancer ?? listener))}`,
      `Serve the certificate ${code(problem.nameOf(better))} on the listener of ${code(problem.nameOf(loadBalancer ?? listener))}`,
    ),
    reason: reasonOf(problem),
    risk: 'none',
    duration: say('quelques secondes', 'a few seconds'),
    changes: [
      {
        write: set(better),
        state: read(
          'elbv2',
          'DescribeListeners',
          region,
          { ListenerArns: [listener] },
          'Listeners[0].Certificates[0].CertificateArn',
        ),
        after: better,
        undo: set({ $before: '@' }),
      },
    ],
    proofs: [],
    provides: [certificateFor(loadBalancer ?? listener)],
  };
}

function request(problem: Problem): DraftStep {
  const names = problem.texts('names');
  const [DomainName = '', ...others] = names;
  const isOfDistribution = problem.maybe('distribution') !== undefined;
  const region = isOfDistribution ? 'us-east-1' : problem.region;
  const shown = codes(names);
  return {
    title: say(`Demander un certificat pour ${shown.fr}`, `Request a certificate for ${shown.en}`),
    reason: reasonOf(problem),
    risk: 'none',
    duration: say(
      'quelques minutes une fois les enregistrements de validation publiés',
      'a few minutes once the validation records are published',
    ),
    changes: [],
    proofs: [],
    needs: [
      say(
        `Aucun certificat émis ne couvre ${shown.fr} dans ${code(region)}. Le demander, publier dans le DNS les enregistrements \`CNAME\` que \`aws acm describe-certificate\` donne, attendre \`ISSUED\`, puis reprendre l’audit.`,
        `No issued certificate covers ${shown.en} in ${code(region)}. Request it, publish the \`CNAME\` records that \`aws acm describe-certificate\` gives, wait for \`ISSUED\`, then audit again.`,
      ),
    ],
    suggestion: write('acm', 'RequestCertificate', region, {
      DomainName,
      ValidationMethod: 'DNS',
      ...(others.length > 0 && { SubjectAlternativeNames: others }),
    }),
    provides: [certificateFor(problem.maybeText('distribution') ?? problem.maybeText('loadBalancer') ?? '')],
  };
}
