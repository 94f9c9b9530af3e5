const HEAD = 4096;
const VERSION = /^[\s{]{0,8}["']?AWSTemplateFormatVersion["']?\s{0,4}:/m;
const SERVERLESS = /["']?Transform["']?\s{0,4}:[^\n]{0,20}AWS::Serverless/;
const RESOURCES = /(?:^|[{,])[\s{]{0,8}["']?Resources["']?\s{0,4}:/m;
const RESOURCE = /["']?Type["']?\s{0,4}:\s{0,4}["']?AWS::\w/;

/** Whether the first 4 KB of a text show a template of CloudFormation or SAM. */
export function looksLikeTemplate(text: string): boolean {
  const head = text.slice(0, HEAD);
  if (!head.includes('AWS')) return false;
  return VERSION.test(head) || SERVERLESS.test(head) || (RESOURCES.test(head) && RESOURCE.test(head));
}
