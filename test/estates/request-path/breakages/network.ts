import type { Breakage } from './breakage.ts';
import { endpoints } from './network/endpoints.ts';
import { groups } from './network/groups.ts';
import { lists } from './network/lists.ts';
import { routes } from './network/routes.ts';

/** What is wrong with the network. */
export const network: Breakage[] = [...groups, ...routes, ...endpoints, ...lists];
