import { defineRule, type Gap, gaps, notApplicable } from '#model/rule.ts';
import { code } from '#model/text.ts';
import { headCheckout } from '../../derived/head-checkout.ts';
import { at, titled } from '../../derived/place.ts';
import { eventsOf, isGuarded } from '../../derived/reach.ts';

const PRIVILEGED = ['pull_request_target', 'workflow_run', 'issue_comment'];

/** The code of a stranger then runs with the secrets and the token of the repository. */
export const pullRequestTargetChecksOutHead = defineRule({
  id: 'pull-request-target-checks-out-head',
  severity: 'critical',
  subject: 'workflow',
  title: {
    fr: 'Code d’un tiers exécuté avec les secrets du dépôt',
    en: 'Code of an outsider run with the secrets of the repository',
  },
  risk: {
    fr: 'Toute personne qui ouvre une pull request fait exécuter son code avec les secrets et un jeton qui peut écrire.',
    en: 'Anyone who opens a pull request has their code run with the secrets and a token that can write.',
  },
  remedy: {
    fr: 'Construire et tester sous `pull_request`, sans secret, et ne garder sous `pull_request_target` que ce qui n’exécute rien de la pull request.',
    en: 'Build and test under `pull_request`, without secrets, and keep under `pull_request_target` only what runs nothing of the pull request.',
  },
  references: ['https://securitylab.github.com/resources/github-actions-preventing-pwn-requests/'],
  evaluate(workflow, estate) {
    const events = eventsOf(workflow, estate).filter((event) => PRIVILEGED.includes(event));
    if (events.length === 0) return notApplicable;
    return gaps(
      workflow.jobs.flatMap((job): Gap[] => {
        const taken = headCheckout(job);
        if (!taken) return [];
        // an environment may ask for an approval first
        const guarded = isGuarded(job, taken.step) || job.environment !== undefined;
        const under = code(events.join(', '));
        const sure = taken.runs !== undefined && !guarded;
        return [
          {
            key: job.id,
            severity: sure ? 'critical' : 'medium',
            confidence: sure ? 'high' : 'medium',
            title: titled(
              `${code(workflow.file)}, ${code(job.id)}`,
              'code de la pull request avec les secrets',
              'code of the pull request with the secrets',
            ),
            message:
              taken.runs === undefined
                ? {
                    fr: `Sous ${under}, le job prend le code de la pull request ; aucune étape lue ne l’exécute.`,
                    en: `Under ${under}, the job takes the code of the pull request; no step that was read runs it.`,
                  }
                : {
                    fr: `Sous ${under}, le job prend le code de la pull request puis l’exécute${guarded ? ', derrière une condition ou un environnement dont les règles n’ont pas été lues' : ''}.`,
                    en: `Under ${under}, the job takes the code of the pull request and then runs it${guarded ? ', behind a condition or an environment whose rules were not read' : ''}.`,
                  },
            evidence: [at(workflow.file, taken.line), at(workflow.file, taken.runs ?? taken.line)],
          },
        ];
      }),
    );
  },
});
