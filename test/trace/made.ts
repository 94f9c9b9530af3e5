import { CreateClusterCommand, ECSClient } from '@aws-sdk/client-ecs';
import type { Maker } from './account.ts';
import { apis } from './estates/apis.ts';
import { edges } from './estates/edges.ts';
import { egress } from './estates/egress.ts';
import { front, networks } from './estates/front.ts';
import { names } from './estates/names.ts';
import { others } from './estates/others.ts';
import { zone } from './estates/parts.ts';
import { statics } from './estates/statics.ts';

/** Everything, and the URLs that lead through it. */
export async function make(m: Maker): Promise<void> {
  await zone(m, 'trial.example');
  await zone(m, 'corp.example');
  await m.client(ECSClient).send(new CreateClusterCommand({ clusterName: 'trial' }));
  await statics(m);
  await front(m);
  await apis(m);
  await networks(m);
  await others(m);
  await edges(m);
  await egress(m);
  await names(m);
}
