import { expect, test } from 'vitest';
import { Account, SERVICE } from '../test-estate.ts';
import { bindingsOf } from './bindings.ts';

const bound = (targetGroupArn: string, more = {}) => ({ targetGroupArn, containerName: 'app', ...more });
const groupsOf = (properties: object) => {
  const [service] = new Account()
    .see(SERVICE, 'app', properties as never, { scope: 'main' })
    .graph()
    .all(SERVICE);
  return service && bindingsOf(service).map(({ targetGroupArn }) => targetGroupArn);
};

test('containers are bound by the service, by the sets of its controller, and by groups that take turns', () => {
  expect(groupsOf({ loadBalancers: [bound('a', { alternateTargetGroupArn: 'b' })] })).toEqual(['a', 'b']);
  const taskSets = [
    { status: 'ACTIVE', loadBalancers: [bound('green')] },
    { status: 'PRIMARY', loadBalancers: [bound('blue')] },
  ];
  expect(groupsOf({ loadBalancers: [], taskSets })).toEqual(['blue', 'green']);
  expect(groupsOf({})).toEqual([]);
});
