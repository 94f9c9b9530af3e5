import type { Artifacts } from '#model/artifacts.ts';

/** States in git that hold values in the clear: a rule of their own tells of them, with all that was found in each. */
export const committedStates = ({
  terraformStates,
}: Pick<Artifacts, 'terraformStates'>): ReadonlySet<string> =>
  new Set(
    terraformStates.flatMap(({ file, tracked, holds }) => (tracked && holds === 'values' ? [file] : [])),
  );
