import { NO_ERREXIT } from '#lib/shell-commands.ts';
import { defineRule, type Gap, gaps } from '#model/rule.ts';
import { code, type Text } from '#model/text.ts';
import type { ScriptRun } from '#model/workflow.ts';
import { deploymentOf } from '../../derived/calls.ts';
import { type Importance, importanceOf } from '../../derived/importance.ts';
import { at, titled } from '../../derived/place.ts';
import { isForShow } from '../../derived/wrangler-environments.ts';

/** A check that cannot stop anything is run for nothing. Workflows are judged by `failure-masked`. */
export const deploymentContinuesAfterFailedCheck = defineRule({
  id: 'deployment-continues-after-failed-check',
  severity: 'medium',
  subject: 'estate',
  title: {
    fr: 'Déploiement qui continue après un contrôle raté',
    en: 'Deployment that goes on after a failed check',
  },
  risk: {
    fr: 'Une version dont les tests ou la migration ont échoué est mise en service comme si de rien n’était.',
    en: 'A version whose tests or migration failed is put into service as if nothing had happened.',
  },
  remedy: {
    fr: 'Arrêter le script au premier échec\u00a0: `set -euo pipefail` en shell, `check=True` en Python, et ne pas masquer le contrôle.',
    en: 'Stop the script at the first failure: `set -euo pipefail` in shell, `check=True` in Python, and do not mask the check.',
  },
  evaluate({ artifacts }) {
    const files = new Map<string, Gap>();
    for (const run of artifacts.scripts) {
      if (files.has(run.file) || isForShow(run)) continue;
      const found = run.commands ? inShell(run.commands) : inProgram(run);
      if (found) files.set(run.file, gapOf(run.file, found));
    }
    return gaps([...files.values()]);
  },
});

interface Passed {
  what: string;
  line: number;
  deployment: string;
  deployedAt: number;
  by: Text;
}

const CHECKS: ReadonlySet<Importance> = new Set<Importance>(['test', 'check', 'migrate']);

/** The first check of a shell script whose failure is lost, with a deployment that follows it. */
function inShell(script: NonNullable<ScriptRun['commands']>): Passed | undefined {
  const commands = script.map((one) => ({
    ...one,
    importance: importanceOf(one.words),
  }));
  for (const [index, check] of commands.entries()) {
    if (check.masked === undefined || !check.importance || !CHECKS.has(check.importance)) continue;
    const deployment = commands
      .slice(index + 1)
      .find((one) => one.importance === 'deploy' && one.statement !== check.statement);
    if (!deployment) continue;
    const masked = code(check.masked);
    return {
      what: check.words.slice(0, 3).join(' '),
      line: check.line + 1,
      deployment: deployment.words.slice(0, 2).join(' '),
      deployedAt: deployment.line + 1,
      by:
        check.masked === NO_ERREXIT
          ? { fr: 'le script ne dit pas `set -e`', en: 'the script does not say `set -e`' }
          : {
              fr: `${masked} fait passer l’échec pour un succès`,
              en: `${masked} turns the failure into a success`,
            },
    };
  }
  return undefined;
}

/** The same of a program that starts commands and looks at none. */
function inProgram({ calls }: ScriptRun): Passed | undefined {
  const check = calls.find(
    ({ tool, operation, isFailureIgnored }) =>
      isFailureIgnored === true && tool === 'wrangler' && /^d1 (?:migrations apply|execute)$/.test(operation),
  );
  const deployment = check && calls.find((one) => one.line > check.line && deploymentOf(one) !== undefined);
  if (!check || !deployment) return undefined;
  return {
    what: `${check.tool} ${check.operation}`,
    line: check.line,
    deployment: `${deployment.tool} ${deployment.operation}`,
    deployedAt: deployment.line,
    by: {
      fr: 'ni `check=True` ni le code de retour n’est demandé',
      en: 'neither `check=True` nor the return code is asked for',
    },
  };
}

const gapOf = (file: string, { what, line, deployment, deployedAt, by }: Passed): Gap => ({
  key: file,
  title: titled(
    code(file),
    `le déploiement suit même si ${code(what)} échoue`,
    `the deployment follows even if ${code(what)} fails`,
  ),
  message: {
    fr: `Si ${code(what)} échoue (ligne ${line}), ${code(deployment)} (ligne ${deployedAt}) est lancé quand même\u00a0: ${by.fr}.`,
    en: `If ${code(what)} fails (line ${line}), ${code(deployment)} (line ${deployedAt}) is started all the same: ${by.en}.`,
  },
  evidence: [at(file, line), at(file, deployedAt)],
});
