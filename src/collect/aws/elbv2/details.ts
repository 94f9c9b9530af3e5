import {
  DescribeLoadBalancerAttributesCommand,
  DescribeTargetGroupAttributesCommand,
  paginateDescribeListenerCertificates,
} from '@aws-sdk/client-elastic-load-balancing-v2';
import type { DetailScope } from '../aws-collector.ts';
import { relation } from '../parts.ts';
import type { WantedResource } from '../wanted.ts';
import { BALANCER, CERTIFICATE, LISTENER, TARGET_GROUP } from './kinds.ts';
import { rulesOf } from './rules.ts';

/**
 * Of a load balancer its attributes, and of each of its listeners the rules and the certificates beside the default one;
 * of a target group its attributes. Rules of the load balancers that a file names are in the lists.
 */
export async function detail(aws: DetailScope, wanted: readonly WantedResource[]): Promise<void> {
  const of = (kind: string) => wanted.filter((one) => one.kind === kind);
  const balancers = of(BALANCER);
  const listeners = new Set(of(LISTENER).map(({ name }) => name));
  for (const { name } of balancers) for (const listener of listenersOf(aws, name)) listeners.add(listener);
  await Promise.all([
    ...balancers.map((one) => balancer(aws, one)),
    ...aws.known(LISTENER).map(async (one) => {
      if (listeners.has(one.name)) await listener(aws, { ...one, properties: one.properties ?? {} });
    }),
    ...of(TARGET_GROUP).map((one) => targetGroup(aws, one)),
  ]);
}

/** The name of a load balancer holds no colon. */
const balancerOf = (listener: string): string => listener.split(':')[0] ?? listener;

const listenersOf = (aws: DetailScope, balancer: string): string[] =>
  aws.known(LISTENER).flatMap(({ name }) => (balancerOf(name) === balancer ? name : []));

/** Of each attribute the key that the API has for it, with its value as text: `idle_timeout.timeout_seconds`. */
const attributesOf = (
  attributes: readonly { Key?: string | undefined; Value?: string | undefined }[] | undefined,
) =>
  attributes && Object.fromEntries(attributes.flatMap(({ Key, Value }) => (Key ? [[Key, Value ?? '']] : [])));

/** Elastic Load Balancing API Reference, LoadBalancerAttribute. */
async function balancer(aws: DetailScope, wanted: WantedResource): Promise<void> {
  const { output, refusal } = await aws.ask(DescribeLoadBalancerAttributesCommand, {
    LoadBalancerArn: wanted.arn,
  });
  aws.add(wanted, {
    operation: 'DescribeLoadBalancerAttributes',
    properties: { loadBalancerAttributes: attributesOf(output?.Attributes) },
    refusals: [refusal],
  });
}

/** Elastic Load Balancing API Reference, TargetGroupAttribute. */
async function targetGroup(aws: DetailScope, wanted: WantedResource): Promise<void> {
  const { output, refusal } = await aws.ask(DescribeTargetGroupAttributesCommand, {
    TargetGroupArn: wanted.arn,
  });
  aws.add(wanted, {
    operation: 'DescribeTargetGroupAttributes',
    properties: { targetGroupAttributes: attributesOf(output?.Attributes) },
    refusals: [refusal],
  });
}

async function listener(aws: DetailScope, wanted: WantedResource): Promise<void> {
  if (!aws.isFirst(wanted.arn ?? wanted.name)) return;
  await Promise.all([
    aws.isDeclared(BALANCER, balancerOf(wanted.name)) ? undefined : rulesOf(aws, wanted.name, wanted.arn),
    certificates(aws, wanted),
  ]);
}

/** Protocols under which a listener shows a certificate. */
const ENCRYPTED = new Set(['HTTPS', 'TLS']);

/**
 * The certificates of a listener that are chosen by the name that a client asks for. Elastic Load Balancing API
 * Reference, DescribeListenerCertificates: it also gives the default one, which the list of listeners tells.
 */
async function certificates(aws: DetailScope, wanted: WantedResource): Promise<void> {
  if (!ENCRYPTED.has(String(wanted.properties.protocol))) return;
  const arns: string[] = [];
  const input = { ListenerArn: wanted.arn, PageSize: 400 };
  const refusal = await aws.tryPages(paginateDescribeListenerCertificates, input, ({ Certificates = [] }) => {
    for (const { CertificateArn, IsDefault } of Certificates)
      if (CertificateArn && !IsDefault) arns.push(CertificateArn);
  });
  aws.add(wanted, {
    operation: 'DescribeListenerCertificates',
    // some of them would be taken for all
    properties: { additionalCertificates: refusal ? undefined : arns },
    relations: arns.map((arn) => relation('uses-certificate', CERTIFICATE, arn)),
    refusals: [refusal],
  });
}
