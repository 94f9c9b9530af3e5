import { aws, listing, plainListing } from './aws.ts';

const arnPart = (name: string, index: number) =>
  name.startsWith('arn:') ? (name.split(':').slice(5).join(':').split('/')[index] ?? name) : name;

/** What templates declare beside the usual: layers, node groups, launch templates, brokers, backups. */
export const kinds = [
  aws('AWS::Lambda::LayerVersion', 'couche Lambda', 'Lambda layer', {
    domain: 'compute',
    normalise: (name) => (name.startsWith('arn:') ? (name.split(':')[6] ?? name) : name),
    verify: listing('lambda list-layers', 'Layers', 'LayerName'),
  }),
  aws('AWS::EC2::LaunchTemplate', 'modèle de lancement EC2', 'EC2 launch template', {
    domain: 'compute',
    verify: listing('ec2 describe-launch-templates', 'LaunchTemplates', 'LaunchTemplateName'),
  }),
  aws('AWS::RDS::DBProxy', 'proxy RDS', 'RDS proxy', {
    domain: 'data',
    verify: listing('rds describe-db-proxies', 'DBProxies', 'DBProxyName', ['Status']),
  }),
  aws('AWS::Redshift::Cluster', 'cluster Redshift', 'Redshift cluster', {
    domain: 'data',
    verify: listing('redshift describe-clusters', 'Clusters', 'ClusterIdentifier', ['ClusterStatus']),
  }),
  aws('AWS::MSK::Cluster', 'cluster MSK', 'MSK cluster', {
    domain: 'messaging',
    normalise: (name) => arnPart(name, 1),
    verify: listing('kafka list-clusters-v2', 'ClusterInfoList', 'ClusterName', ['State']),
  }),
  aws('AWS::CloudWatch::Dashboard', 'tableau de bord CloudWatch', 'CloudWatch dashboard', {
    domain: 'observability',
    verify: listing('cloudwatch list-dashboards', 'DashboardEntries', 'DashboardName'),
  }),
  aws('AWS::Glue::Crawler', 'robot d’indexation Glue', 'Glue crawler', {
    domain: 'compute',
    verify: plainListing('glue list-crawlers', 'CrawlerNames'),
  }),
  aws('AWS::Backup::BackupVault', 'coffre AWS Backup', 'AWS Backup vault', {
    domain: 'data',
    verify: listing('backup list-backup-vaults', 'BackupVaultList', 'BackupVaultName'),
  }),
  aws('AWS::Backup::BackupPlan', 'plan AWS Backup', 'AWS Backup plan', {
    domain: 'data',
    verify: listing('backup list-backup-plans', 'BackupPlansList', 'BackupPlanName'),
  }),
  aws('AWS::AppSync::GraphQLApi', 'API GraphQL AppSync', 'AppSync GraphQL API', {
    domain: 'edge',
    verify: listing('appsync list-graphql-apis', 'graphqlApis', 'name'),
  }),
  aws('AWS::ServiceDiscovery::PrivateDnsNamespace', 'espace de noms Cloud Map', 'Cloud Map namespace', {
    domain: 'network',
    verify: listing('servicediscovery list-namespaces', 'Namespaces', 'Name'),
  }),
];
