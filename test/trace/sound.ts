/** Things whose own names are followed: what the account calls them. */
export const HOST_URLS = [
  'distribution-dns static',
  'api-dns items',
  'address host',
  'function-url page',
] as const;

/** What stands behind a load balancer most often. */
const SERVED = 'target-group service container';
const FRONT = `dns load-balancer ${SERVED}`;

/** URLs through the account, with the roles of their hops and the checks that nobody can tell. */
export const SOUND: [url: string, roles: string, unknown?: string][] = [
  ['https://static.trial.example/', 'dns cdn bucket'],
  ['https://web.trial.example/', 'dns cdn bucket'],
  ['http://site.trial.example/', 'dns bucket'],
  ['https://api.trial.example/', 'dns api-gateway api-gateway function'],
  ['https://edge.trial.example/', 'dns api-gateway api-gateway function'],
  ['https://private.trial.example/', `dns api-gateway api-gateway load-balancer ${SERVED}`],
  ['https://rest.trial.example/', `dns api-gateway api-gateway load-balancer ${SERVED}`],
  ['https://shop.trial.example/', FRONT],
  ['https://shop.trial.example/admin/users', FRONT],
  ['http://shop.trial.example/', FRONT],
  ['https://corp.example/', FRONT],
  ['https://www.corp.example/', `dns load-balancer dns ${SERVED}`],
  ['https://wire.trial.example/', 'dns load-balancer target-group server server'],
  ['https://fixed.trial.example/', `dns load-balancer target-group load-balancer ${SERVED}`],
  ['https://ended.trial.example/', `dns load-balancer target-group load-balancer ${SERVED}`],
  ['https://function.trial.example/', 'dns load-balancer target-group function'],
  ['https://pods.trial.example/', 'dns load-balancer target-group'],
  ['https://bridge.trial.example/', `${FRONT} server server`, 'image-missing'],
  // a rule for those who send a header leads to a group that is empty between two deployments
  ['https://colours.trial.example/', `${FRONT} target-group`, 'listener-rule-shadowed target-group-empty'],
  ['https://sidecar.trial.example/', FRONT, 'image-missing'],
  ['https://app.trial.example/', 'dns cdn bucket bucket'],
  ['https://app.trial.example/api/v1', `dns cdn dns load-balancer ${SERVED}`],
  ['https://inner.trial.example/', `dns cdn load-balancer ${SERVED}`],
  ['https://url.trial.example/', 'dns cdn function'],
  ['https://<function-url page>/', 'function'],
  ['https://foreign.trial.example/', 'dns cdn load-balancer', 'origin-missing'],
  ['https://other.trial.example/', 'dns cdn bucket'],
  ['https://host.trial.example/', 'dns server server'],
  ['https://chain.trial.example/', `dns dns dns load-balancer ${SERVED}`],
  ['https://a.team.trial.example/', 'dns', 'dns-record-missing'],
  ['https://saas.trial.example/', 'dns', 'dns-record-misdirected'],
  ['https://runner.trial.example/', 'dns server', 'dns-record-misdirected'],
  ['https://bean.trial.example/', 'dns server', 'dns-record-misdirected'],
  ['https://near.trial.example/', `${FRONT} load-balancer`, 'dns-record-misdirected'],
  ['https://spare.trial.example/', `${FRONT} bucket`, 'dns-record-misdirected'],
  ['https://split.trial.example/', FRONT],
  ['https://transit.trial.example/', FRONT, 'route-missing'],
  ['https://firewall.trial.example/', FRONT, 'route-missing'],
  ['https://lists.trial.example/', FRONT, 'route-missing'],
  ['https://hub.trial.example/', FRONT, 'route-missing'],
  ['https://six.trial.example/', FRONT, 'route-missing'],
  ['http://tool.inside.example/', FRONT, 'dns-record-missing'],
  ['https://elsewhere.example/', 'dns', 'dns-record-missing'],
  ['https://<distribution-dns static>/', 'cdn bucket'],
  ['https://<api-dns items>/x', 'api-gateway function'],
  ['https://<address host>/', 'server server'],
  ['https://theirs-1.us-east-1.elb.amazonaws.com/', 'load-balancer', 'dns-record-misdirected'],
  ['https://abcdefghij.execute-api.eu-west-3.amazonaws.com/prod', 'api-gateway', 'dns-record-misdirected'],
];
