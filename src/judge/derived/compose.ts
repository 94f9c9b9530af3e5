import type { ComposeFile, ComposeService, Dockerfile } from '#model/artifacts.ts';
import type { Estate } from '#model/estate.ts';
import type { Call } from '#model/workflow.ts';
import { argumentStrings, deploys } from './calls.ts';
import { isForDevelopment } from './development.ts';

/** A compose file that an estate may run: neither out of use nor for a developer's machine. */
export const isInUse = (file: ComposeFile): boolean => !file.retired && !isForDevelopment(file.file);

/**
 * A service that comes back by itself after a crash or a restart: a sign of a server, not of a workstation. So is a
 * policy that whoever installs it chooses: `${RESTART_POLICY}`.
 */
export const isKeptRunning = (service: ComposeService): boolean =>
  /^(?:always|unless-stopped|\$\{\w*RESTART\w*(?::?-(?:always|unless-stopped))?\})$/.test(
    service.restart ?? '',
  );

const SERVER = /(^|[^a-z])(prod|production|staging|server|deploy|stack|swarm)([^a-z]|$)/i;
const DEFAULT_NAME = /^(docker-)?compose\.ya?ml$/;
const folderOf = (file: string): string => file.slice(0, file.lastIndexOf('/') + 1);
const nameOf = (file: string): string => file.slice(file.lastIndexOf('/') + 1);

/**
 * Whether a server runs the file: its own name says so, or a deployment starts it on another machine. A service that
 * comes back by itself says it too, but not beside a file that is for the server by its name, nor in an estate that
 * is deployed by other means: there it is somebody's workstation.
 */
export function isForServer(file: ComposeFile, { artifacts }: Estate): boolean {
  if (SERVER.test(file.file)) return true;
  const runs = artifacts.workflows.flatMap((workflow) => workflow.runs);
  const folder = folderOf(file.file);
  const hasSibling = artifacts.composeFiles.some(
    (other) => other !== file && folderOf(other.file) === folder && SERVER.test(nameOf(other.file)),
  );
  const calls = [...runs, ...artifacts.scripts].flatMap((one) => one.calls);
  if (calls.some((call) => call.remote !== undefined && starts(call, file, hasSibling))) return true;
  // the file of the server may stand in a folder of its own: `deploy/compose.prod.yml`
  const hasServerBelow = artifacts.composeFiles.some(
    (other) => other !== file && other.file.startsWith(folder) && SERVER.test(nameOf(other.file)),
  );
  return !hasServerBelow && !runs.some(deploys) && file.services.some(isKeptRunning);
}

/** Without a name it is the default one, unless a file for the server may have been put there under that name. */
function starts(call: Call, { file }: ComposeFile, hasSibling: boolean): boolean {
  const text = `${call.tool} ${call.operation}`;
  if (!/^docker(-| )compose (up|start|restart)$|^docker stack deploy$/.test(text)) return false;
  const named = argumentStrings(call).filter((one) => /\.ya?ml$/.test(one));
  return named.length > 0
    ? named.some((one) => nameOf(one) === nameOf(file))
    : !hasSibling && !file.includes('/') && DEFAULT_NAME.test(file);
}

/** The Dockerfile that a service is built from, where it was read. */
export function dockerfileOf(
  file: ComposeFile,
  service: ComposeService,
  estate: Estate,
): Dockerfile | undefined {
  if (!service.build) return undefined;
  const folder = file.file.split('/').slice(0, -1);
  const parts = [...folder, ...service.build.context.split('/')];
  const wanted = resolve([...parts, ...(service.build.dockerfile ?? 'Dockerfile').split('/')]);
  return estate.artifacts.dockerfiles.find((dockerfile) => dockerfile.file === wanted);
}

function resolve(parts: string[]): string {
  const path: string[] = [];
  for (const part of parts) {
    if (part === '..') path.pop();
    else if (part !== '.' && part !== '') path.push(part);
  }
  return path.join('/');
}
