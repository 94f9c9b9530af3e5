import type { ComposeFile, ComposeService, Dockerfile } from '#model/artifacts.ts';
import type { Estate } from '#model/estate.ts';
import { isForDevelopment } from './development.ts';

/** A compose file that an estate may run: neither out of use nor for a developer's machine. */
export const isInUse = (file: ComposeFile): boolean => !file.retired && !isForDevelopment(file.file);

/** A service that comes back by itself after a crash or a restart: a sign of a server, not of a workstation. */
export const isKeptRunning = (service: ComposeService): boolean =>
  service.restart === 'always' || service.restart === 'unless-stopped';

/** Whether the file's own name or its services say that a server runs it. */
export const isForServer = (file: ComposeFile): boolean =>
  /(^|[^a-z])(prod|production|server|deploy|stack|swarm)([^a-z]|$)/i.test(file.file) ||
  file.services.some(isKeptRunning);

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
