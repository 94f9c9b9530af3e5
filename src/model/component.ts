import type { ComponentStatus } from './resource.ts';
import type { Text } from './text.ts';

export const BLUEPRINTS = [
  'ecs-web-service',
  's3-cloudfront-site',
  'queue-function',
  'cloudflare-worker',
  'host-service',
] as const;
export type BlueprintId = (typeof BLUEPRINTS)[number];

/** One row of a component table: what one system needs in one environment, and what is known of it. */
export interface Component {
  system: string;
  environment: string;
  blueprint: BlueprintId;
  /** The role in the blueprint: `registry`, `cluster`, `service`, `domain`… */
  component: string;
  /** The resource's id; absent when no source names one. */
  resource?: string;
  status: ComponentStatus;
  note: Text;
}

/** What a person calls the components of blueprints; the report's data keeps the ids. */
export const COMPONENT_NAMES: Record<string, Text> = {
  registry: { fr: 'Dépôt d’images', en: 'Registry' },
  image: { fr: 'Image', en: 'Image' },
  workflow: { fr: 'Workflow', en: 'Workflow' },
  cluster: { fr: 'Cluster', en: 'Cluster' },
  service: { fr: 'Service', en: 'Service' },
  'task definition': { fr: 'Définition de tâche', en: 'Task definition' },
  'target group': { fr: 'Groupe cible', en: 'Target group' },
  'load balancer': { fr: 'Répartiteur de charge', en: 'Load balancer' },
  listener: { fr: 'Écouteur', en: 'Listener' },
  'listener rule': { fr: 'Routage', en: 'Routing' },
  domain: { fr: 'Domaine', en: 'Domain' },
  certificate: { fr: 'Certificat', en: 'Certificate' },
  distribution: { fr: 'Distribution', en: 'Distribution' },
  bucket: { fr: 'Bucket', en: 'Bucket' },
  logs: { fr: 'Journaux', en: 'Logs' },
  function: { fr: 'Fonction', en: 'Function' },
  queue: { fr: 'File', en: 'Queue' },
  'dead letter queue': { fr: 'File DLQ', en: 'Dead-letter queue' },
  role: { fr: 'Rôle', en: 'Role' },
  secrets: { fr: 'Secrets', en: 'Secrets' },
  script: { fr: 'Worker', en: 'Worker' },
  trigger: { fr: 'Déclencheur', en: 'Trigger' },
  data: { fr: 'Données', en: 'Data' },
  'reverse proxy': { fr: 'Mandataire inverse', en: 'Reverse proxy' },
  worker: { fr: 'Worker', en: 'Worker' },
  route: { fr: 'Route', en: 'Route' },
  database: { fr: 'Base de données', en: 'Database' },
  host: { fr: 'Hôte', en: 'Host' },
  container: { fr: 'Conteneur', en: 'Container' },
  proxy: { fr: 'Proxy', en: 'Proxy' },
  schedule: { fr: 'Planification', en: 'Schedule' },
  storage: { fr: 'Stockage', en: 'Storage' },
};
