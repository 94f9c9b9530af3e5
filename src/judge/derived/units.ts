import type { UnitFile } from '#model/unit-file.ts';
import { isForDevelopment } from './development.ts';

/** Where people put programs of their own: packages of a distribution put theirs elsewhere. Filesystem Hierarchy Standard 3.0. */
const OWN_FOLDER = /^["']?(?:\/opt\/|\/srv\/|\/home\/|\/root\/|\/var\/www\/|\/usr\/local\/|\/app\/|\/data\/)/;
/** What runs programs that a team writes. */
const INTERPRETER =
  /(?:^|\/)(?:python[\d.]*|node|deno|bun|npm|npx|yarn|pnpm|ruby|bundle|php[\d.]*|java|dotnet|mono|perl|uvicorn|gunicorn|hypercorn|daphne|celery|uwsgi|puma|unicorn|flask|streamlit|uv|poetry|pipenv|tsx|pm2-runtime)$/;
/** What is there to change the machine, or hands over to an engine: it is root's work. */
const OF_THE_MACHINE =
  /(?:^|\/)(?:docker|docker-compose|podman|podman-compose|nerdctl|containerd|kubelet|k3s|mount|umount|iptables|ip6tables|nft|ufw|sysctl|modprobe|ip|tc|systemctl|certbot|wg-quick|openvpn|sshd?|autossh|rclone|restic|borg|zfs|btrfs|tailscaled|cloudflared|caddy|nginx|traefik|haproxy|fail2ban[\w-]*|node_exporter|wazuh[\w-]*)$/;

/** The last value of a key; undefined where it is not given, or taken back. systemd.syntax(7). */
export const settingOf = (
  { settings }: UnitFile,
  section: string,
  key: string,
): UnitFile['settings'][number] | undefined => {
  const last = settings.findLast((one) => one.section === section && one.key === key);
  return last?.value === '' ? undefined : last;
};

export const isOn = (value: string | undefined): boolean => /^(?:yes|true|on|1)$/i.test(value ?? '');

/** The words of its first command line that say what runs: past `env`, shells and their options. */
function programsOf({ execStart }: UnitFile): string[] {
  const words = (execStart[0]?.text ?? '').split(/\s+/).slice(0, 12);
  const named = words.filter((word) => !/^-|^[A-Z_]+=/.test(word));
  const first = named.findIndex(
    (word) => !/(?:^|\/)(?:env|nice|ionice|bash|sh|dash|exec|sudo|stdbuf|flock)$/.test(word),
  );
  return first < 0 ? [] : named.slice(first, first + 1);
}

/** Whether a unit that a repository declares is a service that runs a program of its team. */
export function isOfApplication(unit: UnitFile): boolean {
  if (unit.type !== 'service' || unit.standing !== 'declared' || unit.file === undefined) return false;
  if (isForDevelopment(unit.file) || unit.settings.some(({ section }) => section === 'Container'))
    return false;
  const [program = ''] = programsOf(unit);
  if (program === '' || OF_THE_MACHINE.test(program)) return false;
  return (
    OWN_FOLDER.test(program) || INTERPRETER.test(program) || OWN_FOLDER.test(unit.workingDirectory ?? '')
  );
}

/** Whether it runs until it is stopped: no job that ends, and nothing else starts it again. systemd.service(5), `Type=`. */
export function isLongRunning(unit: UnitFile, all: readonly UnitFile[]): boolean {
  const type = settingOf(unit, 'Service', 'Type')?.value ?? 'simple';
  return type !== 'oneshot' && !all.some(({ triggers }) => triggers.includes(unit.name));
}
