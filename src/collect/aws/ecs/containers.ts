import type { ContainerDefinition } from '@aws-sdk/client-ecs';
import type { ContainerPorts } from '#lib/container-ports.ts';
import { maskSecrets } from '#lib/mask.ts';
import type { Json } from '#model/fact.ts';
import { stated } from '../stated.ts';

/** The ports of a container; those that it takes in a range are told by neither side. */
export const portsIn = ({ name, portMappings = [] }: ContainerDefinition): ContainerPorts => ({
  name,
  ports: portMappings.flatMap(({ containerPort, containerPortRange }) =>
    containerPortRange === undefined ? (containerPort ?? []) : [],
  ),
});

/**
 * What of a container is told: names of its variables and secrets, never a value but of those that say where it listens.
 * Amazon ECS API Reference, ContainerDefinition.
 */
export function containerOf(container: ContainerDefinition): Json {
  const { environment = [], secrets = [], portMappings = [] } = container;
  const listens = listensOf(environment);
  return stated({
    name: container.name ?? '',
    image: container.image ?? '',
    essential: container.essential,
    ports: portMappings.flatMap(({ containerPort }) => containerPort ?? []),
    portMappings: portMappings.map(({ name, containerPort, hostPort, protocol, containerPortRange }) =>
      stated({ name, containerPort, hostPort, protocol, containerPortRange }),
    ),
    variables: environment.flatMap(({ name }) => name ?? []),
    listens: Object.keys(listens).length > 0 ? listens : undefined,
    secrets: secrets.flatMap(({ name }) => name ?? []),
    // where the values are kept: names and ARNs
    secretsFrom: secrets.map(({ name, valueFrom }) => stated({ name, valueFrom })),
    healthCheck: container.healthCheck !== undefined,
    healthCheckSettings: healthCheckOf(container),
    startTimeout: container.startTimeout,
    dependsOn: container.dependsOn?.map(({ containerName, condition }) =>
      stated({ containerName, condition }),
    ),
    logging: loggingOf(container),
    // the registry asks for a password, which is in a secret
    hasRepositoryCredentials: container.repositoryCredentials !== undefined || undefined,
    repositoryCredentials: container.repositoryCredentials?.credentialsParameter,
  });
}

const LONGEST_COMMAND = 2_000;

const healthCheckOf = ({ healthCheck }: ContainerDefinition): Json | undefined =>
  healthCheck &&
  stated({
    // as a whole: of separate words none would tell that the next one is a secret
    command: healthCheck.command && maskSecrets(healthCheck.command.join(' ').slice(0, LONGEST_COMMAND)),
    interval: healthCheck.interval,
    timeout: healthCheck.timeout,
    retries: healthCheck.retries,
    startPeriod: healthCheck.startPeriod,
  });

/** Options of other drivers may hold tokens. Amazon ECS Developer Guide, “Send Amazon ECS logs to CloudWatch”. */
function loggingOf({ logConfiguration }: ContainerDefinition): Json | undefined {
  if (!logConfiguration) return undefined;
  const { logDriver, options = {} } = logConfiguration;
  return stated({
    driver: logDriver,
    ...(logDriver === 'awslogs' && {
      group: options['awslogs-group'],
      region: options['awslogs-region'],
      streamPrefix: options['awslogs-stream-prefix'],
      createGroup: options['awslogs-create-group'] === 'true',
    }),
  });
}

const PORT = /(?:^|_)PORT$/i;
/** The port of something else: `DB_PORT`, `REDIS_PORT`. */
const ELSEWHERE =
  /(?:^|_)(?:DB|DATABASE|SQL|POSTGRES\w*|PG|MYSQL|MARIADB|REDIS|VALKEY|CACHE|MEMCACHED?|MONGO\w*|ELASTIC\w*|OPENSEARCH|RABBITMQ|AMQP|KAFKA|BROKER|QUEUE|SMTP|MAIL|EMAIL|LDAP|RDS|STATSD|OTEL|AGENT|PROXY|REMOTE|UPSTREAM)_/i;
const ADDRESS =
  /^(?:(?:APP|API|HTTP|WEB|SERVER|SERVICE|NODE|LISTEN|BIND)_)?(?:HOST|HOSTNAME|BIND|LISTEN|ADDR|ADDRESS)$/i;

/**
 * The values of the variables that say where a container listens: a port, an IP address or `localhost`. Anything else of
 * these names is no such thing, and may be a secret.
 */
export function listensOf(
  environment: readonly { name?: string | undefined; value?: string | undefined }[],
): Record<string, string | number> {
  const told = environment.flatMap(({ name = '', value = '' }): [string, string | number][] => {
    if (PORT.test(name) && !ELSEWHERE.test(name)) return isPort(value) ? [[name, Number(value)]] : [];
    return ADDRESS.test(name) && (isAddress(value) || value === 'localhost') ? [[name, value]] : [];
  });
  return Object.fromEntries(told);
}

const isPort = (value: string): boolean => /^[1-9]\d{0,4}$/.test(value) && Number(value) <= 65_535;

const OCTET = '(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)';
const IPV4 = new RegExp(`^${OCTET}(?:\\.${OCTET}){3}$`);

const isAddress = (value: string): boolean =>
  IPV4.test(value) || (/^[0-9a-f:.]{2,45}$/i.test(value) && URL.canParse(`http://[${value}]`));
