import { defineAction, optionsOf } from './action.ts';

/** Makes a version of an Elastic Beanstalk application and puts it into an environment. */
export const beanstalkDeploy = defineAction({
  names: ['einaregilsson/beanstalk-deploy'],
  async run(given, session) {
    const keys = [given('aws_access_key'), given('aws_secret_key')].filter(Boolean);
    if (keys.length) session.credential('aws', 'static-keys', keys);
    const application = given('application_name');
    const region = given('region');
    const label = given('version_label');
    await session.record([
      'aws',
      'elasticbeanstalk',
      'create-application-version',
      ...optionsOf({ 'application-name': application, 'version-label': label, region }),
    ]);
    if (given('environment_name'))
      await session.record([
        'aws',
        'elasticbeanstalk',
        'update-environment',
        ...optionsOf({
          'application-name': application,
          'environment-name': given('environment_name'),
          'version-label': label,
          region,
        }),
      ]);
    return undefined;
  },
});
