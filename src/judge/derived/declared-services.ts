import type { ComposeFile, ComposeService } from '#model/artifacts.ts';
import type { Estate } from '#model/estate.ts';
import type { HostContainer } from '#model/host.ts';
import { isInUse } from './compose.ts';

/** The services of compose files in use that declare what a container runs: same project, same service. */
export function declaredServices(
  { artifacts }: Pick<Estate, 'artifacts'>,
  { compose }: Pick<HostContainer, 'compose'>,
): { file: ComposeFile; service: ComposeService }[] {
  if (!compose) return [];
  return artifacts.composeFiles
    .filter((file) => isInUse(file) && file.project === compose.project)
    .flatMap((file) => {
      const service = (file.merged ?? file).services.find(({ name }) => name === compose.service);
      return service ? [{ file, service }] : [];
    });
}
