import type { Domain } from '#model/maturity.ts';
import * as delivery from './delivery-and-feedback/delivery.ts';
import * as feedback from './delivery-and-feedback/feedback.ts';
import * as tests from './delivery-and-feedback/tests.ts';

export const deliveryAndFeedback: Domain = {
  id: 'delivery-and-feedback',
  title: { fr: 'CI/CD et retours', en: 'Delivery and feedback' },
  target: {
    fr: 'Chaque changement est testé avant d’être fusionné et mis en service sans personne\u00a0; ceux qui utilisent le produit ont un endroit pour le dire, et ce qui ne sert plus est retiré régulièrement.',
    en: 'Each change is tested before it is merged and put into service without a person; those who use the product have a place to say so, and what is of no more use is removed regularly.',
  },
  questions: [
    {
      id: 'ci-on-changes',
      text: { fr: 'Une CI est-elle définie\u00a0?', en: 'Is a CI defined?' },
      weight: 3,
      severity: 'medium',
      effort: 'small',
      gap: {
        id: 'ci-missing',
        title: { fr: 'Aucune CI', en: 'No CI' },
        remedy: {
          fr: 'Ajouter un workflow qui construit et teste à chaque pull request.',
          en: 'Add a workflow that builds and tests on each pull request.',
        },
      },
      answer: ({ estate }) => delivery.hasCi(estate),
    },
    {
      id: 'tests-exist',
      text: { fr: 'Des tests existent-ils\u00a0?', en: 'Are there tests?' },
      weight: 2,
      severity: 'medium',
      effort: 'large',
      gap: {
        id: 'tests-missing',
        title: { fr: 'Aucun test', en: 'No tests' },
        remedy: {
          fr: 'Commencer par un test des chemins que les utilisateurs empruntent le plus.',
          en: 'Begin with a test of the paths that users take most.',
        },
      },
      answer: ({ estate }) => tests.haveTests(estate),
    },
    {
      id: 'ci-runs-tests',
      text: {
        fr: 'La CI lance-t-elle les tests avant la fusion\u00a0?',
        en: 'Does CI run the tests before a merge?',
      },
      weight: 3,
      severity: 'medium',
      effort: 'small',
      gap: {
        id: 'tests-not-run',
        title: { fr: 'Tests que la CI ne lance pas', en: 'Tests that CI does not run' },
        remedy: {
          fr: 'Lancer les tests dans un workflow déclenché par `pull_request`.',
          en: 'Run the tests in a workflow that `pull_request` starts.',
        },
      },
      answer: ({ estate }) => tests.runsTests(estate),
    },
    {
      id: 'ci-checks-code',
      text: { fr: 'La CI vérifie-t-elle le style et les types\u00a0?', en: 'Does CI check style and types?' },
      weight: 1,
      severity: 'low',
      effort: 'small',
      gap: {
        id: 'static-checks-missing',
        title: { fr: 'Ni style ni types vérifiés par la CI', en: 'Neither style nor types checked by CI' },
        remedy: {
          fr: 'Lancer l’analyseur et le vérificateur de types du langage dans la CI.',
          en: 'Run the linter and the type checker of the language in CI.',
        },
      },
      answer: ({ estate }) => tests.checksCode(estate),
    },
    {
      id: 'delivery-automated',
      text: {
        fr: 'La mise en service part-elle toute seule\u00a0?',
        en: 'Does the delivery start by itself?',
      },
      weight: 2,
      severity: 'low',
      effort: 'medium',
      gap: {
        id: 'delivery-manual',
        title: { fr: 'Mise en service lancée à la main', en: 'Delivery started by hand' },
        remedy: {
          fr: 'Faire partir le déploiement de la branche principale ou d’une étiquette, une fois les tests passés.',
          en: 'Let the deployment start from the main branch or from a tag, once the tests have passed.',
        },
      },
      answer: ({ estate }) => delivery.isAutomated(estate),
    },
    {
      id: 'branches-protected',
      text: { fr: 'La branche principale est-elle protégée\u00a0?', en: 'Is the main branch protected?' },
      weight: 1,
      severity: 'medium',
      effort: 'small',
      gap: {
        id: 'branch-unprotected',
        title: { fr: 'Branche principale sans protection', en: 'Main branch without protection' },
        remedy: {
          fr: 'Exiger une relecture et une CI verte avant la fusion.',
          en: 'Require a review and a green CI before a merge.',
        },
      },
      answer: ({ estate }) => delivery.areBranchesProtected(estate),
    },
    {
      id: 'changes-previewed',
      text: {
        fr: 'Un changement peut-il être vu avant d’être fusionné\u00a0?',
        en: 'Can a change be seen before it is merged?',
      },
      weight: 1,
      severity: 'low',
      effort: 'medium',
      gap: {
        id: 'preview-missing',
        title: { fr: 'Aucun déploiement de prévisualisation', en: 'No preview deployment' },
        remedy: {
          fr: 'Déployer chaque pull request à une adresse de prévisualisation.',
          en: 'Deploy each pull request to a preview address.',
        },
      },
      answer: ({ estate }) => delivery.arePreviewed(estate),
    },
    {
      id: 'releases-noted',
      text: {
        fr: 'Les versions et leurs changements sont-ils notés\u00a0?',
        en: 'Are versions and their changes written down?',
      },
      weight: 1,
      severity: 'low',
      effort: 'small',
      gap: {
        id: 'changelog-missing',
        title: { fr: 'Versions sans notes', en: 'Versions without notes' },
        remedy: {
          fr: 'Tenir un `CHANGELOG.md`, ou laisser un outil écrire les notes de version.',
          en: 'Keep a `CHANGELOG.md`, or let a tool write release notes.',
        },
      },
      answer: ({ estate }) => delivery.areNoted(estate),
    },
    {
      id: 'agents-directed',
      text: { fr: 'Le flux est-il décrit pour les agents\u00a0?', en: 'Is the flow described for agents?' },
      weight: 1,
      severity: 'low',
      effort: 'small',
      gap: {
        id: 'agent-flow-undocumented',
        title: {
          fr: 'Flux de livraison non décrit pour les agents',
          en: 'Delivery flow not described for agents',
        },
        remedy: {
          fr: 'Écrire dans `AGENTS.md` comment construire, tester et livrer, et ce qu’un agent ne doit pas faire seul.',
          en: 'Write in `AGENTS.md` how to build, test and deliver, and what an agent must not do alone.',
        },
      },
      answer: ({ estate }) => feedback.areAgentsDirected(estate),
    },
    {
      id: 'feedback-channel',
      text: {
        fr: 'Les utilisateurs ont-ils un endroit où dire ce qui ne va pas\u00a0?',
        en: 'Do users have a place to say what is wrong?',
      },
      weight: 2,
      severity: 'low',
      effort: 'small',
      gap: {
        id: 'feedback-channel-missing',
        title: { fr: 'Aucun endroit pour les retours', en: 'No place for feedback' },
        remedy: {
          fr: 'Ouvrir un formulaire ou des modèles de tickets, et le nommer dans le `README`.',
          en: 'Open a form or issue templates, and name it in the `README`.',
        },
      },
      answer: ({ estate }) => feedback.hasChannel(estate),
    },
    {
      id: 'beta-testers-named',
      text: { fr: 'Des bêta-testeurs sont-ils identifiés\u00a0?', en: 'Are beta testers identified?' },
      weight: 1,
      severity: 'low',
      effort: 'medium',
      gap: {
        id: 'beta-testers-unnamed',
        title: { fr: 'Bêta-testeurs non identifiés', en: 'Beta testers not identified' },
        remedy: {
          fr: 'Nommer les personnes qui essaient une version avant les autres, et ce qu’on leur demande.',
          en: 'Name the people who try a version before others, and what is asked of them.',
        },
      },
      answer: ({ estate }) => feedback.haveTesters(estate),
    },
    {
      id: 'pruning-scheduled',
      text: {
        fr: 'Ce qui ne sert plus est-il retiré régulièrement\u00a0?',
        en: 'Is what is of no more use removed regularly?',
      },
      weight: 1,
      severity: 'low',
      effort: 'small',
      gap: {
        id: 'pruning-unscheduled',
        title: { fr: 'Aucun nettoyage prévu', en: 'No clean-up scheduled' },
        remedy: {
          fr: 'Planifier le retrait des branches, images et déploiements anciens (cycle de vie du registre, workflow planifié).',
          en: 'Schedule the removal of old branches, images and deployments (lifecycle of the registry, scheduled workflow).',
        },
      },
      answer: ({ estate }) => feedback.isPruned(estate),
    },
  ],
};
