import type { Text } from '#model/text.ts';
import { code } from '#model/text.ts';
import { say } from '../draft.ts';
import { defineRemedy } from '../remedy.ts';

/** What a person decides, and the command that shows what it hangs on. */
interface ByHand {
  title: Text;
  why: Text;
  need: Text;
}

/**
 * Failures that no call mends for certain: what is to be chosen is known by whoever wrote the program, the policy or the
 * image. The step says what to find and where.
 */
const BY_HAND: Readonly<Record<string, ByHand>> = {
  'api-domain-inactive': {
    title: say('Rendre le domaine de l’API disponible', 'Make the domain of the API available'),
    why: say('Le domaine ne répond pas dans cet état.', 'The domain does not answer in this state.'),
    need: say(
      'À lire\u00a0: `DomainNameConfigurations[].DomainNameStatusMessage`, par `aws apigatewayv2 get-domain-name`\u00a0; le plus souvent un certificat à valider.',
      'To read: `DomainNameConfigurations[].DomainNameStatusMessage`, by `aws apigatewayv2 get-domain-name`; most often a certificate to validate.',
    ),
  },
  'api-endpoint-disabled': {
    title: say('Mener à l’API par son domaine', 'Lead to the API by its domain'),
    why: say('L’adresse par défaut de l’API est fermée.', 'The default address of the API is switched off.'),
    need: say(
      'À choisir\u00a0: le domaine de l’API, si son adresse est fermée exprès, ou sa réouverture (`aws apigatewayv2 update-api --no-disable-execute-api-endpoint`).',
      'To choose: the domain of the API, where its address is switched off on purpose, or to switch it on (`aws apigatewayv2 update-api --no-disable-execute-api-endpoint`).',
    ),
  },
  'bucket-not-public': {
    title: say('Servir le compartiment par une distribution', 'Serve the bucket through a distribution'),
    why: say('Le compartiment n’est pas lisible de tous.', 'The bucket cannot be read by everyone.'),
    need: say(
      'À choisir\u00a0: une distribution avec contrôle d’accès à l’origine (`aws cloudfront create-origin-access-control`), de préférence, ou la lecture publique.',
      'To choose: a distribution with origin access control (`aws cloudfront create-origin-access-control`), preferably, or reading by the public.',
    ),
  },
  'load-balancer-inactive': {
    title: say('Remettre le répartiteur en état', 'Put the load balancer right'),
    why: say(
      'Le répartiteur ne prend pas de requêtes dans cet état.',
      'The load balancer takes no requests in this state.',
    ),
    need: say(
      'À lire\u00a0: `State.Reason`, par `aws elbv2 describe-load-balancers`\u00a0; attendre s’il se crée, le recréer s’il a échoué.',
      'To read: `State.Reason`, by `aws elbv2 describe-load-balancers`; wait where it is being made, make it again where it failed.',
    ),
  },
  'target-group-empty': {
    title: say('Inscrire des cibles dans le groupe', 'Register targets in the group'),
    why: say('Aucune cible ne peut recevoir les requêtes.', 'No target can take the requests.'),
    need: say(
      'À trouver\u00a0: qui devait s’y inscrire (`aws ecs describe-services`, `aws autoscaling describe-auto-scaling-groups`), ou le groupe où il s’inscrit, à donner à l’écouteur.',
      'To find: who was to register there (`aws ecs describe-services`, `aws autoscaling describe-auto-scaling-groups`), or the group in which it registers, to give to the listener.',
    ),
  },
  'container-crashing': {
    title: say(
      'Lire pourquoi le conteneur s’arrête, et le corriger',
      'Read why the container ends, and mend it',
    ),
    why: say('Le conteneur s’arrête de lui-même.', 'The container ends by itself.'),
    need: say(
      'À lire\u00a0: ses dernières lignes, par `aws logs tail` sur le groupe de journaux de la définition de tâche.',
      'To read: its last lines, by `aws logs tail` on the log group of the task definition.',
    ),
  },
  'container-out-of-memory': {
    title: say('Donner plus de mémoire au conteneur', 'Give the container more memory'),
    why: say('Le conteneur est arrêté faute de mémoire.', 'The container is ended for want of memory.'),
    need: say(
      'À choisir\u00a0: la mémoire de la tâche, d’après `MemoryUtilized` de Container Insights, ou une fuite à corriger.',
      'To choose: the memory of the task, from `MemoryUtilized` of Container Insights, or a leak to mend.',
    ),
  },
  'secret-unreadable': {
    title: say('Rendre le secret lisible à la tâche', 'Make the secret readable to the task'),
    why: say('La tâche ne démarre pas sans ses secrets.', 'The task does not start without its secrets.'),
    need: say(
      'À vérifier\u00a0: que le secret existe (`aws secretsmanager describe-secret`), et que le rôle d’exécution de la tâche peut le lire et le déchiffrer.',
      'To check: that the secret is there (`aws secretsmanager describe-secret`), and that the execution role of the task may read and decrypt it.',
    ),
  },
  'image-architecture-mismatch': {
    title: say(
      'Publier l’image pour l’architecture des tâches',
      'Push the image for the architecture of the tasks',
    ),
    why: say(
      'L’image n’est pas faite pour les processeurs des tâches.',
      'The image is not made for the processors of the tasks.',
    ),
    need: say(
      'À construire\u00a0: `docker buildx build --platform linux/amd64,linux/arm64 --push`, puis redéployer\u00a0; ou changer `runtimePlatform` de la définition.',
      'To build: `docker buildx build --platform linux/amd64,linux/arm64 --push`, then deploy again; or change `runtimePlatform` of the definition.',
    ),
  },
  'load-balancer-internal': {
    title: say('Remplacer le répartiteur interne', 'Replace the internal load balancer'),
    why: say(
      'Le schéma d’un répartiteur ne peut pas être changé\u00a0: il en faut un autre, exposé à Internet, ou une origine VPC.',
      'The scheme of a load balancer cannot be changed: it takes another one, internet-facing, or a VPC origin.',
    ),
    need: say(
      'À choisir\u00a0: un répartiteur `internet-facing` dans des sous-réseaux publics, ou une origine VPC de CloudFront (`aws cloudfront create-vpc-origin`).',
      'To choose: an `internet-facing` load balancer in public subnets, or a VPC origin of CloudFront (`aws cloudfront create-vpc-origin`).',
    ),
  },
  'capacity-missing': {
    title: say('Faire de la place pour les tâches', 'Make room for the tasks'),
    why: say('Aucun hôte ne peut prendre les tâches.', 'No host can take the tasks.'),
    need: say(
      'À choisir\u00a0: plus d’instances, de plus petites tâches, ou Fargate\u00a0; `aws ecs describe-container-instances` dit ce qui reste.',
      'To choose: more instances, smaller tasks, or Fargate; `aws ecs describe-container-instances` tells what is left.',
    ),
  },
  'service-inactive': {
    title: say('Recréer le service', 'Make the service again'),
    why: say(
      'Un service inactif ne peut pas être repris.',
      'A service that is inactive cannot be taken up again.',
    ),
    need: say(
      'À appliquer\u00a0: le fichier ou le workflow qui le déclare\u00a0; `aws ecs describe-services` garde sa configuration quelque temps.',
      'To apply: the file or the workflow that declares it; `aws ecs describe-services` keeps its configuration for a while.',
    ),
  },
  'function-inactive': {
    title: say('Remettre la fonction en état', 'Put the function right'),
    why: say('La fonction ne répond pas dans cet état.', 'The function does not answer in this state.'),
    need: say(
      'À lire\u00a0: `StateReason` et `LastUpdateStatusReason`, par `aws lambda get-function-configuration`\u00a0; puis déployer de nouveau.',
      'To read: `StateReason` and `LastUpdateStatusReason`, by `aws lambda get-function-configuration`; then deploy again.',
    ),
  },
  'api-stage-missing': {
    title: say('Déployer l’API sur une étape', 'Deploy the API to a stage'),
    why: say('Sans étape, l’API ne répond à rien.', 'Without a stage, the API answers nothing.'),
    need: say(
      'À choisir\u00a0: le nom de l’étape (`aws apigateway create-deployment --stage-name`).',
      'To choose: the name of the stage (`aws apigateway create-deployment --stage-name`).',
    ),
  },
  'bucket-unreadable': {
    title: say('Laisser la distribution lire le compartiment', 'Let the distribution read the bucket'),
    why: say(
      'La politique du compartiment ne nomme pas cette distribution.',
      'The policy of the bucket does not name this distribution.',
    ),
    need: say(
      'À écrire\u00a0: une instruction `s3:GetObject` pour `cloudfront.amazonaws.com` dont `AWS:SourceArn` est la distribution (`aws s3api put-bucket-policy`), sans retirer celles qui y sont.',
      'To write: a statement `s3:GetObject` for `cloudfront.amazonaws.com` whose `AWS:SourceArn` is the distribution (`aws s3api put-bucket-policy`), without taking away those that are there.',
    ),
  },
  'web-acl-missing': {
    title: say('Nommer un pare-feu qui existe', 'Name a web ACL that is there'),
    why: say(
      'Le pare-feu nommé n’est pas là\u00a0: ce qu’il filtrait ne l’est plus.',
      'The web ACL that is named is not there: what it filtered is not filtered.',
    ),
    need: say(
      'À choisir\u00a0: un pare-feu parmi ceux que donne `aws wafv2 list-web-acls`, ou aucun.',
      'To choose: a web ACL among those that `aws wafv2 list-web-acls` gives, or none.',
    ),
  },
};

export const byHand = defineRemedy({
  for: Object.keys(BY_HAND) as [string, ...string[]],
  plan(problem) {
    const step = BY_HAND[problem.id];
    if (!step) return [];
    const name = problem.resource && code(problem.resource.name);
    return [
      {
        title: name ? say(`${step.title.fr} (${name})`, `${step.title.en} (${name})`) : step.title,
        reason: step.why,
        risk: 'none',
        needs: [step.need],
        changes: [],
        proofs: [],
      },
    ];
  },
});
