import type { Dockerfile, DockerStage } from '#model/artifacts.ts';

/** The last stage and those it is built on in the same file, nearest first: what it inherits `USER` and `CMD` from. */
export function lineage(dockerfile: Dockerfile): DockerStage[] {
  const chain: DockerStage[] = [];
  let position = dockerfile.stages.length - 1;
  while (position >= 0) {
    const stage = dockerfile.stages[position];
    if (!stage) break;
    chain.push(stage);
    if (!stage.fromStage) break;
    const { base } = stage;
    position = dockerfile.stages.findLastIndex(
      (other, index) => index < position && other.name?.toLowerCase() === base.toLowerCase(),
    );
  }
  return chain;
}

const OFFICIAL =
  /^(docker\.io\/library\/|library\/|public\.ecr\.aws\/docker\/library\/|mirror\.gcr\.io\/library\/)?([a-z0-9._-]+)(:|@|$)/;
const ROOT_ELSEWHERE =
  /^(gcr\.io\/distroless\/|mcr\.microsoft\.com\/(dotnet|playwright|devcontainers|azure-functions)\/|public\.ecr\.aws\/amazonlinux|oven\/bun|denoland\/deno|nvidia\/cuda|nvcr\.io\/nvidia\/cuda|ghcr\.io\/astral-sh\/uv|pytorch\/pytorch|tiangolo\/|redhat\/ubi|registry\.access\.redhat\.com\/ubi\d+(\/ubi(-minimal|-micro)?)?[:@]|registry\.access\.redhat\.com\/ubi\d+(\/ubi(-minimal|-micro)?)?$)/;
const NOT_ROOT = /nonroot|non-root|unprivileged|rootless|chiseled|distroless-extra|azurelinux.*distroless/i;

/** Official images that start as root only to hand over, or that name another user themselves. */
const DROPS_PRIVILEGES = new Set(
  `postgres redis valkey mysql mariadb percona mongo rabbitmq memcached haproxy varnish nginx httpd elasticsearch
  kibana logstash cassandra couchdb solr zookeeper influxdb neo4j sonarqube vault consul ghost kong flink jenkins
  rocket.chat teamspeak adminer eclipse-mosquitto nats jetty open-liberty websphere-liberty wordpress drupal
  nextcloud matomo phpmyadmin joomla php-zendserver`.split(/\s+/),
);

/** Official images that start as root. */
const STARTS_AS_ROOT = new Set(
  `almalinux alpine alt amazoncorretto amazonlinux archlinux bash buildpack-deps busybox caddy centos clojure
  composer crux dart debian docker eclipse-temurin elixir erlang fedora gcc golang gradle haskell hylang ibmjava
  julia mageia maven mono node openjdk opensuse oraclelinux perl photon php pypy python r-base rakudo-star registry
  rockylinux ruby rust sapmachine scala spark swift tomcat tomee traefik ubuntu`.split(/\s+/),
);

/** Whether a bare name is an official image of Docker Hub; any other is an image tagged by the repository's own build. */
export const isOfficial = (name: string): boolean => STARTS_AS_ROOT.has(name) || DROPS_PRIVILEGES.has(name);

/** What the image of a `FROM` runs as when no `USER` follows: `unknown` where only the image itself could say. */
export function defaultUser(base: string): 'root' | 'other' | 'unknown' {
  if (base.includes('$')) return 'unknown';
  if (base === 'scratch') return 'root';
  if (NOT_ROOT.test(base)) return 'other';
  const official = OFFICIAL.exec(base)?.[2];
  if (official) {
    // the Apache variant of `php` answers through workers that have dropped their rights
    if (DROPS_PRIVILEGES.has(official) || /^php:.*apache/.test(base)) return 'other';
    return STARTS_AS_ROOT.has(official) ? 'root' : 'unknown';
  }
  return ROOT_ELSEWHERE.test(base) ? 'root' : 'unknown';
}
