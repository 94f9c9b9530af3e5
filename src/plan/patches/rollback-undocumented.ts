import { shellQuote } from '#lib/shell-quote.ts';
import type { Kind } from '#model/fact.ts';
import type { Resource } from '#model/resource.ts';
import { code } from '#model/text.ts';
import { say } from '../draft.ts';
import { inLanguage, pageText, type Section } from './page.ts';
import { definePatch, folderFor, freeName, newFile } from './patch.ts';

/** How each sort of deployment goes back to the version before: to see it, to take it, to look at it. */
const WAYS: Partial<Record<Kind, (word: string, resource: Resource) => string[] | undefined>> = {
  // Cloudflare Workers documentation, “Rollbacks”
  'Cloudflare::Workers::Script': (word) => [
    `npx wrangler deployments list --name ${word}`,
    `npx wrangler rollback --name ${word}`,
    `npx wrangler deployments status --name ${word}`,
  ],
  // Amazon ECS Developer Guide, “Updating a service”
  'AWS::ECS::Service': (
    word,
    { scope, region, properties: { deploymentController: controller = 'ECS' } },
  ) => {
    // ECS refuses a new task definition for a service that CodeDeploy or a controller of its own deploys
    if (scope === undefined || !/^[\w-]+$/.test(scope) || controller !== 'ECS') return undefined;
    const where = `${region ? ` --region ${shellQuote(region)}` : ''} --cluster ${scope}`;
    return [
      `aws ecs describe-services${where} --services ${word} --query 'services[0].[taskDefinition,deployments[].taskDefinition]'`,
      `aws ecs update-service${where} --service ${word} --task-definition "$PREVIOUS"`,
      `aws ecs wait services-stable${where} --services ${word}`,
    ];
  },
  // Kubernetes documentation, “Deployments”, Rolling Back
  'Kubernetes::Deployment': (word) => [
    `kubectl rollout history deployment/${word}`,
    `kubectl rollout undo deployment/${word}`,
    `kubectl rollout status deployment/${word}`,
  ],
  // AWS Lambda Developer Guide, “Lambda function aliases”
  'AWS::Lambda::Function': (word, { region }) => {
    const where = region ? ` --region ${shellQuote(region)}` : '';
    return [
      `aws lambda list-aliases${where} --function-name ${word} --query 'Aliases[].[Name,FunctionVersion]'`,
      `aws lambda list-versions-by-function${where} --function-name ${word} --query 'Versions[].[Version,LastModified]'`,
      `aws lambda update-alias${where} --function-name ${word} --name "$ALIAS" --function-version "$PREVIOUS"`,
    ];
  },
};

/** Only an alias leads from one version to another: without one the page would promise what nothing keeps. */
const textOf = ({ kind }: Resource, t: (fr: string, en: string) => string): string | undefined =>
  kind === 'AWS::Lambda::Function'
    ? t(
        '`ALIAS` est l’alias par lequel la fonction est appelée, `PREVIOUS` la version publiée avant celle qu’il désigne. Si la première commande n’en montre aucun, rien ne garde la version précédente\u00a0: redéployer le commit d’avant, et publier désormais une version à chaque déploiement.',
        '`ALIAS` is the alias through which the function is called, `PREVIOUS` the version published before the one that it names. Where the first command shows none, nothing keeps the version before: deploy the commit before again, and publish a version at each deployment from now on.',
      )
    : undefined;

/** A page that says how each thing that is deployed goes back to the version before. */
export const rollbackUndocumented = definePatch({
  for: ['rollback-undocumented'],
  draft: (findings, { estate, language }) => {
    const t = inLanguage(language);
    const own = estate.resources.flatMap((resource): Section[] => {
      const isNamed = /^[\w.-]+$/.test(resource.name) && resource.status !== 'missing';
      const commands = isNamed ? WAYS[resource.kind]?.(shellQuote(resource.name), resource) : undefined;
      const text = textOf(resource, t);
      return commands ? [{ title: resource.name, ...(text !== undefined && { text }), commands }] : [];
    });
    const folder = folderFor(estate, 'docs/runbooks', 'docs/operations', 'docs', 'doc', 'docs');
    const file = freeName(estate, `${folder}/rollback.md`);
    if (own.length === 0 || file === undefined) return [];
    const text = pageText({
      title: t('Retour arrière', 'Rollback'),
      lead: t(
        'Comment remettre la version précédente en service. `PREVIOUS` est la version que la première commande montre avant celle d’aujourd’hui.',
        'How to put the version before back into service. `PREVIOUS` is the version that the first command shows before the present one.',
      ),
      sections: [
        ...own,
        {
          title: t('Base de données', 'Database'),
          text: t(
            'Revenir sur le code ne revient pas sur les données\u00a0: une migration qui retire ou renomme demande sa propre marche arrière, écrite avec elle.',
            'To go back with the code does not go back with the data: a migration that drops or renames needs its own way back, written with it.',
          ),
        },
      ],
    });
    return [
      {
        id: 'rollback-runbook',
        title: say(`Écrire le retour arrière (${code(file)})`, `Write the rollback (${code(file)})`),
        findings,
        edits: [newFile(file, text)],
      },
    ];
  },
});
