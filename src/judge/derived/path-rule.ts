import type { Estate } from '#model/estate.ts';
import type { Evidence } from '#model/evidence.ts';
import { defineRule, type Gap, gaps, notApplicable, ok, type Rule, unknown } from '#model/rule.ts';
import { code, type Text } from '#model/text.ts';
import { checksOfId, failuresAt, type PlacedCheck, severityIn, standingOf } from './path-failures.ts';
import { inSentence, joined, placeName, sentence, standingTexts, urlsText } from './path-texts.ts';
import { some, titled } from './place.ts';

/** What a rule on a path says beside the failure itself. */
export type PathRuleParts = Pick<
  Rule<'path'>,
  'id' | 'severity' | 'title' | 'risk' | 'remedy' | 'confidence' | 'references'
>;

/**
 * The rule that makes findings of the failures of the check of its own id: one for each place on which it fails,
 * whatever URLs lead there. What another failure is established to be at the root of is less severe, and says so.
 */
export const pathRule = (parts: PathRuleParts): Rule<'path'> =>
  defineRule({
    ...parts,
    subject: 'path',
    evaluate(path, estate) {
      const own = checksOfId([path], parts.id);
      const failing = own.filter(({ check }) => check.result === 'fail');
      const found = [...new Set(failing.map(({ place }) => place))].flatMap(
        (place) => gapAt(estate, parts, failuresAt(estate.paths, parts.id, place)) ?? [],
      );
      if (found.length > 0) return gaps(found);
      const open = own.filter(({ check }) => check.result === 'unknown');
      if (open.length > 0) return unknown(whyOpen(open));
      return own.length > 0 ? ok : notApplicable;
    },
  });

/** One gap for the failures at one place; undefined where nothing was read that shows them. */
function gapAt(
  estate: Estate,
  { id: _id, severity, title }: PathRuleParts,
  failures: readonly PlacedCheck[],
): Gap | undefined {
  const evidence = some(failures.flatMap((failure) => evidenceOf(estate, failure)));
  const place = failures[0]?.place;
  if (place === undefined || !evidence) return undefined;
  const resource = estate.resources.find(({ id }) => id === place);
  const known = new Set(estate.resources.map(({ id }) => id));
  const standing = standingOf(failures);
  const said = [...new Map(failures.map(({ check }) => [check.text.en, check.text])).values()];
  const { fr, en } = inSentence(title);
  return {
    key: resource?.key ?? place,
    title: titled(code(placeName(estate, place)), fr, en),
    message: joined([
      ...said.map(sentence),
      ...standingTexts(standing, estate),
      ...urlsText(
        failures.map(({ path }) => path.url),
        estate.paths.map(({ url }) => url),
      ),
    ]),
    evidence,
    resources: [
      place,
      ...failures.flatMap(({ check }) => check.resources ?? []).filter((one) => known.has(one)),
    ],
    ...(resource && { environments: resource.environments }),
    ...(standing.isExplained && { severity: severityIn(standing, severity) }),
    ...(failures.every(({ check }) => check.certainty === 'probable') && { confidence: 'medium' }),
  };
}

/** What was read for a failure; of one that names nothing, what was read of the resource on which it stands. */
function evidenceOf({ resources }: Estate, { check, place, hop }: PlacedCheck): Evidence[] {
  if (check.evidence.length > 0) return check.evidence;
  const observedOf = (id: string) => resources.find((one) => one.id === id)?.observed ?? [];
  const own = observedOf(place);
  return own.length > 0 ? own : observedOf(hop);
}

/** The first read that was refused, with the permission to ask for; else what was seen instead. */
function whyOpen(open: readonly PlacedCheck[]): Text {
  const refused = open.find(({ check }) => check.refusal)?.check.refusal;
  if (!refused) return (open[0] as PlacedCheck).check.text;
  const asked = refused.permission ?? refused.operation;
  if (asked === '') return refused.why;
  return { fr: `${code(asked)}\u00a0: ${refused.why.fr}`, en: `${code(asked)}: ${refused.why.en}` };
}
