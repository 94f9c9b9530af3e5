import { shellCommands } from '#lib/shell-commands.ts';
import type { StepSource } from '#model/artifacts.ts';

/** What a command is for, when its failure is one that somebody has to know. */
export type Importance = 'deploy' | 'publish' | 'migrate' | 'check' | 'test';

/** The commands as typed, up to their first arguments. Look-ups, clean-up and creations that may already be there are left out. */
const COMMANDS: readonly [RegExp, Importance][] = [
  [/^aws ecs (update-service|register-task-definition|run-task|deploy)\b/, 'deploy'],
  [
    /^aws (cloudformation (deploy|update-stack|execute-change-set)|deploy create-deployment|lambda (update-function-code|update-alias|publish-version)|s3 (sync|cp)|elasticbeanstalk update-environment|apprunner (start-deployment|update-service)|amplify start-(job|deployment))\b/,
    'deploy',
  ],
  [/^aws [\w-]+ wait\b/, 'check'],
  [
    /^(kubectl (apply|set image|replace|rollout restart)|helm (upgrade|install)|terraform apply|tofu apply|terragrunt (run-all )?apply|pulumi up|dotnet lambda deploy-(function|serverless)|cdk deploy|sam deploy|(sls|serverless) deploy|wrangler( pages)? (deploy|publish)|(fly|flyctl) deploy|eb deploy|ansible-playbook|vercel( deploy)?( --prod)|netlify deploy|firebase deploy|gcloud (run|app|functions) deploy)\b/,
    'deploy',
  ],
  [/^kubectl (rollout status|wait)\b/, 'check'],
  [/^(docker|podman) (push|build|buildx build|compose push|compose build)\b/, 'publish'],
  [/^(npm|pnpm|yarn|cargo|poetry|uv) publish\b|^twine upload\b/, 'publish'],
  [
    /\b(alembic upgrade|prisma migrate deploy|manage\.py migrate|db:migrate|knex migrate|migrate:latest|migration:run|flyway migrate|liquibase update|goose up|d1 migrations apply|artisan migrate|dbmate up|sqlx migrate run)\b/,
    'migrate',
  ],
  [
    /^(npm|pnpm|yarn|bun) (run )?(test|e2e)\b|^(pytest|jest|vitest|mocha|phpunit|rspec|tox|nox)\b|^(go|cargo|dotnet|mix|deno|swift|make|bundle exec rspec) test\b|^(mvn|mvnw|gradle|gradlew)\b.*\b(test|verify|check)\b|^python3? -m (pytest|unittest)\b|^(playwright|cypress) (test|run)\b/,
    'test',
  ],
];
/** A dry run, a help text and a version change nothing; what is brought back from a bucket is put nowhere. */
const HARMLESS =
  /(^| )(--dry-?run\S*|--help|-h|--version|--dryrun)( |$)|^aws s3 (sync|cp) (--\S+ )*s3:\/\/\S+ (--\S+ )*(?!s3:\/\/|-)\S/;

/** Why the failure of a command matters; undefined when it does not, or when nobody can tell. */
export function importanceOf(words: readonly string[]): Importance | undefined {
  const [tool = '', ...rest] = words;
  // options before the operation (`aws --region x ecs …`) hide what is done
  const text = [
    tool.split('/').at(-1) ?? tool,
    ...(tool === 'aws' || tool === 'kubectl' || tool === 'docker' ? withoutLeadingOptions(rest) : rest),
  ]
    .join(' ')
    .slice(0, 2000);
  if (HARMLESS.test(text)) return undefined;
  return COMMANDS.find(([pattern]) => pattern.test(text))?.[1];
}

function withoutLeadingOptions(words: readonly string[]): readonly string[] {
  let start = 0;
  while (words[start]?.startsWith('-'))
    start += words[start]?.includes('=') || words[start]?.startsWith('--no-') ? 1 : 2;
  return words.slice(start);
}

const ACTIONS: readonly [RegExp, Importance][] = [
  [
    /^(aws-actions\/(amazon-ecs-deploy-task-definition|aws-cloudformation-github-deploy)|cloudflare\/(wrangler|pages)-action|azure\/(webapps-deploy|functions-action|k8s-deploy)|google-github-actions\/deploy-\S+|appleboy\/(ssh|scp)-action|superfly\/flyctl-actions|einaregilsson\/beanstalk-deploy|amondnet\/vercel-action|actions\/deploy-pages)(@|\/|$)/i,
    'deploy',
  ],
  [/^(docker\/build-push-action|pypa\/gh-action-pypi-publish)@/i, 'publish'],
];

/** The most important thing that a step does: what it uses, else the first such command of its script. */
export function stepImportance(step: StepSource): Importance | undefined {
  if (step.uses) {
    const { text } = step.uses;
    return ACTIONS.find(([pattern]) => pattern.test(text))?.[1];
  }
  const found = step.run
    ? shellCommands(step.run.text).flatMap(({ words }) => importanceOf(words) ?? [])
    : [];
  return found.find((one) => one !== 'test') ?? found[0];
}
