import type { ScriptTrait } from '#model/operations.ts';

type Trait = ScriptTrait['trait'];

/**
 * Commands by what they do, as they stand on a line whose quotes, commas and brackets were made spaces: so that
 * `["wrangler", "deploy"]` of Python or JavaScript reads as a shell's `wrangler deploy`. What begins a command stands
 * before it: a space or a separator.
 */
const BEGIN = String.raw`(?:^|[\s;&|({=:!@])`;
const command = (text: string): RegExp => new RegExp(`${BEGIN}(${text})(?![\\w-])`);

/** Puts a version into service wherever it is written. */
const DEPLOYS = command(
  [
    String.raw`wrangler (?:[\w-]+ )?(?:deploy|publish)`,
    'wrangler versions upload',
    'opennextjs-cloudflare deploy',
    'aws (?:ecs (?:update-service|deploy)|lambda update-function-code|cloudformation (?:deploy|create-stack|update-stack)|deploy create-deployment|elasticbeanstalk update-environment|apprunner start-deployment|amplify start-(?:job|deployment))',
    '(?:sam|cdk|serverless|sls|eb|copilot|flyctl|fly|firebase|netlify|kamal|supabase functions|shopify app|clasp|sst|amplify|mage|railway|copilot svc|convex) (?:deploy|publish|push|up)',
    'kubectl (?:apply|set image|rollout restart)',
    'helm (?:upgrade|install)',
    'helmfile (?:apply|sync)',
    'docker stack deploy',
    '(?:terraform|tofu) apply',
    'terragrunt (?:run-all |run --all )?apply',
    'dotnet lambda deploy-(?:function|serverless)',
    'pulumi up',
    'vercel (?:deploy|--prod)',
    'gcloud (?:run|app|functions) deploy',
    'az (?:webapp (?:up|deploy)|containerapp (?:up|update)|functionapp deployment|staticwebapp deploy)',
    'heroku container:release',
    'git push (?:heroku|dokku|production|deploy)',
    'ansible-playbook',
    'cap (?:production|staging) deploy',
    'gh-pages -d',
  ].join('|'),
);
/** Puts a version into service where the script is for that: on the machine that serves it. */
const STARTS = command(
  [
    'docker[- ]compose (?:[^;&|]{1,80} )?up(?= .*-d| .*--detach)',
    'docker service update',
    'pm2 (?:restart|reload|startOrReload|startOrRestart|deploy)',
    String.raw`(?:systemctl|service) (?:[\w-]+ )?(?:restart|reload)`,
    'supervisorctl (?:restart|reload)',
    'aws s3 (?:sync|cp)(?= .*s3://)',
    'rsync (?=.*@[^ ]+:)',
    'scp (?=.*@[^ ]+:)',
  ].join('|'),
);
const MIGRATES = command(
  [
    'wrangler d1 migrations apply',
    'wrangler d1 execute(?= .*(?:schema|migration))',
    'alembic (?:[^;&|]{1,60} )?upgrade',
    'flask db upgrade',
    String.raw`(?:\S*/)?manage\.py (?:migrate|migrate_schemas)`,
    'prisma (?:migrate deploy|db push)',
    'drizzle-kit (?:migrate|push)',
    'knex (?:[^;&|]{1,40} )?migrate:(?:latest|up)',
    'sequelize(?:-cli)? db:migrate',
    String.raw`typeorm\S* (?:[^;&|]{1,60} )?migration:run`,
    '(?:rails|rake|bin/rails) db:(?:migrate|prepare|schema:load)',
    '(?:php )?artisan migrate',
    'doctrine:migrations:migrate',
    'flyway (?:[^;&|]{1,60} )?migrate',
    'liquibase (?:[^;&|]{1,60} )?update',
    '(?:goose|dbmate) (?:[^;&|]{1,60} )?up',
    'migrate (?=.*-path|.*-source|.*-database)',
    'sqlx migrate run',
    'diesel migration run',
    'sqlx database setup',
    'supabase db push',
    String.raw`(?:npm|pnpm|yarn|bun) (?:run )?(?:[\w-]+:)?(?:db[:-])?migrat(?:e|ions?)(?:[:-][\w-]+)*`,
    String.raw`psql [^;&|]{0,200}(?:-f|<) ?\S*(?:schema|migrat)\S*`,
  ].join('|'),
);
const ROLLS_BACK = command(
  [
    'wrangler (?:pages deployment )?rollback',
    'kubectl rollout undo',
    'helm rollback',
    'heroku (?:releases:)?rollback',
    'vercel (?:rollback|promote)',
    '(?:kamal|dokku ps:|flyctl|cap production deploy:) ?rollback',
    'alembic downgrade',
    'migrate:rollback',
  ].join('|'),
);
const CHECKS = command(
  [
    String.raw`(?:curl|wget|http|https|grpcurl)(?= .*(?:http|\$|localhost|health))`,
    String.raw`requests\.(?:get|head)`,
    String.raw`httpx\.(?:get|head)`,
    String.raw`(?:await )?fetch\b(?= ?\()`,
    String.raw`(?:await )?axios(?:\.get)?(?= ?\()`,
    String.raw`urllib\.request\.urlopen`,
    'urlopen',
    String.raw`aws [\w-]+ wait`,
    'kubectl (?:rollout status|wait)',
    'helm test',
    'playwright test',
    'cypress run',
    'newman run',
    'k6 run',
    'wrangler deployments (?:status|list)',
    String.raw`(?:systemctl|service) (?:[\w-]+ )?(?:is-active|status)`,
    'Invoke-(?:WebRequest|RestMethod)',
  ].join('|'),
);
/** A message sent, a file fetched or a call to a provider's own API tells nothing of what was deployed. */
const NO_CHECK =
  /-X ?(?:POST|PUT|PATCH|DELETE)|--request (?:POST|PUT|PATCH|DELETE)|--data|method: ?(?:POST|PUT|PATCH|DELETE)|slack|discord|telegram|hooks?[./]|\| ?(?:ba|z)?sh\b|\.sh\b|githubusercontent|github\.com|\/releases\/|\.(?:tar|t?gz|zip|deb|rpm|gpg|asc|json|key)\b|api\.(?:cloudflare|github)\.|-[a-zA-Z]*[oO] (?!\/dev\/null)\S|install|apt|checkip|ipify|ifconfig\.me|169\.254|metadata/i;
const WIPES = command(
  String.raw`(?:DROP (?:TABLE|DATABASE|SCHEMA)(?: IF EXISTS)? \S+|TRUNCATE (?:TABLE )?\S+|wrangler d1 delete|dropdb|prisma migrate reset|(?:rails|rake) db:(?:drop|reset)|artisan migrate:fresh)`,
);
const PRUNES = command(
  String.raw`(?:docker (?:image|system|builder|container) prune|git (?:remote|fetch) (?:[\w-]+ )?--?prune|aws ecr batch-delete-image|wrangler (?:pages deployment|versions) delete|find [^;&|]{1,120} -mtime \+\d+ [^;&|]{0,40}-(?:delete|exec rm))`,
);
/** The command itself returns only once what it started is well. */
const WAITS = / --(?:wait|atomic)(?![\w-])/;
const HARMLESS = /--dry-?run|--dryrun|--help(?![\w-])|--plan-only/;

/** The commands of one line that a deployment is made of, by what they do. */
export function commandsOf(plain: string, isForDeployment: boolean): { trait: Trait; what: string }[] {
  const found: { trait: Trait; what: string }[] = [];
  const add = (trait: Trait, pattern: RegExp) => {
    const what = pattern.exec(plain)?.[1]?.trim();
    if (what) found.push({ trait, what: what.slice(0, 80) });
  };
  if (!HARMLESS.test(plain)) {
    add('deploys', DEPLOYS);
    if (isForDeployment) add('deploys', STARTS);
    add('migrates', MIGRATES);
    add('rolls-back', ROLLS_BACK);
    add('wipes', WIPES);
    add('prunes', PRUNES);
    if (WAITS.test(plain) && found.some(({ trait }) => trait === 'deploys'))
      found.push({ trait: 'checks', what: '--wait' });
  }
  if (!NO_CHECK.test(plain)) add('checks', CHECKS);
  return found;
}
