import { expect, test } from 'vitest';
import { maskArguments } from './mask-arguments.ts';

test.each([
  [{ H: 'Authorization: Bearer abcdef123456' }, { H: 'Authorization: Bearer ⟨masked⟩' }],
  [{ header: 'X-Api-Key: abcdef123456' }, { header: 'X-Api-Key: ⟨masked⟩' }],
  [{ u: 'admin:hunter2hunter2' }, { u: 'admin:⟨masked⟩' }],
  [{ password: 'hunter2hunter2' }, { password: '⟨masked⟩' }],
  [{ e: ['A=1', 'DB_PASSWORD=hunter2hunter2'] }, { e: ['A=1', 'DB_PASSWORD=⟨masked⟩'] }],
  [{ 'master-user-password': 'hunter2hunter2' }, { 'master-user-password': '⟨masked⟩' }],
  [{ inner: { 'client-secret': 'hunter2hunter2' } }, { inner: { 'client-secret': '⟨masked⟩' } }],
])('%j becomes %j', (given, masked) => {
  expect(maskArguments(given)).toEqual(masked);
});

test.each([
  { H: 'Authorization: Bearer ⟨secrets.TOKEN⟩' },
  { H: 'Content-Type: application/json' },
  { password: '⟨secrets.PASSWORD⟩' },
  { u: '⟨secrets.USER⟩:⟨secrets.PASSWORD⟩' },
  { e: ['TOKEN=⟨secrets.T⟩', 'SECRET_NAME_ARN=⟨x⟩'] },
  { 'secret-id': 'shop/live/database' },
  { 'password-stdin': true as const },
  { words: ['registry.example.com/shop:1.2.3', 's3://assets/key'] },
  { cluster: 'live', 'desired-count': '2' },
  { 'task-definition': 'arn:aws:ecs:eu-west-1:123456789012:task-definition/shop:7' },
])('%j hides nothing and stays', (given) => {
  expect(maskArguments(given)).toEqual(given);
});
