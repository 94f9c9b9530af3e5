import { describe, expect, test } from 'vitest';
import { branchingPath, largePathReport } from '../test/fixtures/path-report.ts';
import { check, HOPS, type Path, samplePath } from '../test/fixtures/sample-path.ts';
import { same } from './text.ts';
import {
  besides,
  checksAt,
  firstProblem,
  hopsOfCause,
  inSentence,
  leadsOf,
  linksOf,
  namesIn,
  outcomeOf,
  pathHeadline,
  placesOf,
  policyFor,
  silentChecks,
} from './trace.ts';

const nameOf = namesIn(new Map());
const hop = (
  name: string,
  result?: 'pass' | 'fail' | 'unknown',
  more: Partial<Path['hops'][number]> = {},
) => ({
  resource: `constat:AWS::Test::Thing::${name}`,
  role: 'server',
  status: 'verified' as const,
  checks: result ? [check('a-check', result, same(`the check of ${name}`), [])] : [],
  ...more,
});
const pathOf = (...hops: Path['hops']): Path => ({ url: 'https://a.example/', hops, side: [], causes: [] });
const english = (path: Path) => pathHeadline(path, nameOf).en;

describe('what is known of a path', () => {
  test('it stops at the first hop with an established failure, not at a probable one before it', () => {
    const outcome = outcomeOf(samplePath());
    expect(outcome).toMatchObject({ is: 'stops', number: 3, check: { id: 'listener-missing' } });
    expect(pathHeadline(samplePath(), nameOf).fr).toBe(
      'La requête échoue à l’étape 3 sur 6, répartiteur `loadbalancer/app/vitrine-prod-alb/50dc6c495c0c9188`\u00a0: aucun écouteur sur le port 443.',
    );
  });

  test('a failure beside a hop is one of the hop', () => {
    const path = pathOf(hop('a', 'pass'), hop('b', 'pass'));
    path.side.push({
      role: 'network',
      of: path.hops[1]?.resource ?? '',
      checks: [check('x', 'fail', same('blocked'), [])],
    });
    expect(outcomeOf(path)).toMatchObject({ is: 'weak', number: 2 });
    path.causes.push({
      title: same('blocked'),
      chain: [same('blocked')],
      hops: [path.hops[1]?.resource ?? ''],
      checks: ['x'],
      certainty: 'established',
    });
    expect(outcomeOf(path)).toMatchObject({ is: 'stops', number: 2 });
  });

  test('a hop that is missing stops it, whatever its checks say', () => {
    const path = pathOf(hop('a', 'pass'), hop('b', undefined, { status: 'missing' }));
    expect(english(path)).toBe('The request fails at hop 2 of 2, server `b`: looked for, not there.');
  });

  test('a failure with another explanation is told as probable', () => {
    const path = pathOf(hop('a', 'fail'));
    const [only] = path.hops[0]?.checks ?? [];
    if (only) only.certainty = 'probable';
    expect(english(path)).toMatch(/^No failure is established; a probable one is at hop 1 of 1/);
  });

  test.each([
    ['a check without an answer', pathOf(hop('a', 'pass'), hop('b', 'unknown')), '1 check got no answer'],
    ['a hop that nobody could verify', pathOf(hop('a', 'pass', { status: 'unverified' })), '1 hop could not'],
    ['a hop without a check', pathOf(hop('a', 'pass'), hop('b')), '1 hop could not be verified'],
    ['no hop at all', pathOf(), 'nothing is established'],
  ])('%s never passes', (_, path, told) => {
    expect(outcomeOf(path).is).toBe('open');
    expect(english(path)).toContain(told);
    expect(english(path)).not.toContain('passes');
  });

  test('side checks of a hop that is not listed still count', () => {
    const path = pathOf(hop('a', 'pass'));
    path.side.push({ role: 'network', of: 'nobody', checks: [check('x', 'unknown', same('not read'), [])] });
    expect(outcomeOf(path).is).toBe('open');
  });

  test('it passes where everything was looked at and holds', () => {
    expect(english(pathOf(hop('a', 'pass'), hop('b', 'pass')))).toBe(
      'The request passes from end to end (2 hops): all 2 checks pass.',
    );
  });
});

test('the first problem of a hop is an established failure, then a probable one, then silence', () => {
  const unknown = check('u', 'unknown', same('u'), []);
  const likely = check('p', 'fail', same('p'), [], { certainty: 'probable' });
  const sure = check('f', 'fail', same('f'), []);
  expect(firstProblem([unknown, likely, sure])).toBe(sure);
  expect(firstProblem([unknown, likely])).toBe(likely);
  expect(firstProblem([check('ok', 'pass', same(''), []), unknown])).toBe(unknown);
  expect(firstProblem([])).toBeUndefined();
});

test('a cause stands at its hops, the root’s first; a side at the hop that needs it, once', () => {
  const path = samplePath();
  const roles = path.causes.map((cause) => hopsOfCause(path, cause).map(({ role }) => role));
  expect(roles).toEqual([
    ['load-balancer', 'cdn'],
    ['container', 'service'],
    ['service', 'target-group'],
  ]);
});

test('what got no answer stands under its permission, what has none last', () => {
  const path = samplePath();
  path.hops[0]?.checks.push(check('x', 'unknown', same('x'), []));
  expect([...silentChecks(path).keys()]).toEqual([
    'wafv2:GetWebACL',
    'logs:DescribeLogGroups',
    'logs:FilterLogEvents',
    '',
  ]);
  expect(JSON.parse(policyFor(path) ?? '{}').Action).toEqual([
    'logs:DescribeLogGroups',
    'logs:FilterLogEvents',
    'wafv2:GetWebACL',
  ]);
});

test('no policy is written of what is no action of IAM', () => {
  const path = pathOf(hop('a', 'unknown'));
  const [only] = path.hops[0]?.checks ?? [];
  if (only) only.permission = 'Zone.DNS: read", "Action": "*';
  expect(policyFor(path)).toBeUndefined();
});

describe('the places of hops', () => {
  const at = (path: Path) =>
    placesOf(path).map(({ hop: { resource }, column, row }) => `${nameOf(resource)} ${column},${row}`);

  test('one branch goes straight on, each other one opens a row', () => {
    expect(at(branchingPath())).toEqual([
      'record 0,0',
      'alb 1,0',
      'tg-blue 2,0',
      'web-blue 3,0',
      'tg-green 2,1',
      'web-green 3,1',
      'api 1,2',
      'function 2,2',
    ]);
  });

  test('no two stand in one place, at any size; each stands behind the one that leads to it', () => {
    for (const path of [branchingPath(), samplePath(), ...largePathReport().paths]) {
      const places = placesOf(path);
      expect(new Set(places.map(({ column, row }) => `${column},${row}`)).size).toBe(path.hops.length);
      for (const { column, row, parent } of places)
        if (parent) expect([column, row >= parent.row]).toEqual([parent.column + 1, true]);
    }
  });

  test('a hop that names itself or one after it as what leads to it begins anew', () => {
    const [first, second] = [hop('a', 'pass'), hop('b', 'pass')];
    const path = pathOf({ ...first, from: second.resource }, { ...second, from: second.resource });
    expect(at(path)).toEqual(['a 0,0', 'b 0,1']);
  });
});

test('lines are held up to the first unknown, cut at the failure, and off only beyond it on its branch', () => {
  const path = branchingPath();
  expect(leadsOf(path, placesOf(path))).toEqual([
    'held',
    'held',
    'held',
    'held',
    'cut',
    'off',
    'plain',
    'plain',
  ]);
});

test('the name of what is in no list is what its id tells', () => {
  expect(namesIn(new Map([['a', { name: 'known' }]]))('a')).toBe('known');
  expect(nameOf(HOPS.dns)).toBe('vitrine.example');
  expect(nameOf('constat:AWS::ECS::Service:prod:web')).toBe('web');
  expect(nameOf(HOPS.service)).toBe('service/vitrine-prod/vitrine-web');
  expect(nameOf('anything')).toBe('anything');
});

test('a text goes on inside a sentence; acronyms and names keep their capital', () => {
  const inside = (words: string) => inSentence(same(words)).en;
  expect(inside('Aucun écouteur')).toBe('aucun écouteur');
  expect(inside('L’étiquette manque')).toBe('l’étiquette manque');
  expect(inside('Épuisé')).toBe('épuisé');
  for (const kept of ['CDN', 'A et AAAA', 'CloudFront, `https-only`', 'Route 53', '`Name` here', 'S3 bucket'])
    expect(inside(kept)).toBe(kept);
});

test('the checks of a hop are its own, then those beside it', () => {
  const path = samplePath();
  const container = path.hops.at(-1);
  expect(container && checksAt(path, container).map(({ id }) => id)).toEqual([
    'container-port-mismatch',
    'image-pull-failing',
    'route-missing',
    'security-group-blocks',
    'image-missing',
    'log-group-missing',
    'container-crashing',
  ]);
});

test('what stands beside a hop is one group for each role, each resource named once', () => {
  const side = (role: string, resource: string, id: string) => ({
    role,
    resource,
    of: 'hop',
    checks: [check(id, 'pass', same(id), [])],
  });
  const groups = besides([side('network', 'a', '1'), side('image', 'b', '2'), side('network', 'a', '3')]);
  expect(groups.map(({ role, resources, checks }) => [role, resources, checks.map(({ id }) => id)])).toEqual([
    ['network', ['a'], ['1', '3']],
    ['image', ['b'], ['2']],
  ]);
});

test('a cause of one link says it once, in its title', () => {
  const cause = { hops: [], checks: [], certainty: 'established' as const };
  expect(linksOf({ ...cause, title: same('gone'), chain: [same('gone')] })).toEqual([]);
  expect(linksOf({ ...cause, title: same('gone'), chain: [same('other')] })).toHaveLength(1);
});
