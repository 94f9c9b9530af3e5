/**
 * AWS's own prefix list of the addresses from which CloudFront asks origins, by region: as “Limit access to your origins
 * using the AWS-managed prefix list for Amazon CloudFront” (AWS Networking & Content Delivery blog) gives them. A list
 * that does not stand here is one of which nothing is known.
 */
const LISTS: Readonly<Record<string, string>> = {
  'ap-northeast-1': 'pl-58a04531',
  'ap-northeast-2': 'pl-22a6434b',
  'ap-south-1': 'pl-9aa247f3',
  'ap-southeast-1': 'pl-31a34658',
  'ap-southeast-2': 'pl-b8a742d1',
  'ca-central-1': 'pl-38a64351',
  'eu-central-1': 'pl-a3a144ca',
  'eu-north-1': 'pl-fab65393',
  'eu-west-1': 'pl-4fa04526',
  'eu-west-2': 'pl-93a247fa',
  'eu-west-3': 'pl-75b1541c',
  'sa-east-1': 'pl-5da64334',
  'us-east-1': 'pl-3b927c52',
  'us-east-2': 'pl-b6a144df',
  'us-west-1': 'pl-4ea04527',
  'us-west-2': 'pl-82a045eb',
};

/** The list of a region, where it is known. */
export const cloudFrontList = (region: string | undefined): string | undefined =>
  region === undefined ? undefined : LISTS[region];

export const isCloudFrontList = (list: string, region: string | undefined): boolean =>
  cloudFrontList(region) === list;
