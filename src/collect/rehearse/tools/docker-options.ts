import { names } from './options.ts';

/** Options of Docker that take a value. Docker documentation, “docker CLI reference” (v28). */
export const GLOBAL = names('config c context H host l log-level tlscacert tlscert tlskey');

/** Commands that manage one sort of object: the word after them is the operation. */
export const MANAGEMENT = names(
  'buildx builder image container network volume manifest stack service system context swarm node secret config trust plugin',
);

const build =
  names(`add-host allow annotation attest build-arg build-context builder cache-from cache-to call cgroup-parent
cpu-period cpu-quota c cpu-shares cpuset-cpus cpuset-mems f file iidfile isolation label m memory memory-swap metadata-file network
no-cache-filter o output platform progress provenance sbom secret security-opt shm-size ssh t tag target ulimit`);

const run =
  names(`add-host annotation a attach blkio-weight blkio-weight-device cap-add cap-drop cgroup-parent cgroupns cidfile
cpu-period cpu-quota cpu-rt-period cpu-rt-runtime c cpu-shares cpus cpuset-cpus cpuset-mems detach-keys device device-cgroup-rule
device-read-bps device-read-iops device-write-bps device-write-iops dns dns-opt dns-option dns-search domainname entrypoint e env env-file
expose gpus group-add health-cmd health-interval health-retries health-start-interval health-start-period health-timeout h hostname ip ip6
ipc isolation kernel-memory l label label-file link link-local-ip log-driver log-opt mac-address m memory memory-reservation memory-swap
memory-swappiness mount name network net network-alias net-alias oom-score-adj pid pids-limit platform p publish pull requires restart runtime
security-opt shm-size stop-signal stop-timeout storage-opt sysctl tmpfs ulimit u user userns uts v volume volume-driver volumes-from w workdir`);

/** Per command; a command of a management group without an entry of its own is found by its last word. */
export const VALUED: Record<string, ReadonlySet<string>> = Object.assign(
  Object.create(null) as Record<string, ReadonlySet<string>>,
  {
    build,
    'buildx build': build,
    'buildx bake': names('allow builder call f file metadata-file progress provenance sbom set'),
    'buildx create': names(
      'append bootstrap buildkitd-config buildkitd-flags config driver driver-opt name node platform',
    ),
    'buildx imagetools': names('annotation builder f file metadata-file p platform progress t tag'),
    run,
    create: run,
    exec: names('detach-keys e env env-file u user w workdir'),
    push: names('platform'),
    pull: names('platform'),
    login: names('p password u username'),
    tag: names(''),
    inspect: names('f format type'),
    logs: names('n since tail until'),
    ps: names('f filter format n last'),
    images: names('f filter format'),
    ls: names('f filter format'),
    stop: names('s signal t time timeout'),
    restart: names('s signal t time timeout'),
    start: names('a detach-keys'),
    rm: names(''),
    rmi: names('platform'),
    kill: names('s signal'),
    wait: names(''),
    save: names('o output platform'),
    load: names('i input platform'),
    cp: names(''),
    commit: names('a author c change m message'),
    prune: names('filter keep-storage'),
    'network create': names(
      'aux-address config-from d driver gateway ip-range ipam-driver ipam-opt label o opt scope subnet',
    ),
    'network connect': names('alias driver-opt gw-priority ip ip6 link link-local-ip'),
    'volume create': names(
      'availability d driver group label limit-bytes name o opt required-bytes scope secret sharing topology-preferred topology-required type',
    ),
    'stack deploy': names('c compose-file resolve-image orchestrator'),
    'service create': names(
      'name replicas e env env-file p publish network mount constraint label l limit-cpu limit-memory reserve-cpu reserve-memory restart-condition secret config mode u user w workdir update-delay update-parallelism update-order health-cmd log-driver log-opt',
    ),
    'service update': names(
      'image replicas env-add env-rm publish-add publish-rm mount-add mount-rm label-add label-rm args constraint-add limit-cpu limit-memory secret-add secret-rm config-add network-add update-delay update-parallelism update-order rollback-order u user w workdir',
    ),
    'manifest annotate': names('arch os os-features os-version variant'),
    'context create': names('description docker from'),
    'swarm init': names('advertise-addr listen-addr'),
    'secret create': names('d driver l label template-driver'),
  },
);

export const COMPOSE_GLOBAL = names(
  'ansi env-file f file parallel p project-name profile progress project-directory c context H host',
);

export const COMPOSE_VALUED: Record<string, ReadonlySet<string>> = Object.assign(
  Object.create(null) as Record<string, ReadonlySet<string>>,
  {
    up: names('attach exit-code-from no-attach pull scale t timeout wait-timeout'),
    down: names('rmi t timeout'),
    build: names('build-arg builder m memory progress provenance sbom ssh'),
    run: names(
      'cap-add cap-drop entrypoint e env env-from-file l label name p publish pull u user v volume w workdir',
    ),
    exec: names('e env index u user w workdir'),
    logs: names('index n tail since until'),
    ps: names('filter format status'),
    pull: names('policy'),
    stop: names('t timeout'),
    restart: names('t timeout'),
    start: names('wait-timeout'),
    kill: names('s signal'),
    rm: names(''),
    config: names('format hash lock-image-digests o output'),
    cp: names('index'),
    images: names('format'),
    create: names('pull scale'),
    port: names('index protocol'),
  },
);
