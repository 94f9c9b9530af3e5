import { code, type Text } from '#model/text.ts';

/** How each value is found that a check may leave out: what it is, and where it stands. By its name in `values`. */
const HOW: Readonly<Record<string, Text>> = {
  region: { fr: 'la région', en: 'the region' },
  better: {
    fr: 'l’ARN d’un certificat émis qui couvre les noms, dans la région de ce qui l’utilise (`us-east-1` pour CloudFront)\u00a0: `aws acm list-certificates --certificate-statuses ISSUED`',
    en: 'the ARN of an issued certificate that covers the names, in the region of what uses it (`us-east-1` for CloudFront): `aws acm list-certificates --certificate-statuses ISSUED`',
  },
  loadBalancer: {
    fr: 'l’ARN du répartiteur\u00a0: `aws elbv2 describe-load-balancers`',
    en: 'the ARN of the load balancer: `aws elbv2 describe-load-balancers`',
  },
  listener: {
    fr: 'l’ARN de l’écouteur\u00a0: `aws elbv2 describe-listeners`',
    en: 'the ARN of the listener: `aws elbv2 describe-listeners`',
  },
  rule: {
    fr: 'l’ARN de la règle\u00a0: `aws elbv2 describe-rules`',
    en: 'the ARN of the rule: `aws elbv2 describe-rules`',
  },
  priority: {
    fr: 'une priorité libre, plus petite que celle de la règle qui la masque\u00a0: `aws elbv2 describe-rules`',
    en: 'a free priority, smaller than that of the rule that shadows it: `aws elbv2 describe-rules`',
  },
  targetGroup: {
    fr: 'l’ARN du groupe cible\u00a0: `aws elbv2 describe-target-groups`',
    en: 'the ARN of the target group: `aws elbv2 describe-target-groups`',
  },
  healthCheckPath: {
    fr: 'le chemin auquel le conteneur répond quand il va bien',
    en: 'the path at which the container answers when it is well',
  },
  port: { fr: 'le port', en: 'the port' },
  zone: {
    fr: 'l’identifiant de la zone publique\u00a0: `aws route53 list-hosted-zones`',
    en: 'the id of the public hosted zone: `aws route53 list-hosted-zones`',
  },
  target: {
    fr: 'le nom DNS vers lequel l’enregistrement doit mener',
    en: 'the DNS name that the record should lead to',
  },
  targetZone: {
    fr: 'la zone de la cible de l’alias (`CanonicalHostedZoneId` du répartiteur)',
    en: 'the zone of the alias’s target (`CanonicalHostedZoneId` of the load balancer)',
  },
  distribution: {
    fr: 'l’identifiant de la distribution\u00a0: `aws cloudfront list-distributions`',
    en: 'the id of the distribution: `aws cloudfront list-distributions`',
  },
  subnets: {
    fr: 'les sous-réseaux, un par zone\u00a0: `aws ec2 describe-subnets`',
    en: 'the subnets, one for each zone: `aws ec2 describe-subnets`',
  },
  routeTable: {
    fr: 'la table de routage du sous-réseau\u00a0: `aws ec2 describe-route-tables`',
    en: 'the route table of the subnet: `aws ec2 describe-route-tables`',
  },
  gateway: {
    fr: 'la passerelle internet attachée au VPC (`aws ec2 describe-internet-gateways`), ou une passerelle NAT en état `available` (`aws ec2 describe-nat-gateways`)',
    en: 'the internet gateway attached to the VPC (`aws ec2 describe-internet-gateways`), or a NAT gateway that is `available` (`aws ec2 describe-nat-gateways`)',
  },
  natGateway: {
    fr: 'une passerelle NAT en état `available`, dans un sous-réseau public\u00a0: `aws ec2 describe-nat-gateways`',
    en: 'a NAT gateway that is `available`, in a public subnet: `aws ec2 describe-nat-gateways`',
  },
  latest: {
    fr: 'la révision voulue\u00a0: `aws ecs list-task-definitions --sort DESC`',
    en: 'the intended revision: `aws ecs list-task-definitions --sort DESC`',
  },
  containerPort: {
    fr: 'le port sur lequel le conteneur écoute\u00a0: son `EXPOSE`, son `PORT`, ou sa première ligne de journal',
    en: 'the port on which the container listens: its `EXPOSE`, its `PORT`, or the first line of its log',
  },
  desiredCount: {
    fr: 'le nombre de tâches à demander\u00a0: ce qu’il était avant l’arrêt, dans l’historique de CloudTrail (`UpdateService`) ou dans le fichier qui déploie',
    en: 'how many tasks to ask for: what it was before it was stopped, in CloudTrail (`UpdateService`) or in the file that deploys it',
  },
  ruleNumber: {
    fr: 'un numéro libre, plus petit que celui de l’entrée qui refuse\u00a0: `aws ec2 describe-network-acls`',
    en: 'a free number, smaller than that of the entry that refuses: `aws ec2 describe-network-acls`',
  },
  group: {
    fr: 'le groupe de sécurité\u00a0: `aws ec2 describe-security-groups`',
    en: 'the security group: `aws ec2 describe-security-groups`',
  },
  logGroup: {
    fr: 'le groupe de journaux que nomme la définition de tâche (`awslogs-group`)',
    en: 'the log group that the task definition names (`awslogs-group`)',
  },
};

/** What to find, and how. */
export function needOf(name: string): Text {
  const how = HOW[name] ?? { fr: `la valeur ${code(name)}`, en: `the value ${code(name)}` };
  return { fr: `À trouver\u00a0: ${how.fr}.`, en: `To find: ${how.en}.` };
}
