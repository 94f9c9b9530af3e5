import type { Estate } from '#model/estate.ts';
import type { Evidence } from '#model/evidence.ts';
import { at } from '../../derived/place.ts';
import { isInService, isServed, placesOf } from './operations-read.ts';

/** A secret that something of the estate reads, by its name. */
export interface UsedSecret {
  name: string;
  /** Where it is kept or given, in the field's own words. */
  where: 'worker' | 'github' | 'secrets-manager' | 'parameter-store' | 'environment-file' | 'compose';
  evidence: Evidence;
}

/** Given by the platform to every run, or an address or a number that is kept with the secrets: nobody would replace it. */
const NOT_OURS =
  /^(?:GITHUB_TOKEN|ACTIONS_\w+|CI|(?:NEXT_PUBLIC|VITE|PUBLIC|REACT_APP)_\w+)$|_(?:ARN|EMAIL|HOST|HOSTNAME|USER|USERNAME|REGION|PORT|DOMAIN|CLUSTER|BUCKET|NAME)$|(?<!KEY)_?ID$|^(?:AWS_ACCOUNT(?:_NUMBER)?|(?:ECR|ECS|EKS|CODEDEPLOY|LAMBDA|CLOUDFRONT|S3)_(?:\w+_)?(?:REPO|REPOSITORY|REGISTRY|SERVICE|TASK|TASK_DEFINITION|CONTAINER|APP|APPLICATION|GROUP|FUNCTION|DISTRIBUTION)|(?:CLUSTER|SERVICE|CONTAINER|FUNCTION|STACK|BUCKET)_NAME_\w+|ECR_REPO_\w+)$/i;

/**
 * The secrets that the estate uses, each name once in each place: secrets of Workers, of workflows, of stores of secrets,
 * and variables of `.env` files and compose files that hold one.
 */
export function secretsUsed(estate: Estate): UsedSecret[] {
  const { resources, artifacts } = estate;
  const found = new Map<string, UsedSecret>();
  const add = (secret: UsedSecret) => {
    const key = `${secret.where} ${secret.name}`;
    // the example of what a Worker is given locally names the same secret
    const isKnown =
      found.has(key) || (secret.where === 'environment-file' && found.has(`worker ${secret.name}`));
    if (!NOT_OURS.test(secret.name) && !isKnown) found.set(key, secret);
  };
  const isRead = (name: string) =>
    artifacts.workers.some(({ reads }) => reads.some((one) => one.name === name));
  for (const resource of resources) {
    const where = (
      {
        'Cloudflare::Workers::Secret': 'worker',
        'GitHub::Actions::Secret': 'github',
        'AWS::SecretsManager::Secret': 'secrets-manager',
      } as const
    )[resource.kind as string];
    const isSecure =
      resource.kind === 'AWS::SSM::Parameter' && /secure/i.test(String(resource.properties.type ?? ''));
    const [evidence] = placesOf(resource);
    const kept = where ?? (isSecure ? 'parameter-store' : undefined);
    // `<script>/<secret>`: code and pages say the secret alone
    const name = kept === 'worker' ? resource.name.slice(resource.name.indexOf('/') + 1) : resource.name;
    const isDeclared =
      resource.observed.length > 0 ||
      resource.declared.some(({ source }) => source !== 'docs') ||
      (kept === 'worker' && isRead(name));
    if (kept && evidence && isDeclared && resource.status !== 'missing') add({ name, where: kept, evidence });
  }
  for (const { file, environments } of artifacts.wranglerConfigs)
    for (const { secrets } of environments)
      for (const { name, line } of secrets) add({ name, where: 'worker', evidence: at(file, line) });
  for (const { file, example, variables } of artifacts.environmentFiles)
    if (example || isInService(file))
      for (const { name, line, secret } of variables)
        if (secret) add({ name, where: 'environment-file', evidence: at(file, line) });
  for (const file of artifacts.composeFiles)
    if (isServed(file, estate))
      for (const { environment } of file.services)
        for (const { name, line, secret } of environment)
          if (secret) add({ name, where: 'compose', evidence: at(file.file, line) });
  return [...found.values()];
}
