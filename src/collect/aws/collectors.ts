import type { AwsCollector } from './aws-collector.ts';

/** Every service that is read. Each is loaded when an account is asked for: the SDK's clients are large. */
export const awsCollectors: readonly (() => Promise<AwsCollector>)[] = [
  async () => (await import('./acm.ts')).acm,
  async () => (await import('./apigateway.ts')).apigateway,
  async () => (await import('./apigatewayv2.ts')).apigatewayv2,
  async () => (await import('./autoscaling.ts')).autoscaling,
  async () => (await import('./cloudfront.ts')).cloudfront,
  async () => (await import('./cognito.ts')).cognito,
  async () => (await import('./ec2.ts')).ec2,
  async () => (await import('./ecs.ts')).ecs,
  async () => (await import('./elbv2.ts')).elbv2,
  async () => (await import('./route53.ts')).route53,
  async () => (await import('./wafv2.ts')).wafv2,
];
