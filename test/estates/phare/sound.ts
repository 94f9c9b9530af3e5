import { type Change, container, type Files, printed, publish, silent, unit, variable } from './host.ts';

/** Good for a hundred years; nobody has its key. */
const CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIIBbjCCARWgAwIBAgIBATAKBggqhkjOPQQDAjAYMRYwFAYDVQQDDA1waGFyZS5l
eGFtcGxlMCAXDTI2MDYwMTAwMDAwMFoYDzIxMjYwNjAxMDAwMDAwWjAYMRYwFAYD
VQQDDA1waGFyZS5leGFtcGxlMFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE2IKK
3I7to6F1i4alTveFkaLlMBvniDijYV9BrbANGd6xbjp4xHt6F7JkgI6IjYYSVKHi
yXlh9PzOWANFyyKxe6NOMEwwKwYDVR0RBCQwIoINcGhhcmUuZXhhbXBsZYIRd3d3
LnBoYXJlLmV4YW1wbGUwHQYDVR0OBBYEFKix6r3EDdZI1ul2arZ3SeM4NDlNMAoG
CCqGSM49BAMCA0cAMEQCIHlaIb2PdPsNmHzzIt5aX8fVcKgWroaf8OCkIPQVjw/X
AiBzXKxPOMTz9CrVCCs5mwWpiMg+yr4YLU4D/qxptTfrgQ==
-----END CERTIFICATE-----`;

const CRON = `SHELL=/bin/sh
PATH=/usr/sbin:/usr/bin:/sbin:/bin
@reboot root /usr/bin/logger phare-1 is up
`;

/** The estate with every gap of EXPECTED.md mended, on the host as in the repository. */
export const SOUND: { host: Change[]; files: Files } = {
  host: [
    // G1, G3
    variable('/opt/phare/backend/.env', 'PHARE_SECRET_KEY', '2b7e151628aed2a6abf7158809cf4f3c'),
    variable('/opt/phare/backend/.env', 'PHARE_MODE', 'sandbox'),
    unit('phare-api.service', { Environment: 'PHARE_PORT=8001 PHARE_MODE=sandbox' }),
    // G5, G6
    container('phare-edge', (one) => {
      publish(one, { 80: '0.0.0.0:80', 443: '0.0.0.0:443' });
      const isSocket = (text: string) => text.includes('docker.sock');
      one.HostConfig.Binds = one.HostConfig.Binds.filter((bind: string) => !isSocket(bind));
      one.Mounts = one.Mounts.filter(({ Source }: { Source: string }) => !isSocket(Source));
    }),
    silent(8080),
    // G7
    container('phare-front', (one) => publish(one, { 80: '127.0.0.1:8002' })),
    printed('listeners', (text) =>
      text
        .split('\n')
        .filter((line) => !line.includes('[::]:8002'))
        .join('\n')
        .replace('  0.0.0.0:8002 ', '127.0.0.1:8002 '),
    ),
    // G9
    printed('nginx', (text) => text.replace('server 192.168.100.46:8001', 'server 127.0.0.1:8001')),
    // G5, G10
    printed('traefik.0', (text) =>
      text
        .replace(/"(?:api|dashboard)@internal":\{"entryPoints".*?"using":\["traefik"\]\},/g, '')
        .replace('"middlewares":["geoblock@file"],', '')
        .replace(/"error":\["middleware [^\]]*\],"status":"disabled"/, '"status":"enabled"')
        .replace(/\{"address":":8080".*?"name":"traefik"\},/, ''),
    ),
    // G11
    container('phare-worker', (one) => {
      one.RestartCount = 0;
      Object.assign(one.State, { Status: 'running', Running: true, Restarting: false, ExitCode: 0 });
    }),
    // G12
    unit('phare-import.service', { ActiveState: 'inactive', SubState: 'dead', Result: 'success' }),
    printed('units.loaded', (text) => text.replaceAll('/bin/sh -c exit 7', '/usr/bin/true')),
    printed('units.loaded', (text) =>
      text.replaceAll('path=/bin/sh ; argv[]=/usr/bin/true', 'path=/usr/bin/true ; argv[]=/usr/bin/true'),
    ),
    // G13
    printed('certificates', (text) =>
      text.replace(
        /(F \/etc\/ssl\/phare\/phare\.example\.crt\n)(?:\|.*\n)+/,
        (_, head) => `${head}${CERTIFICATE.replace(/^/gm, '|')}\n`,
      ),
    ),
    // G14
    printed('sshd.effective', (text) =>
      text
        .replace('passwordauthentication yes', 'passwordauthentication no')
        .replace('permitrootlogin without-password', 'permitrootlogin no'),
    ),
    // what nothing declared is declared, or gone
    printed('cron.system', (text) => text.replace(/^\|15 2 \* \* \* .*\n/m, '')),
    printed('docker.volumes', () => '0\n'),
    printed('time', (text) => text.replace('NTPSynchronized=no', 'NTPSynchronized=yes')),
  ],
  files: {
    // G2
    'backend/app/api/tools.py': (text) =>
      text
        .replace(
          'def preview(command: Command)',
          'def preview(command: Command, user: str = Depends(current_user))',
        )
        // G4
        .replace(
          'def run_direct(line: str) -> str:\n',
          'def run_direct(line: str) -> str:\n    if line not in settings.allowed_commands:\n        raise HTTPException(status_code=403)\n',
        )
        .replace('import APIRouter, Depends', 'import APIRouter, Depends, HTTPException'),
    'backend/app/core/config.py': (text) =>
      text
        .replace('    # Read by nobody: commands are not compared with it.\n', '')
        // G18
        .replace('admin_password: str = "changeme-admin"', 'admin_password: str')
        .replace('mode: str = "direct"', 'mode: str = "sandbox"'),
    'deploy/systemd/phare-api.service.d/20-mode.conf': (text) => text.replace('direct', 'sandbox'),
    'deploy/systemd/phare-import.service': (text) => text.replace("/bin/sh -c 'exit 7'", '/usr/bin/true'),
    'deploy/edge/traefik.yml': (text) =>
      text
        .replace('  insecure: true\n', '')
        .replace(/ {2}docker:\n {4}exposedByDefault: false\n {4}network: edge-net\n/, ''),
    'deploy/edge/docker-compose.yml': (text) =>
      text
        .replace('      - "8080:8080"\n', '')
        .replace('      - /var/run/docker.sock:/var/run/docker.sock:ro\n', ''),
    'deploy/edge/dynamic/phare.yml': (text) => text.replace('\n      middlewares: [geoblock]', ''),
    'docker-compose.yml': (text) => text.replace('"8002:80"', '"127.0.0.1:8002:80"'),
    // G8
    'docker-compose.yml.OBSOLETE': null,
    'deploy/nginx/phare-legacy.conf': (text) => text.replace('192.168.100.46:8001', '127.0.0.1:8001'),
    // G15
    'backend/.env.example': (text) =>
      text.replace('PHARE_SMTP_HOST=smtp.phare.example\n', '').replace('changeme-admin', ''),
    backups: null,
    audits: null,
    // G16, G17
    'docs/architecture.md': (text) =>
      text.replace(
        'API en conteneur, port 8002, derrière nginx',
        'API en unité systemd, port 8001, derrière Traefik',
      ),
    'docs/exploitation.md': (text) =>
      text.replace(
        'curl -k -i -H "Host: phare.example" https://127.0.0.1/api/health || true',
        'curl -fsS -k -H "Host: phare.example" https://127.0.0.1/api/v1/health',
      ),
    'deploy/cron.d/phare': CRON,
  },
};
