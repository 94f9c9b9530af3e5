import { EC2Client } from '@aws-sdk/client-ec2';
import type { Estate } from '../../harbour.ts';

export const ec2 = ({ client }: Estate) => client(EC2Client);
export const group = ({ id }: Estate, name: string) => id(`security-group ${name}`);
export const table = ({ id }: Estate, name: string) => id(`route-table ${name}`);
