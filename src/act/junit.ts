import Builder from 'fast-xml-builder';
import { visible } from '#model/text.ts';
import { expectedOf, type Proven } from './prove.ts';

const LONGEST = 1_000;

/**
 * The results of proofs as JUnit XML (the form that Jenkins, GitLab and GitHub's actions read): a failure is a failure,
 * and what nobody could tell is skipped, with the reason.
 */
export function junitOf(proven: readonly Proven[], estate: string): string {
  const builder = new Builder({ ignoreAttributes: false, attributeNamePrefix: '@', format: true });
  const seconds = (ms: number): string => (ms / 1000).toFixed(3);
  const count = (result: Proven['result']): string =>
    String(proven.filter((one) => one.result === result).length);
  const counts = {
    '@tests': String(proven.length),
    '@failures': count('fail'),
    '@skipped': count('unknown'),
    '@errors': '0',
    '@time': seconds(proven.reduce((sum, { ms }) => sum + ms, 0)),
  };
  return builder.build({
    '?xml': { '@version': '1.0', '@encoding': 'UTF-8' },
    testsuites: {
      '@name': 'constat',
      ...counts,
      testsuite: {
        '@name': visible(estate),
        ...counts,
        testcase: proven.map(({ proof, result, got, ms }) => ({
          '@classname': visible(proof.id),
          '@name': visible(proof.title.en.replaceAll('`', ''), LONGEST),
          '@time': seconds(ms),
          ...(result === 'fail' && {
            failure: {
              '@message': `expected ${expectedOf(proof)}, got ${visible(got, LONGEST)}`,
              '#text': visible(proof.command, LONGEST),
            },
          }),
          ...(result === 'unknown' && { skipped: { '@message': visible(got, LONGEST) } }),
        })),
      },
    },
  });
}
