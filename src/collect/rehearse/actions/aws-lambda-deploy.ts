import { defineAction, optionsOf } from './action.ts';

/** Replaces the code of a Lambda function. */
export const awsLambdaDeploy = defineAction({
  names: ['aws-actions/aws-lambda-deploy', 'appleboy/lambda-action', 'int128/deploy-lambda-action'],
  async run(given, session) {
    const name = given('function-name') || given('function_name');
    const keys = [given('aws_access_key_id'), given('aws_secret_access_key')].filter(Boolean);
    if (keys.length) session.credential('aws', 'static-keys', keys);
    const options = {
      'function-name': name,
      'image-uri': given('image-uri') || given('image_uri'),
      's3-bucket': given('s3-bucket') || given('s3_bucket'),
      region: given('aws_region'),
    };
    await session.record(['aws', 'lambda', 'update-function-code', ...optionsOf(options)]);
    return { outputs: { 'function-arn': session.symbols.of(`ARN of function ${name}`) } };
  },
});
