import type { Resource } from '#model/resource.ts';
import { defineRule, gaps, notApplicable } from '#model/rule.ts';
import { code } from '#model/text.ts';
import { isSeen, objectIn, textIn } from '../../derived/cloudflare.ts';
import { declaredInRepo } from '../../derived/declared.ts';
import { some, titled } from '../../derived/place.ts';

/** What runs says of which commit it is, and that is not the one that is read. */
export const workerVersionOfAnotherCommit = defineRule({
  id: 'worker-version-of-another-commit',
  severity: 'low',
  subject: 'resource',
  kinds: ['Cloudflare::Workers::Script'],
  title: {
    fr: 'Version déployée qui n’est pas celle du dépôt',
    en: 'Deployed version that is not that of the repository',
  },
  risk: {
    fr: 'Ce que le code dit n’est pas ce qui tourne\u00a0: un correctif attend peut-être, ou une autre branche est en service.',
    en: 'What the code says is not what runs: a fix may be waiting, or another branch may be in service.',
  },
  remedy: {
    fr: 'Déployer le commit voulu, ou auditer celui qui est déployé.',
    en: 'Deploy the intended commit, or audit the one that is deployed.',
  },
  references: [
    'https://developers.cloudflare.com/workers/configuration/versions-and-deployments/',
    'https://developers.cloudflare.com/workers/wrangler/commands/#versions-upload',
  ],
  evaluate(script, { commit }) {
    const declared = declaredInRepo(script);
    const evidence = some([...script.observed.slice(0, 1), ...declared.slice(0, 1)]);
    if (!isSeen(script) || commit === undefined || declared.length === 0 || !evidence) return notApplicable;
    const versions = versionsOf(script);
    // a version that says nothing may be of any commit
    const told = versions.flatMap(({ commit: one }) => one ?? []);
    if (told.length === 0) return notApplicable;
    if (told.length < versions.length || told.some((one) => commit.startsWith(one))) return gaps([]);
    const runs = code(told[0] ?? '');
    const read = code(commit.slice(0, 12));
    return gaps([
      {
        title: titled(code(script.name), `exécute le commit ${runs}`, `runs commit ${runs}`),
        message: {
          fr: `La version en service de ${code(script.name)} dit être du commit ${runs}\u00a0; le dépôt lu est à ${read}.`,
          en: `The version of ${code(script.name)} in service says that it is of commit ${runs}; the repository that was read is at ${read}.`,
        },
        evidence,
      },
    ]);
  },
});

/** The versions that are served, each with the commit that its tag or its message names. */
function versionsOf(script: Resource): { commit: string | undefined }[] {
  const versions = objectIn(script, 'deployment')?.versions;
  return (Array.isArray(versions) ? versions : []).flatMap((one) => {
    if (typeof one !== 'object' || one === null || Array.isArray(one) || one.percentage === 0) return [];
    return [{ commit: commitIn(textIn(one, 'tag') ?? '') ?? commitIn(textIn(one, 'message') ?? '') }];
  });
}

/** A commit id alone, or after the word for it: a number of digits alone is more often a build or a day. */
function commitIn(text: string): string | undefined {
  const found =
    /^(?:sha-|git-|g|commit[-: ])?([0-9a-f]{7,40})$/i.exec(text.trim())?.[1] ??
    /\b(?:commit|sha|rev|revision)[-:= ]{1,3}([0-9a-f]{7,40})\b/i.exec(text)?.[1] ??
    /\b([0-9a-f]{40})\b/i.exec(text)?.[1];
  return found === undefined || (/^\d+$/.test(found) && found.length < 40) || /^[a-f]+$/i.test(found)
    ? undefined
    : found.toLowerCase();
}
