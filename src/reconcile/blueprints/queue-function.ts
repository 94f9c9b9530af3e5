import { defineBlueprint, has } from './blueprint.ts';

/** A function fed by queues, topics or schedules. AWS Lambda developer guide, “Event source mappings”. */
export const queueFunction = defineBlueprint({
  id: 'queue-function',
  title: { fr: 'Fonction et ses files', en: 'Function with queues' },
  applies: (view) => has(view, 'AWS::Lambda::Function') && !has(view, 'AWS::ECS::Service'),
  components: [
    {
      name: 'function',
      kinds: ['AWS::Lambda::Function'],
      absent: { fr: 'aucune fonction n’est déclarée', en: 'no function is declared' },
    },
    {
      name: 'workflow',
      kinds: ['GitHub::Actions::Workflow'],
      fits: (resource, view) => view.system.workflows.some((file) => file.endsWith(`/${resource.name}`)),
      absent: { fr: 'aucun workflow ne déploie cette fonction', en: 'no workflow deploys this function' },
    },
    {
      name: 'trigger',
      kinds: [
        'AWS::SQS::Queue',
        'AWS::SNS::Topic',
        'AWS::Events::Rule',
        'AWS::Scheduler::Schedule',
        'AWS::ApiGateway::RestApi',
        'AWS::ApiGatewayV2::Api',
        'AWS::Kinesis::Stream',
      ],
      absent: {
        fr: 'ni file, ni sujet, ni planification, ni API n’est nommé',
        en: 'no queue, topic, schedule or API is named',
      },
    },
    {
      name: 'role',
      kinds: ['AWS::IAM::Role'],
      absent: { fr: 'aucun rôle d’exécution n’est nommé', en: 'no execution role is named' },
    },
    {
      name: 'logs',
      kinds: ['AWS::Logs::LogGroup'],
      absent: { fr: 'aucun groupe de journaux n’est nommé', en: 'no log group is named' },
    },
  ],
});
