import { pathRule } from '../../derived/path-rule.ts';

/** What is in a public subnet needs a public address to get out through an internet gateway. */
export const publicIpMissing = pathRule({
  id: 'public-ip-missing',
  severity: 'high',
  title: { fr: 'Adresse publique manquante', en: 'Missing public address' },
  risk: {
    fr: 'Sans adresse publique, la passerelle Internet ne laisse rien sortir.',
    en: 'Without a public address the internet gateway lets nothing out.',
  },
  remedy: {
    fr: 'Donner une adresse publique (`assignPublicIp`), ou une sortie par une passerelle NAT.',
    en: 'Give it a public address (`assignPublicIp`), or a way out through a NAT gateway.',
  },
  references: ['https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-task-networking.html'],
});
