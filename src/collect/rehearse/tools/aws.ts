import { answerAws } from './aws/answers.ts';
import { awsNamed, awsVerb } from './aws/named.ts';
import { parseAws } from './aws/parse.ts';
import { recordAws } from './aws/record.ts';
import { defineTool } from './tool.ts';

/** The AWS CLI. AWS CLI v2 reference; option types from botocore's models. */
export const aws = defineTool({
  names: ['aws'],
  parse: parseAws,
  answer: answerAws,
  verb: awsVerb,
  named: awsNamed,
  record: recordAws,
});
