import path from 'node:path';
import { shellQuote } from '#lib/shell-quote.ts';
import type { Estate } from '#model/estate.ts';
import { isFileEvidence } from '#model/evidence.ts';
import type { Finding } from '#model/finding.ts';
import { code } from '#model/text.ts';
import { say } from '../draft.ts';
import { inLanguage } from './page.ts';
import {
  definePatch,
  type FileEdit,
  folderFor,
  freeName,
  newFile,
  type PatchInput,
  withLines,
} from './patch.ts';
import { type StepLines, stepsOf } from './steps.ts';

/** A host name that can be asked: no pattern, no part that only the run knows. */
const HOST = /^(?=.{4,253}$)[a-z0-9-]+(?:\.[a-z0-9-]+)+$/i;

/** The addresses under which the estate answers, as far as its files say it. */
function addresses({ resources, artifacts, paths }: Estate): string[] {
  const hosts = resources
    .filter(({ kind, nameStatus }) => /::(?:Domain|Route|RecordSet)$/.test(kind) && nameStatus !== 'template')
    .filter(
      ({ kind, scope }) =>
        kind !== 'AWS::Route53::RecordSet' || scope === undefined || /^(?:A|AAAA|CNAME)$/.test(scope),
    )
    .map(({ name }) => name.replace(/\/\*?$/, ''));
  const health =
    artifacts.workers.flatMap((worker) => worker.health.map(({ path }) => path)).sort()[0] ?? '/';
  const urls = paths.map(({ url }) => url);
  return [
    ...new Set([
      ...urls,
      ...hosts.filter((host) => HOST.test(host)).map((host) => `https://${host}${health}`),
    ]),
  ].sort();
}

/** The script, and the addresses that it asks where it is given none. */
function script(file: string, known: readonly string[], t: (fr: string, en: string) => string): string {
  const given =
    known.length > 0
      ? `[ "$#" -gt 0 ] || set -- \\\n${known.map((url) => `  ${shellQuote(url)}`).join(' \\\n')}`
      : `[ "$#" -gt 0 ] || { echo "${t('donner au moins une adresse', 'give at least one address')}" >&2; exit 2; }`;
  return `#!/bin/sh
# ${t('Vérifie, après un déploiement, que chaque adresse répond.', 'Checks, after a deployment, that each address answers.')}${known.length > 0 ? t(' Sans argument\u00a0: celles du dépôt.', ' Without arguments: those of the repository.') : ''}
# ${t('usage\u00a0:', 'usage:')} sh ${file} ${known.length > 0 ? '[URL...]' : 'URL...'}
set -eu

${given}

failed=0
for url in "$@"; do
  # ${t('un déploiement peut mettre quelques secondes à prendre effet', 'a deployment may take some seconds to take effect')}
  status=$(curl --silent --show-error --location --max-time 10 --retry 5 --retry-delay 3 --retry-all-errors \\
    --output /dev/null --write-out '%{http_code}' "$url") || status=000
  case "$status" in
    2??) echo "ok $status $url" ;;
    *) echo "FAILED $status $url" >&2; failed=1 ;;
  esac
done
exit "$failed"
`;
}

/** A value that means the same in a step of its own: written out, or an expression of the job. */
const SAME_ELSEWHERE =
  /^(?:[\w./:-]+|"?\$\{\{ *(?:env|vars|secrets|inputs|github|needs|steps|matrix)\.[\w.-]+ *\}\}"?)$/;

/**
 * What makes sure that the new version is the one that answers: `update-service` returns at once, while the tasks of the
 * version before still answer. `undefined` where the step does not tell what to wait for.
 */
function waitsOf({ step, first, last }: StepLines, lines: readonly string[]): string[] | undefined {
  const own = lines.slice(first - 1, last).join('\n');
  // a variable that the step does not set itself is one of the job
  const isSame = (one: string): boolean => {
    const name = /^"?\$\{?(\w+)\}?"?$/.exec(one)?.[1];
    return name === undefined
      ? SAME_ELSEWHERE.test(one)
      : !new RegExp(`\\b${name} *[:=]|\\bread\\b.*\\b${name}\\b`).test(own);
  };
  if (step.uses?.text.startsWith('aws-actions/amazon-ecs-deploy-task-definition@'))
    return step.with['wait-for-service-stability'] === 'true' ? [] : undefined;
  const text = step.run?.text.replace(/\\\n\s*/g, ' ') ?? '';
  const updates = [...text.matchAll(/\baws ecs update-service\b([^\n;|&>]*)/g)];
  const waits = updates.map(([, options = '']) => {
    const given = (name: string) =>
      new RegExp(`--${name}[ =]+("?\\$\\{\\{[^}]*\\}\\}"?|\\S+)`).exec(options)?.[1];
    const [cluster, service] = [given('cluster'), given('service')];
    const region = given('region');
    const all = [cluster, service, ...(region === undefined ? [] : [region])];
    if (!all.every((one) => one !== undefined && isSame(one))) return undefined;
    return `aws ecs wait services-stable${region ? ` --region ${region}` : ''} --cluster ${cluster} --services ${service}`;
  });
  return waits.every((one) => one !== undefined) ? [...new Set(waits)] : undefined;
}

/** The step, with what it waits for first. In a workflow that changes folders the script is called by its whole path. */
function smokeStep(dash: string, waits: readonly string[], file: string, text: string): string[] {
  const call = /^ *defaults:/m.test(text) ? `sh "$GITHUB_WORKSPACE/${file}"` : `sh ${file}`;
  return [
    `${dash}- name: Smoke test`,
    ...(waits.length > 0
      ? [`${dash}  run: |`, ...[...waits, call].map((line) => `${dash}    ${line}`)]
      : [`${dash}  run: ${call}`]),
  ];
}

/** The workflows with a step that runs the script after the deployment of each finding; none where one cannot have it. */
function calls(
  findings: readonly Finding[],
  { estate, read }: PatchInput,
  file: string,
): FileEdit[] | undefined {
  const places = findings.flatMap(({ evidence }) => evidence.filter(isFileEvidence));
  const byFile = Map.groupBy(places, (place) => place.file);
  const edits = [...byFile].map(([name, own]): FileEdit | undefined => {
    const workflow = estate.artifacts.workflows.find((one) => one.file === name);
    const text = workflow && read(name);
    if (!workflow || text === undefined) return undefined;
    const lines = text.split('\n');
    const steps = stepsOf(workflow, lines);
    const deploying = own.map(({ line }) => steps.find(({ first, last }) => line >= first && line <= last));
    const isReady = deploying.every((one) =>
      one?.job.steps.some(({ uses }) => uses?.text.startsWith('actions/checkout@')),
    );
    if (!isReady) return undefined;
    const known = deploying.map((one) => one && waitsOf(one, lines));
    if (known.includes(undefined)) return undefined;
    const last = new Map(
      deploying.flatMap((one, index) =>
        one ? [[one.last, smokeStep(one.indent.slice(0, -2), known[index] ?? [], file, text)] as const] : [],
      ),
    );
    return {
      file: name,
      make: () =>
        lines
          .flatMap((line, index) => {
            const added = last.get(index + 1);
            return added === undefined ? [line] : [line, ...added];
          })
          .join('\n'),
    };
  });
  return edits.some((edit) => edit === undefined) ? undefined : edits.flatMap((edit) => edit ?? []);
}

/** Scripts that deploy, with the check after the line that does; none where one of them is in another language. */
function afterDeployments(
  findings: readonly Finding[],
  { read }: PatchInput,
  script: string,
): FileEdit[] | undefined {
  const places = findings.flatMap(({ evidence }) => evidence.filter(isFileEvidence));
  const edits = [...Map.groupBy(places, ({ file }) => file)].map(([file, own]): FileEdit | undefined => {
    const text = read(file);
    if (text === undefined) return undefined;
    const check = file.endsWith('package.json') ? inRecipe(file, script) : inShell(file, text, script);
    const edited = check && withLines(text, new Map(own.map(({ line }) => [line, check])));
    return edited === undefined ? undefined : { file, make: () => edited };
  });
  return edits.some((edit) => edit === undefined) ? undefined : edits.flatMap((edit) => edit ?? []);
}

const relative = (file: string, script: string): string =>
  path.posix.relative(path.posix.dirname(file), script);

/** `"deploy": "wrangler deploy"`: npm runs it in the folder of the package. */
const inRecipe = (file: string, script: string) => (line: string) => {
  const [, lead, command, end = ''] = /^(\s*"[\w:.-]+"\s*:\s*")([^"\\]+)("\s*,?\s*)$/.exec(line) ?? [];
  return lead === undefined ? undefined : [`${lead}${command} && sh ${relative(file, script)}${end}`];
};

/** A shell script that is started from anywhere. A command over several lines, or in a block, is left alone. */
function inShell(file: string, text: string, script: string) {
  const isShell = /\.(?:sh|bash)$/.test(file) || /^#!.*\b(?:ba|da)?sh\b/.test(text);
  if (!isShell) return undefined;
  return (line: string) =>
    /^\S/.test(line) && !/[\\{(|&]\s*$/.test(line)
      ? [line, `sh "$(dirname "$0")/${relative(file, script)}"`]
      : undefined;
}

/** A script that asks what was deployed whether it answers, called where a workflow deploys. */
export const smokeTestMissing = definePatch({
  for: ['smoke-test-missing', 'deploy-without-smoke-test'],
  draft: (findings, input) => {
    const t = inLanguage(input.language);
    const { estate } = input;
    const folder = folderFor(estate, 'scripts/devops', 'scripts/deploy', 'scripts', 'bin', 'scripts');
    const file = freeName(estate, `${folder}/verify-deployment.sh`, `${folder}/smoke-test.sh`);
    if (file === undefined) return [];
    const known = addresses(estate).slice(0, 10);
    const missing = findings.filter(({ rule }) => rule === 'smoke-test-missing');
    const blind = findings.filter(({ rule }) => rule !== 'smoke-test-missing');
    // without an address a step would stop every deployment
    const edits = known.length > 0 && blind.length > 0 ? calls(blind, input, file) : undefined;
    const scripts =
      known.length > 0 && missing.length > 0 ? afterDeployments(missing, input, file) : undefined;
    const closed = [...missing, ...(edits ? blind : [])];
    const isCalled = (blind.length === 0 || edits) && (missing.length === 0 || scripts);
    if (closed.length === 0) return [];
    return [
      {
        id: 'smoke-test',
        title: say(
          `Ajouter un contrôle après déploiement (${code(file)})`,
          `Add a check after deployments (${code(file)})`,
        ),
        note: isCalled
          ? say(
              'Le déploiement échoue où une adresse ne répond pas par un code 2xx\u00a0; les adresses sont à relire.',
              'The deployment fails where an address does not answer with a 2xx code; the addresses are to be read again.',
            )
          : say(
              `À appeler à la fin de chaque déploiement (\`sh ${file}\`), dont il doit faire échouer la suite\u00a0; les adresses sont à compléter.`,
              `To be called at the end of each deployment (\`sh ${file}\`), which has to fail with it; the addresses are to be completed.`,
            ),
        findings: closed,
        edits: [newFile(file, script(file, known, t)), ...(edits ?? []), ...(scripts ?? [])],
      },
    ];
  },
});
