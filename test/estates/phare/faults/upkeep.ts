import { container, listens, printed, unit, variable } from '../host.ts';
import type { Fault } from './fault.ts';

const API = 'phare-api.service';

export const UPKEEP: Fault[] = [
  // secrets
  {
    what: 'a default secret in the unit itself',
    host: [
      variable('/opt/phare/backend/.env', 'PHARE_SECRET_KEY', '2b7e151628aed2a6abf7158809cf4f3c'),
      variable('/opt/phare/backend/.env', 'PHARE_ADMIN_PASSWORD', undefined),
      unit(API, { Environment: 'PHARE_PORT=8001 PHARE_MODE=direct PHARE_ADMIN_PASSWORD=changeme-admin' }),
    ],
    finds: ['default-secret-in-use: `phare-api.service`: default secret in use (`PHARE_ADMIN_PASSWORD`)'],
    ends: ['default-secret-in-use: `phare-api.service`: default secret in use (`PHARE_SECRET_KEY`)'],
  },
  {
    what: 'a default secret in a container',
    host: [
      container('phare-worker', (one) => {
        one.Config.Env.push('PHARE_SECRET_KEY=change-this-secret-before-production');
      }),
    ],
    finds: ['default-secret-in-use: `phare-worker`: default secret in use (`PHARE_SECRET_KEY`)'],
  },
  // the host
  {
    what: 'the certificate has expired',
    host: [
      (host) => {
        host.at = '2026-12-20T10:00:00Z';
      },
      container('phare-worker', (one) => {
        one.State.StartedAt = '2026-12-20T09:59:58Z';
      }),
    ],
    finds: [
      'certificate-on-disk-expiring: `phare.example`, `www.phare.example`: certificate expired on 2026-12-03',
    ],
    ends: [
      'certificate-on-disk-expiring: `phare.example`, `www.phare.example`: certificate good until 2026-12-03',
    ],
  },
  {
    what: 'the disk is full',
    host: [
      printed('disks.space', (text) =>
        text.replace(/^(\/dev\/\w+ +ext4 +\d+ +).*(?= \/)/m, '$1 258927842 5284242 98%'),
      ),
    ],
    finds: ['host-upkeep: `/run/host/os-release`: 98% full on `phare-1`'],
  },
  {
    what: 'no inode is left',
    host: [
      printed('disks.inodes', (text) =>
        text.replace(/^(\/dev\/\w+ +).*?(?= \/)/m, '$1 16777216 16777200 16 100%'),
      ),
    ],
    finds: ['host-upkeep: `/run/host/os-release`: 100% full on `phare-1`'],
  },
  {
    what: 'the clock is right',
    host: [printed('time', (text) => text.replace('=no', '=yes'))],
    finds: [],
    ends: ['host-upkeep: `phare-1`: clock not synchronised'],
  },
  {
    what: 'security updates wait',
    host: [
      printed('updates', (text) =>
        text
          .replace('=empty\n', '')
          .replace(
            '0 upgraded, 0 newly',
            'Inst libssl3 [3.0.15-1] (3.0.17-1~deb12u3 Debian-Security:12/stable-security [amd64])\n1 upgraded, 0 newly',
          ),
      ),
    ],
    finds: ['host-upkeep: `phare-1`: 1 security update waiting'],
  },
  {
    what: 'root may log in with a password',
    host: [
      printed('sshd.effective', (text) =>
        text.replace('permitrootlogin without-password', 'permitrootlogin yes'),
      ),
      printed('users.passwords', (text) => text.replace('root none', 'root set')),
    ],
    finds: ['ssh-password-login: `phare-1`: SSH takes a password, for root too'],
    ends: [
      'ssh-password-login: `phare-1`: SSH takes passwords',
      'ssh-root-login: `phare-1`: root logs in by key',
    ],
  },
  {
    what: 'a job of cron that nothing declares',
    host: [
      printed('cron.system', (text) =>
        text.replace('|15 2 * * *', '|*/5 * * * * root /usr/local/bin/nettoyage\n|15 2 * * *'),
      ),
    ],
    finds: [],
    resources: ['undocumented Cron::Job /etc/cron.d/phare /usr/local/bin/nettoyage'],
  },
  {
    what: 'an address is listened on that nothing explains',
    host: [listens('0.0.0.0:6379', 'redis-server', 4242)],
    finds: [],
    lacking:
      'no rule on ports that are open without a unit, a container or a package that explains them; here the firewall closes it',
  },
];
