import { expect, test } from 'vitest';
import { containerWithoutRestartPolicy } from './container-without-restart-policy.ts';
import { front, host, planned } from './test-host-remedy.ts';

test('a restart policy is changed while the container runs, and set back', () => {
  expect(
    planned(containerWithoutRestartPolicy, 'container-without-restart-policy', { container: 'shop-front' }),
  ).toMatchObject({
    hand: {
      command: "ssh ssh://root@quay-1 'docker update --restart unless-stopped shop-front'",
      undo: "ssh ssh://root@quay-1 'docker update --restart no shop-front'",
      before: { 'docker inspect shop-front': 'RestartPolicy no' },
    },
    proofs: [{ check: { equals: ['unless-stopped', 'always'] } }],
  });
});

test('a name that a shell or a question would take for something else gets no command', () => {
  const hostile = host({ containers: [{ ...front, name: '$(reboot)' }] });
  expect(
    planned(
      containerWithoutRestartPolicy,
      'container-without-restart-policy',
      { container: '$(reboot)' },
      hostile,
    ),
  ).toBeUndefined();
});
