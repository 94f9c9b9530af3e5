import {
  ACMClient,
  type CertificateDetail,
  type CertificateSummary,
  DescribeCertificateCommand,
  KeyAlgorithm,
  paginateListCertificates,
} from '@aws-sdk/client-acm';
import { parseArn } from '#lib/arn.ts';
import type { Json } from '#model/fact.ts';
import type { Refusal } from '#model/lookup.ts';
import { type AwsScope, type DetailScope, defineAwsCollector } from './aws-collector.ts';
import { lastPart } from './parts.ts';
import { moment, stated } from './stated.ts';
import type { WantedResource } from './wanted.ts';
import { whileListing } from './while-listing.ts';

const CERTIFICATE = 'AWS::CertificateManager::Certificate';

/** Without these the list holds RSA keys of at most 2048 bits only. */
const KEYS = Object.values(KeyAlgorithm);

/**
 * Certificates with what uses them. AWS Certificate Manager API Reference, version 2015-12-08. Those of CloudFront are
 * in the home region, whatever regions an estate is in.
 */
export const acm = defineAwsCollector({
  id: 'acm',
  title: { fr: 'ACM', en: 'ACM' },
  service: 'acm',
  where: 'regions-and-home',
  Client: ACMClient,
  kinds: [CERTIFICATE],
  permissions: { ListCertificates: 'acm:ListCertificates', DescribeCertificate: 'acm:DescribeCertificate' },
  async collect(aws) {
    await aws.list([CERTIFICATE], () =>
      whileListing(async (begin) => {
        const input = { MaxItems: 1000, Includes: { keyTypes: KEYS } };
        for await (const page of aws.pages(paginateListCertificates, input))
          for (const summary of page.CertificateSummaryList ?? []) begin(describe(aws, summary));
      }),
    );
  },
  detailed: [CERTIFICATE],
  // what was seen is asked for nothing more
  regionOf: ({ name }) => (name.startsWith('arn:') ? parseArn(name)?.region : undefined),
  async detail(aws, wanted) {
    await Promise.all(wanted.map((one) => one.name.startsWith('arn:') && lookFor(aws, one)));
  },
});

/**
 * A certificate that something serves and that no list told, by its ARN: where that look-up is complete and nothing is
 * seen, it is gone. Lists of a region that was not asked for leave out what nothing seems to use, which lags behind.
 */
async function lookFor(aws: DetailScope, { name: CertificateArn }: WantedResource): Promise<void> {
  const { output, refusal } = await aws.ask(DescribeCertificateCommand, { CertificateArn }, [
    'ResourceNotFoundException',
  ]);
  aws.looked(CERTIFICATE, CertificateArn, refusal);
  if (output?.Certificate) see(aws, { CertificateArn }, output.Certificate);
}

async function describe(aws: AwsScope, summary: CertificateSummary): Promise<void> {
  const { CertificateArn = '', InUse, Status } = summary;
  // the list tells all there is of a sound one that nothing uses
  if (InUse === false && Status === 'ISSUED') return see(aws, summary, { InUseBy: [] });
  const { output, refusal } = await aws.ask(DescribeCertificateCommand, { CertificateArn });
  see(aws, summary, output?.Certificate, refusal);
}

function see(
  aws: AwsScope,
  summary: CertificateSummary,
  detail: CertificateDetail | undefined,
  refusal?: Refusal,
): void {
  const { CertificateArn = '', DomainName, SubjectAlternativeNameSummaries } = summary;
  const name = DomainName ?? detail?.DomainName ?? lastPart(CertificateArn);
  const names = detail?.SubjectAlternativeNames ?? SubjectAlternativeNameSummaries ?? [];
  const usedBy = detail?.InUseBy;
  const known = { ...summary, ...detail };
  if (aws.isBeyond && !isOfCloudFront(usedBy) && ![name, CertificateArn].some((one) => isNamed(aws, one)))
    return;
  aws.see({
    kind: CERTIFICATE,
    name,
    arn: CertificateArn,
    operation: detail?.CertificateArn ? 'DescribeCertificate' : 'ListCertificates',
    otherNames: [lastPart(CertificateArn), ...names],
    properties: {
      domainName: name,
      subjectAlternativeNames: names,
      status: known.Status,
      type: known.Type,
      keyAlgorithm: known.KeyAlgorithm,
      notBefore: moment(known.NotBefore),
      notAfter: moment(known.NotAfter),
      renewalEligibility: known.RenewalEligibility,
      renewalStatus: detail?.RenewalSummary?.RenewalStatus,
      failureReason: detail?.FailureReason ?? detail?.RenewalSummary?.RenewalStatusReason,
      validationMethod: detail?.DomainValidationOptions?.[0]?.ValidationMethod,
      inUse: usedBy ? usedBy.length > 0 : summary.InUse,
      inUseBy: usedBy,
      domainValidationOptions: detail && known.Status !== 'ISSUED' ? validationsOf(detail) : undefined,
    },
    refusals: [refusal],
  });
}

/** The records that prove whose the names are, which anybody may look up. AWS Certificate Manager API Reference, DomainValidation. */
const validationsOf = ({ DomainValidationOptions = [] }: CertificateDetail): Json[] =>
  DomainValidationOptions.map(({ DomainName, ValidationStatus, ResourceRecord: record }) =>
    stated({
      domainName: DomainName,
      validationStatus: ValidationStatus,
      resourceRecord: record && stated({ name: record.Name, type: record.Type, value: record.Value }),
    }),
  );

const isNamed = (aws: AwsScope, name: string): boolean => aws.isDeclared(CERTIFICATE, name);

/** Also when it cannot be told what uses it. */
const isOfCloudFront = (usedBy: readonly string[] | undefined): boolean =>
  usedBy === undefined || usedBy.some((arn) => arn.split(':')[2] === 'cloudfront');
