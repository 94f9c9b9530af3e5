import type { SettingMapping, TypeMapping } from './mapping.ts';

/** DNS, certificates, CDN and interfaces. Terraform AWS provider documentation, by resource type. */
export const types: Record<string, TypeMapping> = {
  aws_route53_zone: { kind: 'AWS::Route53::HostedZone', name: ['name'] },
  aws_route53_record: {
    kind: 'AWS::Route53::RecordSet',
    name: ['name'],
    named: 'record',
    properties: { type: 'type', ttl: 'ttl' },
    relations: [
      ['zone_id', 'part-of'],
      ['alias.name', 'routes-to'],
      ['records', 'routes-to'],
    ],
  },
  aws_cloudfront_distribution: {
    kind: 'AWS::CloudFront::Distribution',
    properties: {
      aliases: 'aliases',
      enabled: 'enabled',
      priceClass: 'price_class',
      defaultRootObject: 'default_root_object',
      origins: 'origin.domain_name',
      minimumProtocolVersion: 'viewer_certificate.minimum_protocol_version',
    },
    relations: [
      ['origin.domain_name', 'routes-to'],
      ['viewer_certificate.acm_certificate_arn', 'uses'],
      ['web_acl_id', 'uses'],
      ['logging_config.bucket', 'logs-to'],
    ],
  },
  aws_acm_certificate: {
    kind: 'AWS::CertificateManager::Certificate',
    name: ['domain_name', 'domain'],
    properties: {
      domainName: 'domain_name',
      validationMethod: 'validation_method',
      subjectAlternativeNames: 'subject_alternative_names',
    },
  },
  aws_api_gateway_rest_api: {
    kind: 'AWS::ApiGateway::RestApi',
    name: ['name'],
    properties: { name: 'name' },
  },
  aws_apigatewayv2_api: {
    kind: 'AWS::ApiGatewayV2::Api',
    name: ['name'],
    properties: { name: 'name', protocolType: 'protocol_type' },
    relations: [['target', 'routes-to']],
  },
  aws_wafv2_web_acl: { kind: 'AWS::WAFv2::WebACL', name: ['name'], properties: { scope: 'scope' } },
};

export const settings: Record<string, SettingMapping> = {
  aws_apigatewayv2_integration: {
    of: 'api_id',
    kind: 'AWS::ApiGatewayV2::Api',
    relations: [['integration_uri', 'routes-to']],
  },
  aws_api_gateway_integration: {
    of: 'rest_api_id',
    kind: 'AWS::ApiGateway::RestApi',
    relations: [['uri', 'routes-to']],
  },
};
