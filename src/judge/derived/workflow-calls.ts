import type { Artifacts, JobSource, Parameter, WorkflowSource } from '#model/artifacts.ts';
import { code, codes, type Text } from '#model/text.ts';
import { calledWorkflow } from './local-uses.ts';
import { at } from './place.ts';

/** What a job gives to a workflow of the repository and what that one declares, where the two do not fit. */
export interface MisfitCall {
  job: JobSource;
  callee: WorkflowSource;
  /** Required, without a default, and not given. */
  missing: Parameter[];
  /** Given, and not declared. */
  undeclared: { name: string; line: number }[];
}

/** The calls of a workflow that GitHub refuses for what they give. With `secrets: inherit` it checks no secret. */
export const misfitCalls = (
  workflow: WorkflowSource,
  artifacts: Pick<Artifacts, 'workflows'>,
): MisfitCall[] =>
  workflow.jobs.flatMap((job) => {
    const callee = calledWorkflow(job, artifacts);
    if (callee === undefined || callee === 'unread' || !callee.takes) return [];
    const { inputs, secrets } = callee.takes;
    const given = {
      inputs: job.with ?? [],
      secrets: job.secrets === 'inherit' ? undefined : (job.secrets ?? []),
    };
    const missing = [
      ...without(inputs, given.inputs),
      ...(given.secrets ? without(secrets, given.secrets) : []),
    ].filter((one) => one.required && one.default === undefined);
    const undeclared = [...without(given.inputs, inputs), ...without(given.secrets ?? [], secrets)];
    return missing.length + undeclared.length > 0 ? [{ job, callee, missing, undeclared }] : [];
  });

/** Those of a list that the other does not name. GitHub does not tell capitals from small letters. */
function without<T extends { name: string }>(list: readonly T[], others: readonly { name: string }[]): T[] {
  const names = new Set(others.map(({ name }) => name.toLowerCase()));
  return list.filter(({ name }) => !names.has(name.toLowerCase()));
}

/** Secrets that a reusable workflow declares under the name of the token that GitHub gives each job. */
export const reservedSecrets = ({ takes }: WorkflowSource): Parameter[] =>
  takes?.secrets.filter(({ name }) => name.toLowerCase() === 'github_token') ?? [];

/** The call, what it gives too much, and where the callee asks for what is missing. */
export const placesOf = (workflow: WorkflowSource, { job, callee, missing, undeclared }: MisfitCall) => [
  at(workflow.file, job.uses?.line ?? job.line),
  ...undeclared.map(({ line }) => at(workflow.file, line)),
  ...missing.map(({ line }) => at(callee.file, line)),
];

/** What is wrong with a call, as one sentence. */
export function tellMisfit({ job, callee, missing, undeclared }: MisfitCall): Text {
  const lacks = codes(missing.map(({ name }) => name));
  const strange = codes(undeclared.map(({ name }) => name));
  const fr = [
    ...(missing.length > 0 ? [`ne lui donne pas ${lacks.fr}, qu’il exige`] : []),
    ...(undeclared.length > 0 ? [`lui donne ${strange.fr}, qu’il ne déclare pas`] : []),
  ];
  const en = [
    ...(missing.length > 0 ? [`does not pass ${lacks.en}, which it requires`] : []),
    ...(undeclared.length > 0 ? [`passes ${strange.en}, which it does not declare`] : []),
  ];
  return {
    fr: `Le job ${code(job.id)} appelle ${code(callee.file)} : il ${fr.join(', et il ')}.`,
    en: `Job ${code(job.id)} calls ${code(callee.file)}: it ${en.join(', and it ')}.`,
  };
}
