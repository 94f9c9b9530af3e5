export const BALANCER = 'AWS::ElasticLoadBalancingV2::LoadBalancer';
export const LISTENER = 'AWS::ElasticLoadBalancingV2::Listener';
export const TARGET_GROUP = 'AWS::ElasticLoadBalancingV2::TargetGroup';
export const RULE = 'AWS::ElasticLoadBalancingV2::ListenerRule';
export const CERTIFICATE = 'AWS::CertificateManager::Certificate';
