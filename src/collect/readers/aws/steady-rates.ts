/**
 * Requests a second that AWS documents as refilled for the reads of a service, by the name in its endpoint. “Request
 * throttling” of the EC2, ECS, Elastic Load Balancing and Lambda references; “Service quotas” of the others.
 */
const STEADY: Record<string, number> = {
  acm: 10,
  ec2: 20,
  ecs: 20,
  elasticloadbalancing: 10,
  iam: 15,
  lambda: 15,
  logs: 10,
  monitoring: 9,
  route53: 5,
  secretsmanager: 40,
  sns: 30,
};

/** The documented rate in requests a second, a little below it; undefined where AWS documents none. */
export const steadyRateOf = (service: string): number | undefined => {
  const rate = STEADY[service];
  return rate && rate * 0.98;
};
