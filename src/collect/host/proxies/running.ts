import { parseImageReference } from '#lib/image-reference.ts';
import { maskSecrets } from '#lib/mask.ts';
import type { HostContainer, HostState, HostUnit } from '#model/host.ts';
import type { Refusal } from '#model/lookup.ts';
import type { ProxyConfig, ProxyProduct } from '#model/proxy.ts';
import { code } from '#model/text.ts';
import type { HostAnswer } from '../../readers/host/session.ts';
import { refusalOf } from '../refusals.ts';

/** A reverse proxy that runs: in a container, as a unit, or as a process of which neither is known. */
export interface RunningProxy {
  /** Unique among those of the product. */
  id: string;
  container?: HostContainer;
  unit?: HostUnit;
  runsIn: NonNullable<ProxyConfig['runsIn']>;
}

/** Last parts of the names of images. */
const IMAGES: Record<ProxyProduct, RegExp> = {
  traefik: /^(?:traefik|mirrored-library-traefik)$/,
  nginx: /^(?:nginx|nginx-unprivileged|openresty|angie|freenginx|swag|nginx-proxy|nginx-proxy-manager)$/,
  caddy: /^(?:caddy|caddy-docker-proxy)$/,
  haproxy: /^(?:haproxy|haproxy-alpine)$/,
};
const PROGRAMS: Record<ProxyProduct, RegExp> = {
  traefik: /^traefik$/,
  nginx: /^(?:nginx|openresty|angie)$/,
  caddy: /^caddy$/,
  haproxy: /^haproxy$/,
};
/** Words of a command line among which the program is: `/docker-entrypoint.sh nginx -g …`, `tini -- caddy run`. */
const FIRST_WORDS = 5;
const MOST = 20;
const PLAIN_NAME = /^[A-Za-z0-9][\w.-]{0,200}$/;

const programs = (line: string): string[] =>
  line
    .trim()
    .split(/\s+/)
    .slice(0, FIRST_WORDS)
    .map((word) => word.replace(/^.*\//, ''));

/** The program that is called in a command line, as it is written there. */
const calledProgram = (product: ProxyProduct, line: string): boolean =>
  programs(line).some((name) => PROGRAMS[product].test(name));

/** Which containers, units and processes run a proxy: by image, by command line, by who listens. */
export function runningProxies(product: ProxyProduct, state: HostState): RunningProxy[] {
  const containers = state.containers.filter(
    ({ state: how, image, command, name }) =>
      how === 'running' &&
      PLAIN_NAME.test(name) &&
      (IMAGES[product].test(imageName(image)) || calledProgram(product, command ?? '')),
  );
  const units = state.units.filter(
    ({ active, type, execStart }) =>
      active === 'active' &&
      type === 'service' &&
      // a unit may start a container: the container is the one that is read
      execStart.some((line) => PROGRAMS[product].test(programs(line)[0] ?? '')),
  );
  const found: RunningProxy[] = [
    ...containers.map((container) => ({
      id: `${product}.container.${container.name}`,
      container,
      runsIn: { container: container.name },
    })),
    ...units.map((unit) => ({ id: `${product}.unit.${unit.name}`, unit, runsIn: { unit: unit.name } })),
  ];
  const isBare = state.listeners.some(
    ({ process, container, unit }) =>
      process !== undefined &&
      PROGRAMS[product].test(process.name) &&
      container === undefined &&
      !units.some(({ name }) => name === unit),
  );
  const isExplained = units.length > 0 || containers.some(({ networkMode }) => networkMode === 'host');
  if (isBare && !isExplained) found.push({ id: `${product}.process`, runsIn: {} });
  return found.slice(0, MOST);
}

const imageName = (image: string): string =>
  (parseImageReference(image)?.repository ?? '').replace(/^.*\//, '');

/** How the proxy is called in sentences. */
export const calledProxy = (product: ProxyProduct, { runsIn }: RunningProxy): string =>
  runsIn.container ?? runsIn.unit ?? product;

/** What is put before a command so that it runs where the proxy does. It starts nothing that stays. */
export const runsInside = ({ container }: RunningProxy): string =>
  container ? `${container.engine} exec ${container.name} ` : '';

/** The words of the command line that starts it, secrets masked. */
export const startWords = ({ container, unit }: RunningProxy): string[] =>
  maskSecrets((container?.command ?? unit?.execStart.join(' ') ?? '').slice(0, 20_000))
    .split(/\s+/)
    .map((word) => word.replace(/^(["'])(.*)\1$/, '$2'))
    .filter(Boolean);

/** Why a proxy that runs was not read: there, a program that is missing is a gap. */
export function unreadProxy(
  product: ProxyProduct,
  proxy: RunningProxy,
  answer: HostAnswer,
): Refusal | undefined {
  const refusal = refusalOf(answer, proxy.container?.engine === 'docker' ? 'docker group or root' : 'root');
  if (!refusal) return undefined;
  const name = code(calledProxy(product, proxy));
  return {
    ...refusal,
    sort: refusal.sort === 'denied' ? 'denied' : 'failed',
    why: {
      fr: `${name} tourne et n’a pas été lu\u00a0: ${refusal.why.fr}`,
      en: `${name} runs and was not read: ${refusal.why.en}`,
    },
  };
}

/** Puts what was read of a proxy into the state. */
export function keepProxy(state: HostState, config: ProxyConfig, { runsIn }: RunningProxy): void {
  state.proxies.push({ ...config, source: 'host', host: state.name, runsIn });
}
