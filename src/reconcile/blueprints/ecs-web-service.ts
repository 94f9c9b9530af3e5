import { defineBlueprint, has, reaches, type SystemView } from './blueprint.ts';

const ELSEWHERE = [
  'AWS::AppRunner::Service',
  'AWS::Lambda::Function',
  'AWS::ElasticBeanstalk::Application',
  'AWS::EKS::Cluster',
  'Kubernetes::Deployment',
  'Kubernetes::StatefulSet',
  'Host',
] as const;

const WORKER = /(^|-)(workers?|celery|beat|sidekiq|resque|consumers?|schedulers?|cron|jobs?)(-|$)/;
/** By its name, what takes its work from a queue or a clock. */
const isWorker = ({ system }: SystemView): boolean => WORKER.test(system.id);

/** A container behind a load balancer. Amazon ECS developer guide, “Service load balancing”. */
export const ecsWebService = defineBlueprint({
  id: 'ecs-web-service',
  title: {
    fr: 'Service web sur ECS derrière un répartiteur de charge',
    en: 'Web service on ECS behind a load balancer',
  },
  // an image that is only pushed follows the estate's way of running containers, when that is ECS and no other is named
  applies: (view) =>
    has(view, 'AWS::ECS::Service') ||
    // a task alone may be run once and end: only with something to serve is it taken for a service
    (has(view, 'AWS::ECS::TaskDefinition') &&
      has(view, 'AWS::ElasticLoadBalancingV2::TargetGroup', 'AWS::ECR::Repository')) ||
    (has(view, 'AWS::ECR::Repository') &&
      view.estateKinds.has('AWS::ECS::Service') &&
      !reaches(view, ...ELSEWHERE)),
  components: [
    {
      name: 'registry',
      kinds: ['AWS::ECR::Repository'],
      absent: { fr: 'aucun dépôt d’images n’est déclaré', en: 'no image repository is declared' },
    },
    {
      name: 'image',
      kinds: ['Docker::Image'],
      fits: (resource) => /\.dkr\.ecr\./.test(resource.name) || resource.properties.built === true,
      absent: { fr: 'aucune image n’est construite ni déployée', en: 'no image is built or deployed' },
    },
    {
      name: 'workflow',
      kinds: ['GitHub::Actions::Workflow'],
      fits: (resource, view) => view.system.workflows.some((file) => file.endsWith(`/${resource.name}`)),
      absent: {
        fr: 'aucun workflow ne déploie cet environnement',
        en: 'no workflow deploys this environment',
      },
    },
    {
      name: 'cluster',
      kinds: ['AWS::ECS::Cluster'],
      shared: true,
      absent: { fr: 'aucun cluster n’est déclaré', en: 'no cluster is declared' },
    },
    {
      name: 'service',
      kinds: ['AWS::ECS::Service'],
      absent: { fr: 'aucun service ECS n’est déclaré', en: 'no ECS service is declared' },
    },
    {
      name: 'task definition',
      kinds: ['AWS::ECS::TaskDefinition'],
      absent: {
        fr: 'aucune famille de définition de tâche n’est nommée',
        en: 'no task definition family is named',
      },
    },
    {
      name: 'target group',
      needlessFor: isWorker,
      kinds: ['AWS::ElasticLoadBalancingV2::TargetGroup'],
      absent: { fr: 'aucun groupe cible n’est nommé', en: 'no target group is named' },
    },
    {
      name: 'listener rule',
      needlessFor: isWorker,
      kinds: ['AWS::ElasticLoadBalancingV2::ListenerRule', 'AWS::ElasticLoadBalancingV2::Listener'],
      absent: {
        fr: 'aucun routage du répartiteur n’est déclaré',
        en: 'no routing at the load balancer is declared',
      },
    },
    {
      name: 'domain',
      needlessFor: isWorker,
      kinds: ['AWS::Route53::RecordSet', 'Cloudflare::DNS::Record'],
      absent: { fr: 'aucun nom de domaine n’est déclaré', en: 'no domain name is declared' },
    },
    {
      name: 'logs',
      kinds: ['AWS::Logs::LogGroup'],
      absent: { fr: 'aucun groupe de journaux n’est nommé', en: 'no log group is named' },
    },
  ],
});
