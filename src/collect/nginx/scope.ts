import type { Directive } from './tokens.ts';
import { NginxVariables } from './variables.ts';

/**
 * What a level of the configuration hands down. A directive at an inner level stands in the place of those above it;
 * lists (`allow`, `limit_req`) are handed down only where the inner level has none of its own.
 */
export interface Scope {
  root?: string;
  basic?: string;
  request?: string;
  jwt?: string;
  verify?: string;
  access: readonly Directive[];
  limits: readonly Directive[];
  /** Code that decides who comes in. */
  code?: string;
  certificate?: string;
  variables: NginxVariables;
}

export const outermost = (variables: NginxVariables): Scope => ({ access: [], limits: [], variables });

const last = (directives: readonly Directive[], name: string): string | undefined =>
  directives.findLast((one) => one.name === name)?.args[0];

const on = (value: string | undefined): string | undefined => (value === 'off' ? undefined : value);

/** What holds inside a block that stands in this scope. */
export function within(scope: Scope, directives: readonly Directive[]): Scope {
  const access = directives.filter(({ name }) => name === 'allow' || name === 'deny');
  const limits = directives.filter(({ name }) => name === 'limit_req' || name === 'limit_conn');
  const given = (name: string, inherited: string | undefined) => on(last(directives, name) ?? inherited);
  const code = directives.find(({ name }) => /^access_by_lua|^js_access|^perl_access/.test(name));
  const root = last(directives, 'root') ?? scope.root;
  const basic = given('auth_basic', scope.basic);
  const request = given('auth_request', scope.request);
  const jwt = given('auth_jwt', scope.jwt);
  const verify = given('ssl_verify_client', scope.verify);
  const certificate = last(directives, 'ssl_certificate') ?? scope.certificate;
  const inherited = code?.name ?? scope.code;
  return {
    access: access.length > 0 ? access : scope.access,
    limits: limits.length > 0 ? limits : scope.limits,
    variables: NginxVariables.within(scope.variables, directives),
    ...(root !== undefined && { root }),
    ...(basic !== undefined && { basic }),
    ...(request !== undefined && { request }),
    ...(jwt !== undefined && { jwt }),
    ...(verify !== undefined && { verify }),
    ...(certificate !== undefined && { certificate }),
    ...(inherited !== undefined && { code: inherited }),
  };
}

/** Nobody comes in: `deny all` and no address that is let in. */
export const isClosed = ({ access }: Scope): boolean =>
  access[0]?.name === 'deny' && access[0].args[0] === 'all';

/**
 * What is asked of who comes, as the directives call it. A list of addresses is a guard where it ends with `deny all`:
 * one that only shuts some out lets in everybody else. `ngx_http_access_module`, `ngx_http_auth_basic_module`,
 * `ngx_http_auth_request_module`, `ngx_http_ssl_module`.
 */
export function guardsOf(scope: Scope): string[] {
  const { access } = scope;
  const end = access.findIndex(({ name, args }) => name === 'deny' && args[0] === 'all');
  const before = end < 0 ? [] : access.slice(0, end);
  const isGuarded = end >= 0 && !before.some(({ name, args }) => name === 'allow' && args[0] === 'all');
  const allowed = before.flatMap(({ name, args }) => (name === 'allow' ? args.slice(0, 1) : []));
  return [
    ...(scope.basic !== undefined ? ['auth_basic'] : []),
    ...(scope.jwt !== undefined ? ['auth_jwt'] : []),
    ...(scope.request !== undefined ? [`auth_request ${scope.request}`] : []),
    ...(scope.verify === 'on' ? ['ssl_verify_client'] : []),
    ...(isGuarded ? [allowed.length > 0 ? `allow ${allowed.slice(0, 20).join(', ')}` : 'deny all'] : []),
    ...(scope.code !== undefined ? [scope.code] : []),
  ];
}
