import type { TerraformState } from '#model/artifacts.ts';
import type { Coverage, Unread } from '#model/coverage.ts';
import type { Fact } from '#model/fact.ts';
import type { Text } from '#model/text.ts';
import { pathWithin, readGiven } from '../readers/given-file.ts';
import type { Tree } from '../readers/tree.ts';
import { type StatePlace, stateFacts } from './terraform/state/state-facts.ts';
import { readState } from './terraform/state/state-file.ts';

/** A state or a plan that the user gave, in the audited folder or anywhere else. */
export interface GivenState {
  /** Absolute. */
  path: string;
  /** As the user wrote it. */
  shownAs: string;
}

/** What the states that were given say. */
export interface GivenStates {
  facts: Fact[];
  states: TerraformState[];
  coverage: Coverage[];
}

/** The paths of those that lie in the audited folder. */
export const givenPaths = (given: readonly GivenState[], { root }: Tree): ReadonlySet<string> =>
  new Set(given.flatMap(({ path }) => pathWithin(root, path) ?? []));

/**
 * What each given state or plan declares. One that cannot be read costs one line, which says what to give instead. A
 * state is let go of before the next is read.
 */
export function givenStates(given: readonly GivenState[], tree: Tree): GivenStates {
  const facts: Fact[] = [];
  const states: TerraformState[] = [];
  const unread: Unread[] = [];
  const seen = new Set<string>();
  const tracked = new Set(tree.files.filter((file) => file.tracked).map(({ path }) => path));
  for (const { path, shownAs } of given) {
    const inside = pathWithin(tree.root, path);
    const place = { file: inside ?? shownAs, source: inside === undefined ? 'import' : 'repo' } as const;
    if (seen.has(inside ?? path)) continue;
    seen.add(inside ?? path);
    const { why, line, holds, declared = [] } = declaredBy(path, place, tree);
    for (const fact of declared) facts.push(fact);
    if (why) unread.push({ file: place.file, ...(line !== undefined && { line }), why, asked: true });
    if (inside !== undefined) states.push({ file: inside, tracked: tracked.has(inside), holds });
  }
  const failed = unread.length;
  return {
    facts,
    states,
    coverage: [
      {
        source: 'import',
        scope: 'Terraform',
        state: failed === 0 ? 'complete' : failed < seen.size ? 'partial' : 'failed',
        ...(failed > 0 && {
          reason: {
            fr: `${failed} ${failed > 1 ? 'états n’ont pas pu être lus' : 'état n’a pas pu être lu'}`,
            en: `${failed} ${failed > 1 ? 'states' : 'state'} could not be read`,
          },
        }),
        operations: [{ name: 'terraform-state', calls: seen.size, denied: 0, throttled: 0, failed }],
        ...(failed > 0 && { unread }),
      },
    ],
  };
}

interface Read {
  declared?: Fact[];
  why?: Text;
  line?: number;
  holds: TerraformState['holds'];
}

/** A plan as Terraform saves it is an archive. */
const BINARY: Text = {
  fr: 'fichier binaire\u00a0: donner la sortie de `terraform show -json` sur ce plan',
  en: 'binary file: give what `terraform show -json` prints of this plan',
};

function declaredBy(path: string, place: StatePlace, tree: Tree): Read {
  try {
    const read = readGiven(path);
    if ('why' in read) return { why: read.isBinary ? BINARY : read.why, holds: 'unknown' };
    const state = readState(read.text);
    if ('why' in state) return state;
    return { declared: stateFacts(state.entries, place, tree), holds: state.holds };
  } catch (thrown) {
    // The error's own message may repeat the text
    const kind = thrown instanceof Error ? thrown.constructor.name : typeof thrown;
    return {
      why: { fr: `lecture impossible (${kind})`, en: `could not be read (${kind})` },
      holds: 'unknown',
    };
  }
}
