import type { Graph } from '../graph.ts';
import type { Interfaces } from './interfaces.ts';
import { toInternet, toServices } from './to-service.ts';
import type { NetworkSide } from './verdict.ts';

/**
 * `123456789012.dkr.ecr.eu-west-3.amazonaws.com`: “Private registry URI”, Amazon ECR User Guide; with “Dual-stack
 * endpoints” and those of FIPS.
 */
const ECR =
  /^(\d{12})\.dkr(?:\.ecr|-ecr)(?:-fips)?\.([a-z0-9-]+)\.(?:amazonaws\.com(?:\.cn)?|on\.aws|on\.amazonwebservices\.com\.cn)$/;

const partitionOf = (region: string): string =>
  region.startsWith('cn-') ? 'aws-cn' : region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';

/**
 * Whether interfaces reach what they pull images from. A private registry of ECR needs three services: the token, the
 * manifest and, from a bucket of AWS's own, the layers. “Amazon ECR interface VPC endpoints”, with “Minimum Amazon S3
 * bucket permissions”. Any other registry is on the public internet.
 */
export function toRegistry(
  graph: Graph,
  ends: Interfaces,
  { host, repository }: { host: string; repository?: string },
): NetworkSide[] {
  const [, account, region] = ECR.exec(host.toLowerCase()) ?? [];
  if (account === undefined || region === undefined) return toInternet(graph, ends);
  const partition = partitionOf(region);
  return toServices(graph, ends, [
    { service: 'ecr.api', region, actions: ['ecr:GetAuthorizationToken'], resource: '*' },
    {
      service: 'ecr.dkr',
      region,
      actions: ['ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
      ...(repository !== undefined && {
        resource: `arn:${partition}:ecr:${region}:${account}:repository/${repository}`,
      }),
    },
    {
      service: 's3',
      region,
      actions: ['s3:GetObject'],
      resource: `arn:${partition}:s3:::prod-${region}-starport-layer-bucket/⟨layer⟩`,
    },
  ]);
}
