import { expect, test } from 'vitest';
import { between } from './between.ts';
import { fromInternet } from './from-internet.ts';
import { answerOf } from './network-acls.ts';
import { INTERNET, rangeOf, rangesOf } from './ranges.ts';
import { BALANCER, entry, natEstate, type Properties, ports, TASKS } from './test-network.ts';
import { checksOf } from './verdict.ts';

const rule = (number: number, isAllowed: boolean, cidr: string, from = 0, to = 65_535) => {
  const range = rangeOf(cidr);
  if (!range) throw new Error(cidr);
  return { number, isAllowed, range, ports: { from, to } };
};
const SUBNET = rangesOf(['10.0.0.0/24']);

test('of two rules the one with the lower number decides', () => {
  const web = { from: 443, to: 443 };
  const all = rule(100, true, '0.0.0.0/0');
  expect(answerOf([all, rule(200, false, '0.0.0.0/0')], SUBNET, web).admission).toBe('all');
  expect(answerOf([rule(50, false, '10.0.0.0/24'), all], SUBNET, web)).toEqual({
    admission: 'none',
    refused: [web],
    rule: 50,
  });
  expect(answerOf([rule(50, false, '10.0.0.0/25'), all], SUBNET, web).admission).toBe('part');
  expect(
    answerOf([rule(40, true, '10.0.0.0/16'), rule(50, false, '10.0.0.0/24')], SUBNET, web).admission,
  ).toBe('all');
});

test('ports are judged each by the rules that speak of them', () => {
  const answers = { from: 1024, to: 65_535 };
  const entries = [
    rule(10, false, '0.0.0.0/0', 3389, 3389),
    rule(20, true, '0.0.0.0/0', 1024, 4999),
    rule(30, true, '0.0.0.0/0', 10_000, 65_535),
  ];
  expect(answerOf(entries, INTERNET, answers)).toEqual({
    admission: 'part',
    refused: [
      { from: 3389, to: 3389 },
      { from: 5000, to: 9999 },
    ],
    rule: 10,
  });
  expect(answerOf([], INTERNET, answers)).toMatchObject({ admission: 'none', refused: [answers] });
});

const failure = (more: Properties[], number = 0) => {
  const estate = natEstate();
  estate.list('acl-public', 'entries').push(...more);
  const checks = checksOf(fromInternet(estate.graph(), BALANCER, { port: 443 }));
  return checks.filter(({ result }) => result === 'fail')[number];
};

test('a remedy is told a number that is free and comes before what refuses', () => {
  const taken = entry(49, false, 'deny', ports(22));
  expect(failure([entry(50, false, 'deny', ports(443)), taken])?.values).toEqual({
    networkAclId: 'acl-public',
    direction: 'ingress',
    protocol: 'tcp',
    fromPort: 443,
    toPort: 443,
    cidrs: ['0.0.0.0/0'],
    ruleNumber: 50,
    freeRuleNumbers: [48, 47, 46, 45, 44, 43, 42, 41, 40, 39],
    refusedPorts: ['443'],
    vpcId: 'vpc-1',
    region: 'eu-west-3',
    subnets: ['public-a', 'public-b'],
  });
});

test('where nothing allows it, a number after the others', () => {
  const estate = natEstate().set('acl-private', {
    entries: [entry(100, true, 'allow'), entry(110, false, 'allow', ports(80)), entry(32_767, false, 'deny')],
  });
  const [check] = checksOf(between(estate.graph(), BALANCER, TASKS, { port: 8080 })).filter(
    ({ result }) => result === 'fail',
  );
  expect(check?.values).toMatchObject({
    freeRuleNumbers: [120, 119, 118, 117, 116, 115, 114, 113, 112, 111],
    cidrs: ['10.0.0.0/24', '10.0.1.0/24'],
  });
  expect(check?.values?.ruleNumber).toBeUndefined();
  expect(check?.text.en).toContain('TCP 8080 from `10.0.0.0/24`, `10.0.1.0/24`: no rule allows it');
});

test('both directions that are refused are told', () => {
  const more = [entry(50, false, 'deny', ports(443)), entry(50, true, 'deny', ports(1024, 65_535))];
  expect(failure(more)?.values?.direction).toBe('ingress');
  expect(failure(more, 1)?.values).toMatchObject({ direction: 'egress', fromPort: 1024, toPort: 65_535 });
});
