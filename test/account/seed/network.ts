import { ACMClient, RequestCertificateCommand } from '@aws-sdk/client-acm';
import { APIGatewayClient, CreateRestApiCommand } from '@aws-sdk/client-api-gateway';
import { ApiGatewayV2Client, CreateApiCommand } from '@aws-sdk/client-apigatewayv2';
import { CloudFrontClient, CreateDistributionCommand } from '@aws-sdk/client-cloudfront';
import {
  CognitoIdentityProviderClient,
  CreateUserPoolCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import {
  AllocateAddressCommand,
  AttachInternetGatewayCommand,
  CreateInternetGatewayCommand,
  CreateNatGatewayCommand,
  CreateSecurityGroupCommand,
  CreateSubnetCommand,
  CreateVolumeCommand,
  CreateVpcCommand,
  CreateVpcEndpointCommand,
  EC2Client,
  RunInstancesCommand,
} from '@aws-sdk/client-ec2';
import {
  CreateListenerCommand,
  CreateLoadBalancerCommand,
  CreateRuleCommand,
  CreateTargetGroupCommand,
  ElasticLoadBalancingV2Client,
  RegisterTargetsCommand,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import {
  ChangeResourceRecordSetsCommand,
  CreateHostedZoneCommand,
  Route53Client,
} from '@aws-sdk/client-route-53';
import { CreateWebACLCommand, WAFV2Client } from '@aws-sdk/client-wafv2';
import { type Seeder, TWO } from './send.ts';

/** Networks and what leads into them. Gives a subnet. */
export async function seedNetwork(seed: Seeder): Promise<string> {
  const ec2 = seed.client(EC2Client);
  const elb = seed.client(ElasticLoadBalancingV2Client);
  const route53 = seed.client(Route53Client);
  let subnet = '';
  for (const [index, name] of TWO.entries()) {
    const { VpcId } = (await seed.send(ec2, CreateVpcCommand, { CidrBlock: `10.${index}.0.0/16` }))
      .Vpc as unknown as { VpcId: string };
    const subnets: string[] = [];
    for (const [number, zone] of ['a', 'b'].entries()) {
      const made = await seed.send(ec2, CreateSubnetCommand, {
        VpcId,
        CidrBlock: `10.${index}.${number}.0/24`,
        AvailabilityZone: `${seed.region}${zone}`,
      });
      subnets.push((made.Subnet as unknown as { SubnetId: string }).SubnetId);
    }
    const [first = ''] = subnets;
    subnet ||= first;
    const { GroupId } = (await seed.send(ec2, CreateSecurityGroupCommand, {
      GroupName: `web-${name}`,
      Description: 'test',
      VpcId,
    })) as unknown as { GroupId: string };
    const gateway = (await seed.send(ec2, CreateInternetGatewayCommand, {})).InternetGateway as unknown as {
      InternetGatewayId: string;
    };
    await seed.send(ec2, AttachInternetGatewayCommand, {
      InternetGatewayId: gateway.InternetGatewayId,
      VpcId,
    });
    const { AllocationId } = (await seed.send(ec2, AllocateAddressCommand, {
      Domain: 'vpc' as const,
    })) as unknown as { AllocationId: string };
    await seed.send(ec2, CreateNatGatewayCommand, { SubnetId: first, AllocationId });
    await seed.send(ec2, CreateVpcEndpointCommand, { VpcId, ServiceName: `com.amazonaws.${seed.region}.s3` });
    const run = await seed.send(ec2, RunInstancesCommand, {
      ImageId: 'ami-12c6146b',
      MinCount: 1,
      MaxCount: 1,
      SubnetId: first,
      SecurityGroupIds: [GroupId],
    });
    const [instance] = run.Instances as unknown as { InstanceId: string }[];
    await seed.send(ec2, CreateVolumeCommand, { AvailabilityZone: `${seed.region}a`, Size: 1 });

    const balancer = await seed.send(elb, CreateLoadBalancerCommand, {
      Name: `web-${name}`,
      Subnets: subnets,
      SecurityGroups: [GroupId],
    });
    const [{ LoadBalancerArn }] = balancer.LoadBalancers as unknown as [{ LoadBalancerArn: string }];
    const group = await seed.send(elb, CreateTargetGroupCommand, {
      Name: `web-${name}`,
      Protocol: 'HTTP' as const,
      Port: 80,
      VpcId,
    });
    const [{ TargetGroupArn }] = group.TargetGroups as unknown as [{ TargetGroupArn: string }];
    await seed.send(elb, RegisterTargetsCommand, {
      TargetGroupArn,
      Targets: [{ Id: instance?.InstanceId ?? '', Port: 80 }],
    });
    const actions = [{ Type: 'forward' as const, TargetGroupArn }];
    const listener = await seed.send(elb, CreateListenerCommand, {
      LoadBalancerArn,
      Protocol: 'HTTP' as const,
      Port: 80,
      DefaultActions: actions,
    });
    const [{ ListenerArn }] = listener.Listeners as unknown as [{ ListenerArn: string }];
    await seed.send(elb, CreateRuleCommand, {
      ListenerArn,
      Priority: 1,
      Conditions: [{ Field: 'path-pattern', Values: ['/api/*'] }],
      Actions: actions,
    });
    await seed.send(seed.client(ACMClient), RequestCertificateCommand, { DomainName: `${name}.example.com` });
    const zone = (
      await seed.send(route53, CreateHostedZoneCommand, {
        Name: `${name}.example.com`,
        CallerReference: name,
      })
    ).HostedZone as unknown as { Id: string };
    await seed.send(route53, ChangeResourceRecordSetsCommand, {
      HostedZoneId: zone.Id,
      ChangeBatch: {
        Changes: [
          {
            Action: 'CREATE' as const,
            ResourceRecordSet: {
              Name: `www.${name}.example.com`,
              Type: 'A' as const,
              TTL: 60,
              ResourceRecords: [{ Value: '192.0.2.1' }],
            },
          },
        ],
      },
    });
    await seed.send(seed.client(CloudFrontClient), CreateDistributionCommand, {
      DistributionConfig: {
        CallerReference: name,
        Comment: name,
        Enabled: true,
        Origins: {
          Quantity: 1,
          Items: [
            {
              Id: 'o',
              DomainName: 'origin.example.com',
              CustomOriginConfig: {
                HTTPPort: 80,
                HTTPSPort: 443,
                OriginProtocolPolicy: 'https-only' as const,
              },
            },
          ],
        },
        DefaultCacheBehavior: {
          TargetOriginId: 'o',
          ViewerProtocolPolicy: 'redirect-to-https' as const,
          ForwardedValues: { QueryString: false, Cookies: { Forward: 'none' as const } },
          MinTTL: 0,
        },
      },
    });
    await seed.send(seed.client(APIGatewayClient), CreateRestApiCommand, { name: `rest-${name}` });
    await seed.send(seed.client(ApiGatewayV2Client), CreateApiCommand, {
      Name: `http-${name}`,
      ProtocolType: 'HTTP' as const,
    });
    await seed.send(seed.client(CognitoIdentityProviderClient), CreateUserPoolCommand, {
      PoolName: `people-${name}`,
    });
    await seed.send(seed.client(WAFV2Client), CreateWebACLCommand, {
      Name: `wall-${name}`,
      Scope: 'REGIONAL' as const,
      DefaultAction: { Allow: {} },
      VisibilityConfig: { SampledRequestsEnabled: false, CloudWatchMetricsEnabled: false, MetricName: 'x' },
      Rules: [],
    });
  }
  return subnet;
}
