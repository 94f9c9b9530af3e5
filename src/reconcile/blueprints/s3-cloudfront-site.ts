import { defineBlueprint, has } from './blueprint.ts';

/** Files in a bucket served by a CDN. Amazon CloudFront developer guide, “Restrict access to an Amazon S3 origin”. */
export const s3CloudfrontSite = defineBlueprint({
  id: 's3-cloudfront-site',
  title: { fr: 'Site statique sur S3 et CloudFront', en: 'Static site on S3 and CloudFront' },
  applies: (view) =>
    has(view, 'AWS::S3::Bucket') &&
    has(view, 'AWS::CloudFront::Distribution') &&
    !has(view, 'AWS::ECS::Service', 'AWS::Lambda::Function'),
  components: [
    {
      name: 'bucket',
      kinds: ['AWS::S3::Bucket'],
      absent: { fr: 'aucun bucket n’est déclaré', en: 'no bucket is declared' },
    },
    {
      name: 'distribution',
      kinds: ['AWS::CloudFront::Distribution'],
      absent: { fr: 'aucune distribution n’est déclarée', en: 'no distribution is declared' },
    },
    {
      name: 'workflow',
      kinds: ['GitHub::Actions::Workflow'],
      fits: (resource, view) => view.system.workflows.some((file) => file.endsWith(`/${resource.name}`)),
      absent: { fr: 'aucun workflow ne publie ce site', en: 'no workflow publishes this site' },
    },
    {
      name: 'certificate',
      kinds: ['AWS::CertificateManager::Certificate'],
      absent: { fr: 'aucun certificat n’est nommé', en: 'no certificate is named' },
    },
    {
      name: 'domain',
      kinds: ['AWS::Route53::RecordSet', 'Cloudflare::DNS::Record'],
      absent: { fr: 'aucun nom de domaine n’est déclaré', en: 'no domain name is declared' },
    },
  ],
});
