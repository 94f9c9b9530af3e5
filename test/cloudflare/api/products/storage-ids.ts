import { type CloudflareAccount, hex, uuid } from '../estate.ts';

/** Ids of what bindings lead to, by the name that the estate has for it. */
export const databaseId = (account: CloudflareAccount, name: string): string =>
  String(account.d1?.find((one) => one.name === name)?.uuid ?? uuid('d1', account.name, name));

export const namespaceId = (account: CloudflareAccount, title: string): string =>
  String(account.kv?.find((one) => one.title === title)?.id ?? hex('kv', account.name, title));

export const queueId = (account: CloudflareAccount, name: string): string => hex('queue', account.name, name);

export const objectsId = (account: CloudflareAccount, script: string, className: string): string =>
  hex('objects', account.name, script, className);
