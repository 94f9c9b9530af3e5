import type { Remedy } from '../remedy.ts';
import { listenerForwardsHttp } from './listener-forwards-http.ts';
import { listenerMissing } from './listener-missing.ts';

/** Every remedy, in the order in which a request meets what they mend. */
export const remedies: readonly Remedy[] = [listenerMissing, listenerForwardsHttp];
