import type { Json, RelationFact } from '#model/fact.ts';
import { type Answered, numberOf, objectOf, objectsOf, textOf } from '../fields.ts';
import { defineCloudflareCollector } from './cloudflare-collector.ts';

const QUEUES = '/accounts/{account_id}/queues';

/** Queues with who writes to them, who is given their messages, and where those go that fail. Cloudflare API, “Queues”. */
export const queues = defineCloudflareCollector({
  id: 'queues',
  title: { fr: 'Files', en: 'Queues' },
  kinds: ['Cloudflare::Queue'],
  permissions: { [QUEUES]: 'Queues Read' },
  async collect(cf) {
    await cf.list(['Cloudflare::Queue'], async () => {
      for (const queue of await cf.every(QUEUES, { by: 'page', size: 100 })) {
        const [name, id] = [textOf(queue.queue_name), textOf(queue.queue_id)];
        if (name === undefined || id === undefined) continue;
        const consumers = objectsOf(queue.consumers);
        const settings = objectOf(queue.settings);
        cf.see({
          kind: 'Cloudflare::Queue',
          name,
          told: QUEUES,
          address: `/accounts/${cf.account}/queues/${id}`,
          otherNames: [id],
          properties: {
            consumers: consumers.map(consumerOf),
            producers: numberOf(queue.producers_total_count),
            deliveryDelay: numberOf(settings.delivery_delay),
            retentionSeconds: numberOf(settings.message_retention_period),
          },
          relations: consumers.flatMap(relationsOf),
        });
      }
    });
  },
});

const scriptOf = ({ script, script_name: name, service }: Answered): string | undefined =>
  textOf(script) ?? textOf(name) ?? textOf(service);

function consumerOf(consumer: Answered): Json {
  const settings = objectOf(consumer.settings);
  return Object.fromEntries(
    Object.entries({
      type: textOf(consumer.type),
      script: scriptOf(consumer),
      deadLetterQueue: textOf(consumer.dead_letter_queue),
      batchSize: numberOf(settings.batch_size),
      maxRetries: numberOf(settings.max_retries),
    }).filter((entry): entry is [string, string | number] => entry[1] !== undefined),
  );
}

function relationsOf(consumer: Answered): RelationFact[] {
  const script = scriptOf(consumer);
  const dead = textOf(consumer.dead_letter_queue);
  return [
    ...(script === undefined
      ? []
      : [{ type: 'routes-to', to: { kind: 'Cloudflare::Workers::Script', name: script } } as const]),
    ...(dead === undefined
      ? []
      : [{ type: 'dead-letters-to', to: { kind: 'Cloudflare::Queue', name: dead } } as const]),
  ];
}
