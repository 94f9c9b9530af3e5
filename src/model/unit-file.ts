import type { GivenValue } from './host.ts';

/** A unit of systemd as files of the repository declare it: its own file and its drop-ins, merged. systemd.unit(5). */
export interface UnitFile {
  /** `api.service`; of a template `api@.service`. */
  name: string;
  type: string;
  /** Its own file; undefined where only drop-ins stand in the repository. */
  file?: string;
  dropIns: string[];
  standing: 'declared' | 'reference' | 'retired';
  line: number;
  /** Every setting that is given, in order: an empty value takes back what stood before it. */
  settings: { section: string; key: string; value: string; file: string; line: number }[];
  /** Command lines of `ExecStart=`, masked, after drop-ins. */
  execStart: { text: string; file: string; line: number }[];
  /** Without a digest where a part of the value is only known where the unit runs. */
  environment: (Omit<GivenValue, 'digest'> & { digest?: string; file: string; line: number })[];
  environmentFiles: { path: string; isOptional: boolean; file: string; line: number }[];
  user?: string;
  workingDirectory?: string;
  /** Ports that its command lines, its sockets or its variables name. */
  ports: { port: number; address?: string; file: string; line: number }[];
  /** Of a timer or socket: what it starts. */
  triggers: string[];
  schedule: string[];
  requires: string[];
  conflicts: string[];
  wantedBy: string[];
}
