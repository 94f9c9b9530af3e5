import { expect, test } from 'vitest';
import { routeTo } from './endpoints.ts';

const BALANCER = 'AWS::ElasticLoadBalancingV2::LoadBalancer';

test.each([
  ['shop-1234567890.eu-west-3.elb.amazonaws.com', BALANCER, 'shop'],
  ['dualstack.shop-prod-1234567890.eu-west-3.elb.amazonaws.com.', BALANCER, 'shop-prod'],
  ['internal-shop-1234567890.eu-west-3.elb.amazonaws.com', BALANCER, 'shop'],
  ['tcp-shop-0123456789abcdef.elb.eu-west-3.amazonaws.com', BALANCER, 'tcp-shop'],
  ['assets.s3.amazonaws.com', 'AWS::S3::Bucket', 'assets'],
  ['assets.s3.eu-west-3.amazonaws.com', 'AWS::S3::Bucket', 'assets'],
  ['www.example.com.s3-website-eu-west-1.amazonaws.com', 'AWS::S3::Bucket', 'www.example.com'],
  ['www.example.com.s3-website.eu-west-3.amazonaws.com', 'AWS::S3::Bucket', 'www.example.com'],
  ['d111111abcdef8.cloudfront.net', 'AWS::CloudFront::Distribution', 'd111111abcdef8.cloudfront.net'],
])('%s leads to %s %s', (domain, kind, name) => {
  expect(routeTo(domain)).toEqual({ type: 'routes-to', to: { kind, name } });
});

test.each([
  'www.example.com',
  'shop.elb.example.com',
  's3.amazonaws.com',
  `${'a.'.repeat(5_000)}amazonaws.com`,
])('a name that tells nothing leads nowhere: %.40s', (domain) => {
  expect(routeTo(domain)).toBeUndefined();
});
