import type { MachineUser, Scenario } from '../../../host/machine.ts';
import type { Change, Files } from '../host.ts';

/** One thing that is wrong on the host or in the repository, and all that an audit says of it that it did not say before. */
export interface Fault {
  what: string;
  /** On the host. */
  host?: Change[];
  /** The recorded state of the host that it is on; the baseline where none is given. */
  scenario?: Scenario;
  user?: MachineUser;
  /** In the repository. */
  files?: Files;
  /** `rule: title` of every finding that is new, in English. */
  finds: string[];
  /** The same of the baseline’s findings that are gone. */
  ends?: string[];
  /** `status kind name`, and what differs, of every resource that stands otherwise. */
  resources?: string[];
  /** What is foretold of the retired Compose file that was not before: `effect [fails] what it reaches`. */
  foretold?: string[];
  /** Who gets a port first is a race, and another recording of it may tell more than this. */
  isRace?: true;
  /** Why no finding says it, or not all of it: a test asks whether that is still so. */
  lacking?: string;
}
