import { wordsOf } from '#lib/identifier.ts';
import type { Estate, System } from '#model/estate.ts';
import { isFileEvidence } from '#model/evidence.ts';
import type { DraftFinding } from './draft.ts';

/** The systems whose workflow a file is, or that a folder of its path is named after. */
function systemsOf(file: string, systems: readonly System[]): string[] {
  const deploying = systems.filter((system) => system.workflows.includes(file));
  if (deploying.length) return deploying.map((system) => system.id);
  const folders = file
    .split('/')
    .slice(0, -1)
    .map((folder) => wordsOf(folder).join('-'));
  return systems.filter((system) => folders.includes(system.id)).map((system) => system.id);
}

/**
 * Findings with the systems they concern: those of the resources they name, else those that the files of their
 * evidence belong to, where all of these belong to some system.
 */
export function attributed(drafts: readonly DraftFinding[], estate: Estate): DraftFinding[] {
  const systemOf = new Map(
    estate.resources.flatMap((resource) =>
      resource.system ? [[resource.id, resource.system] as const] : [],
    ),
  );
  return drafts.map((draft) => {
    if (draft.systems.length) return draft;
    const byResource = draft.resources.flatMap((id) => systemOf.get(id) ?? []);
    const files = new Set(draft.evidence.filter(isFileEvidence).map((evidence) => evidence.file));
    const byFile = [...files].map((file) => systemsOf(file, estate.systems));
    const found = byResource.length
      ? byResource
      : byFile.every((systems) => systems.length)
        ? byFile.flat()
        : [];
    return found.length ? { ...draft, systems: [...new Set(found)].sort() } : draft;
  });
}
