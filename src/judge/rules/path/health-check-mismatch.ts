import { pathRule } from '../../derived/path-rule.ts';

/** The health check asks another port, or expects another answer, than the targets have. */
export const healthCheckMismatch = pathRule({
  id: 'health-check-mismatch',
  severity: 'high',
  title: {
    fr: 'Contrôle de santé qui n’attend pas ce que répond le service',
    en: 'Health check that does not expect what the service answers',
  },
  risk: {
    fr: 'Des cibles qui marchent sont écartées, puis arrêtées.',
    en: 'Targets that work are taken out, then stopped.',
  },
  remedy: {
    fr: 'Accorder le chemin, le port et les codes attendus avec ce que répond le service.',
    en: 'Make the path, the port and the expected codes agree with what the service answers.',
  },
  references: [
    'https://docs.aws.amazon.com/elasticloadbalancing/latest/application/target-group-health-checks.html',
  ],
});
