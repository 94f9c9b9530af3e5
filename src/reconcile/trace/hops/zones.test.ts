import { describe, expect, test } from 'vitest';
import { Account, RECORD, ZONE } from '../test-estate.ts';
import { answerFor } from './zones.ts';

/** Records by name and type, in zones by name; `private:` before the name of one that only networks know. */
function zones(records: Record<string, string[]>) {
  const account = new Account();
  for (const [key, sets] of Object.entries(records)) {
    const name = key.replace('private:', '');
    account.see(
      ZONE,
      name,
      { id: key, privateZone: key !== name },
      { arn: `arn:aws:route53:::hostedzone/${key}` },
    );
    for (const set of sets) {
      const [record = '', type = 'A'] = set.split(' ');
      account.see(RECORD, record, { hostedZoneId: key, resourceRecords: [`of ${key}`] }, { scope: type });
    }
  }
  return account.graph();
}

const ZONE_OF = 'yard.example';

/** What answers: the name and the type of the record; `delegated` or `nothing`, and `inside` where only networks know it. */
function answer(records: Record<string, string[]>, host: string): string {
  const found = answerFor(zones(records), host);
  if (!found) return 'no zone';
  const { record } = found.found ?? {};
  const what = found.delegated ? 'delegated' : record ? `${record.name} ${record.scope}` : 'nothing';
  return found.isPrivate ? `${what} inside` : what;
}

describe('what answers for a name', () => {
  test.each([
    ['its own record', ['a.yard.example'], 'a.yard.example', 'a.yard.example A'],
    ['whatever its case', ['A.yard.example'], 'a.YARD.example', 'a.yard.example A'],
    ['a star', ['*.yard.example'], 'a.yard.example', '*.yard.example A'],
    ['a star, some labels below', ['*.yard.example'], 'b.a.yard.example', '*.yard.example A'],
    [
      'its own alias name before a star',
      ['a.yard.example CNAME', '*.yard.example'],
      'a.yard.example',
      'a.yard.example CNAME',
    ],
    [
      'no star where it has another record',
      ['a.yard.example TXT', '*.yard.example'],
      'a.yard.example',
      'nothing',
    ],
    [
      'no star where it stands above a record',
      ['b.a.yard.example', '*.yard.example'],
      'a.yard.example',
      'nothing',
    ],
    [
      'no star of further above where a name between is there',
      ['a.yard.example', '*.yard.example'],
      'b.a.yard.example',
      'nothing',
    ],
    [
      'the star of the closest name',
      ['*.a.yard.example', '*.yard.example'],
      'b.a.yard.example',
      '*.a.yard.example A',
    ],
    ['nothing at the apex', ['*.yard.example'], 'yard.example', 'nothing'],
    ['somebody else', ['a.yard.example NS', '*.yard.example'], 'b.a.yard.example', 'delegated'],
    ['somebody else for the name itself', ['a.yard.example NS'], 'a.yard.example', 'delegated'],
    [
      'the zone itself has name servers',
      ['yard.example NS', 'yard.example'],
      'yard.example',
      'yard.example A',
    ],
  ])('%s', (_, records, host, expected) => {
    expect(answer({ [ZONE_OF]: records }, host)).toBe(expected);
  });

  test.each([
    ['the narrowest zone', { 'yard.example': ['a.b.yard.example'], 'b.yard.example': [] }, 'nothing'],
    [
      'a zone before what is left to it',
      { 'yard.example': ['b.yard.example NS'], 'b.yard.example': ['a.b.yard.example'] },
      'a.b.yard.example A',
    ],
    [
      'the public zone before one inside',
      { 'yard.example': ['*.yard.example'], 'private:b.yard.example': ['a.b.yard.example'] },
      '*.yard.example A',
    ],
    [
      'the zone inside where no other has it',
      { 'yard.example': [], 'private:b.yard.example': ['a.b.yard.example'] },
      'a.b.yard.example A inside',
    ],
    ['nobody where no zone has it', { 'other.example': ['a.b.yard.example'] }, 'no zone'],
    ['nobody where the zone inside has it not', { 'private:yard.example': [] }, 'no zone'],
  ])('%s', (_, records, expected) => {
    expect(answer(records, 'a.b.yard.example')).toBe(expected);
  });
});
