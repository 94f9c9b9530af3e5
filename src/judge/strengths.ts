import type { Estate } from '#model/estate.ts';
import type { Evidence } from '#model/evidence.ts';
import type { Finding } from '#model/finding.ts';
import { codes, type Text } from '#model/text.ts';
import { committedStates } from './derived/committed-states.ts';

interface Strength {
  text: Text;
  evidence: Evidence[];
}

const at = (file: string, line = 1): Evidence => ({ source: 'repo', file, line });

/** Workflows that reach AWS with the run's own token, of those that reach it at all. */
function withoutLongLivedKeys({ artifacts }: Estate): Strength[] {
  const reaching = artifacts.workflows.filter((workflow) =>
    workflow.runs.some((run) => run.credentials.some((credential) => credential.provider === 'aws')),
  );
  const sound = reaching.filter((workflow) =>
    workflow.runs.every((run) =>
      run.credentials.every(
        (credential) => credential.provider !== 'aws' || credential.authentication === 'oidc',
      ),
    ),
  );
  if (sound.length === 0) return [];
  const credentials = sound.map(
    (workflow) =>
      workflow.runs.flatMap((run) => run.credentials).find((credential) => credential.provider === 'aws') ?? {
        file: workflow.file,
        line: 1,
      },
  );
  const of = { fr: `${sound.length} sur ${reaching.length}`, en: `${sound.length} of ${reaching.length}` };
  return [
    {
      text: {
        fr: `Workflows qui s’authentifient à AWS sans clé permanente : ${of.fr}.`,
        en: `Workflows that authenticate to AWS without a long-lived key: ${of.en}.`,
      },
      evidence: credentials.map(({ file, line }) => at(file, line)),
    },
  ];
}

/** Systems whose every declared component is also named by a document. */
function documented({ resources, systems }: Estate): Strength[] {
  const named = systems.filter((system) => {
    const own = resources.filter((resource) => resource.system === system.id && resource.provider === 'aws');
    return (
      own.length >= 3 &&
      own.every((resource) => resource.declared.some((evidence) => evidence.source === 'docs'))
    );
  });
  if (named.length === 0) return [];
  const list = codes(named.map((system) => system.id));
  return [
    {
      text: {
        fr: `Toutes les ressources AWS déclarées sont documentées pour ${list.fr}.`,
        en: `Every declared AWS resource is documented for ${list.en}.`,
      },
      evidence: [],
    },
  ];
}

/** Rules that tell of secrets in files; what one tells of a file the other leaves out. */
const OF_SECRETS = new Set(['secret-committed', 'environment-file-committed']);

/** Files searched for secrets without a find. Said only when something was searched, and no state is there with its values. */
function noSecret({ files, artifacts }: Estate, findings: readonly Finding[]): Strength[] {
  if (files.size === 0 || committedStates(artifacts).size > 0) return [];
  if (findings.some(({ rule }) => OF_SECRETS.has(rule))) return [];
  return [
    {
      text: {
        fr: 'Aucun secret reconnu dans les fichiers lus.',
        en: 'No recognised secret in the files that were read.',
      },
      evidence: [],
    },
  ];
}

/** Actions pinned to a commit in every workflow. */
function pinned({ artifacts }: Estate, findings: readonly Finding[]): Strength[] {
  const uses = artifacts.workflows.flatMap((workflow) =>
    workflow.jobs.flatMap((job) => job.steps.flatMap((step) => (step.uses ? [step.uses.text] : []))),
  );
  const remote = uses.filter((text) => !text.startsWith('./'));
  if (remote.length === 0 || findings.some((finding) => finding.rule === 'action-unpinned')) return [];
  if (!remote.every((text) => /@[0-9a-f]{40}$/.test(text))) return [];
  return [
    {
      text: {
        fr: `Les ${remote.length} actions utilisées sont fixées à un commit.`,
        en: `All ${remote.length} actions in use are pinned to a commit.`,
      },
      evidence: [],
    },
  ];
}

/** What holds, computed from what was read: never a praise, always a count or a fact. */
export const strengthsOf = (estate: Estate, findings: readonly Finding[]): Strength[] => [
  ...withoutLongLivedKeys(estate),
  ...documented(estate),
  ...pinned(estate, findings),
  ...noSecret(estate, findings),
];
