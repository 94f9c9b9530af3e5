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
