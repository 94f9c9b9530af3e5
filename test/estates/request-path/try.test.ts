import { expect, test, vi } from 'vitest';
import { audit } from '#audit.ts';
import { awsForTests } from '../../aws/aws-for-tests.ts';
import { DAY } from '../../support/audit-folder.ts';
import { ACCOUNT, fill, REGION, URLS } from './account.ts';
import { writeFileSync } from 'node:fs';

const aws = awsForTests({ account: ACCOUNT });
test('try', { timeout: 100000 }, async () => {
  let t = Date.now();
  const ids = await fill(aws.moto);
  console.log('filled', Date.now() - t); t = Date.now();
  vi.stubEnv('AWS_ENDPOINT_URL', aws.url);
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'testing');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'testing');
  const { audit: result } = await audit({
    shownAs: 'x', name: 'harbour', config: {}, lock: { version: 1, next: 1, gaps: {} }, lang: 'en', version: '0',
    clock: () => DAY, aws: { regions: [REGION], delay: 1 } as never, urls: Object.values(URLS),
  });
  console.log('audited', Date.now() - t);
  for (const path of result.estate.paths) {
    console.log('=== ' + path.url);
    for (const hop of path.hops) {
      console.log(hop.role, hop.resource, hop.status, JSON.stringify(hop.request));
      for (const c of hop.checks) console.log('   ', c.result, c.id, c.text.en, c.refusal ? JSON.stringify(c.refusal.why.en): '');
      for (const s of path.side.filter((s) => s.of === hop.resource)) {
        console.log('   side', s.role, s.resource);
        for (const c of s.checks) console.log('       ', c.result, c.id, c.text.en, c.refusal ? JSON.stringify(c.refusal.why.en): '');
      }
    }
  }
  writeFileSync('/tmp/resources.json', JSON.stringify(result.estate.resources, null, 1));
  console.log(JSON.stringify(result.estate.coverage.map((c) => [c.region, c.reason?.en, c.operations?.filter((o) => o.denied + o.failed > 0)]), null, 1));
});
