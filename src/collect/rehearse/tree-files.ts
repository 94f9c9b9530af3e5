import { InMemoryFs } from 'just-bash';
import { type Repository, ROOT } from './repository.ts';

/** Every file bears this date: the simulation knows no other. */
const MODIFIED = new Date(Date.UTC(2026, 0, 1));
const MOST_BYTES = 64 << 20;
const FOLDERS = ['/tmp', '/home/runner', '/home/remote', '/opt', '/etc', '/var', '/srv', '/dev/shm'];

/** Where the shell lays down its commands; scripts call some of them by this path. */
const COMMAND = /^\/(usr\/)?bin\/(?!(ba|z|da)?sh$|env$|aws$|docker$)[^/]+$/;

/** Paths that no mount can hold, which the shell asks for at every command. */
const SYSTEM = /^\/(usr|bin|dev|proc|tmp)\//;

type Written = Parameters<InMemoryFs['writeFileSync']>;

/**
 * The files of the simulated machine: the audited tree, read when it is touched, under a layer that takes what is
 * written. A folder's entries are laid in on first contact, a file's content on first read. There is no way from
 * here to the disk but {@link Repository}.
 */
export class TreeFiles extends InMemoryFs {
  private readonly repository: Repository;
  private readonly mounts: string[] = [ROOT];
  private hasSystemMount = false;
  private readonly opened = new Set<string>();

  constructor(repository: Repository) {
    super(undefined, { maxTotalBytes: MOST_BYTES });
    this.repository = repository;
    for (const folder of [...FOLDERS, ROOT]) this.mkdirSync(folder, { recursive: true });
  }

  /** Lets the repository appear at another place too: on a remote host that holds a copy. */
  mount(folder: string): void {
    if (this.mounts.includes(folder) || this.mounts.length > 20) return;
    this.mounts.push(folder);
    this.hasSystemMount ||= SYSTEM.test(`${folder}/`);
    this.mkdirSync(folder, { recursive: true });
  }

  /** Lays in every folder of the tree between a mount and this path. */
  private open(path: string): void {
    if (!this.hasSystemMount && SYSTEM.test(path) && !path.includes('..')) return;
    const full = this.resolvePath('/', path);
    for (const mount of this.mounts) {
      if (full !== mount && !full.startsWith(`${mount}/`)) continue;
      this.list(mount, '');
      let folder = '';
      for (const name of full.slice(mount.length + 1).split('/')) {
        folder = folder ? `${folder}/${name}` : name;
        if (!this.list(mount, folder)) break;
      }
    }
  }

  private list(mount: string, folder: string): boolean {
    const key = `${mount}\n${folder}`;
    if (this.opened.has(key)) return true;
    const entries = this.repository.entries(folder);
    if (!entries) return false;
    this.opened.add(key);
    for (const { name, file } of entries) {
      const target = folder ? `${mount}/${folder}/${name}` : `${mount}/${name}`;
      if (file === undefined) super.mkdirSync(target, { recursive: true });
      else
        super.writeFileLazy(target, () => this.repository.content(file), {
          // Git and checkouts lose this bit: a refusal here would be no finding.
          mode: 0o755,
          mtime: MODIFIED,
        });
    }
    return true;
  }

  override mkdirSync(...[path, options]: Parameters<InMemoryFs['mkdirSync']>): void {
    if (this.repository) this.open(path);
    super.mkdirSync(path, options);
  }
  override writeFileSync(...args: Written): void {
    const [path] = args;
    if (COMMAND.test(path)) {
      // The shell lays down a file for each command, hundreds of them, for `which` to find.
      if (path.startsWith('/usr')) super.writeFileLazy(path, () => '');
    } else {
      this.open(path);
      super.writeFileSync(...args);
    }
  }
  override async appendFile(...args: Parameters<InMemoryFs['appendFile']>) {
    this.open(args[0]);
    return super.appendFile(...args);
  }
  override async readFile(...args: Parameters<InMemoryFs['readFile']>) {
    this.open(args[0]);
    return super.readFile(...args);
  }
  override async readFileBytes(path: string) {
    this.open(path);
    return super.readFileBytes(path);
  }
  override async readFileBuffer(path: string) {
    this.open(path);
    return super.readFileBuffer(path);
  }
  override async exists(path: string) {
    this.open(path);
    return super.exists(path);
  }
  override async stat(path: string) {
    this.open(path);
    return { ...(await super.stat(path)), mtime: MODIFIED };
  }
  override async lstat(path: string) {
    this.open(path);
    return { ...(await super.lstat(path)), mtime: MODIFIED };
  }
  override async readdirWithFileTypes(path: string) {
    this.open(path);
    return super.readdirWithFileTypes(path);
  }
  override async rm(...args: Parameters<InMemoryFs['rm']>) {
    this.open(args[0]);
    return super.rm(...args);
  }
  override async cp(...args: Parameters<InMemoryFs['cp']>) {
    this.open(args[0]);
    this.open(args[1]);
    return super.cp(...args);
  }
  override async mv(from: string, to: string) {
    this.open(from);
    this.open(to);
    return super.mv(from, to);
  }
  override async chmod(path: string, mode: number) {
    this.open(path);
    return super.chmod(path, mode);
  }
  override async symlink(target: string, path: string) {
    this.open(path);
    return super.symlink(target, path);
  }
  override async link(from: string, to: string) {
    this.open(from);
    this.open(to);
    return super.link(from, to);
  }
  override async readlink(path: string) {
    this.open(path);
    return super.readlink(path);
  }
  override async realpath(path: string) {
    this.open(path);
    return super.realpath(path);
  }
  override async utimes(...args: Parameters<InMemoryFs['utimes']>) {
    this.open(args[0]);
    return super.utimes(...args);
  }
}
