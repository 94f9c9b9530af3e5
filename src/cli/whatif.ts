import { hostRequests, withHostOptions } from './host-options.ts';
import { whatIfCommand } from './whatif-command.ts';

/** `constat whatif`, with hosts as every command reads them. */
export const whatIf = whatIfCommand(withHostOptions, async (options, config) => {
  const requests = hostRequests(options, config);
  if (requests.length === 0) return { hosts: [], coverage: [] };
  const { collectHosts } = await import('#collect/host/collect-hosts.ts');
  return collectHosts(requests, [], () => new Date());
});
