import type { Session } from '../session.ts';
import type { Inputs } from './action.ts';
import { defineAction, linesOf } from './action.ts';

const value = (given: Inputs, session: Session, ...names: string[]): string =>
  names.map((name) => given(name) || session.variable(name)).find(Boolean) ?? '';

/** Copies a folder to a bucket, and empties the distribution's cache where one is given. Inputs may stand in `env:`. */
export const s3Sync = defineAction({
  names: [
    'jakejarvis/s3-sync-action',
    'reggionick/s3-deploy',
    'shallwefootball/s3-upload-action',
    'shallwefootball/upload-s3-action',
    'tpaschalis/s3-sync-action',
  ],
  async run(given, session) {
    const bucket = value(given, session, 'bucket', 'AWS_S3_BUCKET', 'aws_bucket');
    const folder = value(given, session, 'folder', 'SOURCE_DIR', 'source_dir') || '.';
    const target = value(given, session, 'DEST_DIR', 'destination_dir', 'prefix').replace(/^\//, '');
    const region = value(given, session, 'bucket-region', 'AWS_REGION');
    const keys = [given('aws_key_id'), given('aws_secret_access_key'), given('AWS_ACCESS_KEY_ID')].filter(
      Boolean,
    );
    if (keys.length) session.credential('aws', 'static-keys', keys);
    const options = [...(region ? ['--region', region] : []), ...linesOf(given('args'), /\s+/)];
    if (bucket)
      await session.record([
        'aws',
        's3',
        'sync',
        folder,
        `s3://${bucket}${target && `/${target}`}`,
        ...options,
      ]);
    const distribution = given('dist-id');
    if (distribution)
      await session.record(['aws', 'cloudfront', 'create-invalidation', '--distribution-id', distribution]);
    return undefined;
  },
});
