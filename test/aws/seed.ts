import { ACCOUNT } from './moto.ts';
import { type BalancerDescription, seedBalancers, seedCertificates } from './seed/balancers.ts';
import { type ContainerDescription, seedContainers } from './seed/containers.ts';
import { type DataDescription, seedBuckets, seedData } from './seed/data.ts';
import { type EdgeDescription, seedEdge } from './seed/edge.ts';
import { type EventDescription, seedEvents } from './seed/events.ts';
import { type IdentityDescription, seedIdentity, seedTrails } from './seed/identity.ts';
import { Made } from './seed/made.ts';
import { type NetworkDescription, seedNetwork } from './seed/network.ts';

/**
 * What one region of an account holds, each thing by its name. Where one thing belongs to another it says the other's
 * name. Values that are not told apart here are those of the SDK's inputs, with a default for what AWS requires.
 */
export interface AccountDescription
  extends IdentityDescription,
    NetworkDescription,
    BalancerDescription,
    ContainerDescription,
    EdgeDescription,
    DataDescription,
    EventDescription {}

/**
 * Makes what is described, and nothing else.
 *
 * @param endpoint of moto
 * @returns what AWS calls each thing, by what it is and its name: `{ 'target-group api': 'arn:…', 'vpc main': 'vpc-…' }`
 * @throws where the description names what it has not, or moto refuses something
 */
export async function seed(
  endpoint: string,
  region: string,
  description: AccountDescription,
  account = ACCOUNT,
): Promise<Record<string, string>> {
  const made = new Made(endpoint, region, account);
  try {
    await seedIdentity(made, description);
    await seedBuckets(made, description);
    await seedTrails(made, description);
    await seedNetwork(made, description);
    await seedCertificates(made, description);
    await seedBalancers(made, description);
    await seedContainers(made, description);
    await seedEdge(made, description);
    await seedData(made, description);
    await seedEvents(made, description);
    return made.all;
  } finally {
    made.close();
  }
}
