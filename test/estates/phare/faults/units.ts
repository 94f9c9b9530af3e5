import { printed, silent, uninstalled, unit, unitFile } from '../host.ts';
import type { Fault } from './fault.ts';

const API = 'phare-api.service';

export const UNITS: Fault[] = [
  {
    what: 'the API is stopped',
    host: [unit(API, { ActiveState: 'inactive', SubState: 'dead', MainPID: '0' }), silent(8001)],
    finds: [
      'host-unit-not-running: `phare-api.service`: not running on `phare-1`',
      'router-without-server: `phare-api`, `phare-ws`: leads to no server on `phare-1`',
      'router-without-server: `phare.example /`: leads to no server on `phare-1`',
    ],
    ends: ['command-execution-on-host: `phare-api.service`: commands run on `phare-1` itself (`PHARE_MODE=direct`)','default-secret-in-use: `phare-api.service`: default secret in use (`PHARE_SECRET_KEY`)'],
  },
  {
    what: 'the API is not enabled',
    host: [unit(API, { UnitFileState: 'disabled' }), unitFile(API, 'disabled')],
    finds: ['host-unit-not-running: `phare-api.service`: not enabled on `phare-1`'],
  },
  {
    what: 'the API has failed',
    host: [
      unit(API, { ActiveState: 'failed', SubState: 'failed', Result: 'exit-code', MainPID: '0' }),
      silent(8001),
    ],
    finds: [
      'host-unit-failed: `phare-api.service`: failed on `phare-1`',
      'router-without-server: `phare-api`, `phare-ws`: leads to no server on `phare-1`',
      'router-without-server: `phare.example /`: leads to no server on `phare-1`',
    ],
    ends: ['command-execution-on-host: `phare-api.service`: commands run on `phare-1` itself (`PHARE_MODE=direct`)','default-secret-in-use: `phare-api.service`: default secret in use (`PHARE_SECRET_KEY`)'],
  },
  {
    what: 'the API is started again and again',
    host: [
      unit(API, {
        ActiveState: 'activating',
        SubState: 'auto-restart',
        Result: 'exit-code',
        NRestarts: '412',
      }),
      silent(8001),
    ],
    finds: [
      'host-unit-failed: `phare-api.service`: restarted over and over on `phare-1`',
      'router-without-server: `phare-api`, `phare-ws`: leads to no server on `phare-1`',
      'router-without-server: `phare.example /`: leads to no server on `phare-1`',
    ],
    ends: ['command-execution-on-host: `phare-api.service`: commands run on `phare-1` itself (`PHARE_MODE=direct`)','default-secret-in-use: `phare-api.service`: default secret in use (`PHARE_SECRET_KEY`)'],
  },
  {
    what: 'the unit file was changed since it was loaded',
    host: [unit(API, { NeedDaemonReload: 'yes' })],
    finds: ['host-unit-needs-reload: `phare-api.service`: changed on `phare-1`, not reloaded'],
  },
  {
    what: 'a drop-in gives another user',
    host: [unit(API, { User: 'root', Group: 'root' })],
    finds: ['resource-drifted: `phare-api.service`: systemd unit differs from its declaration'],
    resources: ['drifted Systemd::Unit phare-api.service user group'],
  },
  {
    what: 'another command line than the repository',
    host: [
      printed('units.loaded', (text) =>
        text.replaceAll('server.py --host 0.0.0.0', 'server.py --debug --host 0.0.0.0'),
      ),
    ],
    finds: ['resource-drifted: `phare-api.service`: systemd unit differs from its declaration'],
    resources: ['drifted Systemd::Unit phare-api.service execStart'],
  },
  {
    what: 'the API is not installed',
    host: [uninstalled(API), silent(8001)],
    finds: [
      'resource-missing: `phare-api.service`: systemd unit not on the host',
      'router-without-server: `phare-api`, `phare-ws`: leads to no server on `phare-1`',
      'router-without-server: `phare.example /`: leads to no server on `phare-1`',
    ],
    ends: ['command-execution-on-host: `phare-api.service`: commands run on `phare-1` itself (`PHARE_MODE=direct`)','default-secret-in-use: `phare-api.service`: default secret in use (`PHARE_SECRET_KEY`)'],
    resources: ['missing Systemd::Unit phare-api.service'],
  },
  {
    what: 'the nightly copy is switched off',
    host: [
      unit('phare-backup.timer', { ActiveState: 'inactive', SubState: 'dead', UnitFileState: 'disabled' }),
      unitFile('phare-backup.timer', 'disabled'),
    ],
    finds: ['host-unit-not-running: `phare-backup.timer`: not running on `phare-1`'],
  },
  {
    what: 'the socket of the notices is closed',
    host: [unit('phare-notify.socket', { ActiveState: 'inactive', SubState: 'dead' }), silent(9105)],
    finds: ['host-unit-not-running: `phare-notify.socket`: not running on `phare-1`'],
  },
  {
    what: 'the API is masked',
    host: [
      unit(API, { LoadState: 'masked', ActiveState: 'inactive', SubState: 'dead', UnitFileState: 'masked' }),
      unitFile(API, 'masked'),
      silent(8001),
    ],
    finds: [
      'router-without-server: `phare-api`, `phare-ws`: leads to no server on `phare-1`',
      'router-without-server: `phare.example /`: leads to no server on `phare-1`',
    ],
    ends: ['command-execution-on-host: `phare-api.service`: commands run on `phare-1` itself (`PHARE_MODE=direct`)','default-secret-in-use: `phare-api.service`: default secret in use (`PHARE_SECRET_KEY`)'],
    lacking: 'a unit that is declared and masked is told by no rule',
  },
];
