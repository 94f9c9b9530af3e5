import { describe, expect, test } from 'vitest';
import { patternOf } from './name-pattern.ts';

describe('patternOf', () => {
  test('a name that is whole has none', () => {
    expect(patternOf('quay-files')).toBeUndefined();
  });

  test.each([
    ['quay-⟨random_id.hex⟩-files', 'quay-3f9a-files', ['3f9a']],
    ['${Stage}-quay-api', 'prod-quay-api', ['prod']],
    ['quay-⟨a⟩⟨b⟩', 'quay-one.two', ['one.two']],
    ['/ecs/⟨name⟩/web', '/ecs/quay/web', ['quay']],
    ['⟨a⟩-quay-⟨b⟩-quay-⟨c⟩', 'x-quay-y-quay-z', ['x', 'y', 'z']],
  ])('%s fits %s', (open, name, parts) => {
    expect(patternOf(open)?.partsOf(name)).toEqual(parts);
  });

  test.each([
    ['quay-⟨x⟩-files', 'quay--files'],
    ['quay-⟨x⟩-files', 'quay-a-files-old'],
    ['quay-⟨x⟩', 'quay-'],
    ['/ecs/⟨name⟩', '/ecs/quay/web'],
    ['⟨a⟩-quay-⟨b⟩', 'x-quay-'],
    ['quay.⟨x⟩', 'quay-web'],
  ])('%s does not fit %s', (open, name) => {
    expect(patternOf(open)?.partsOf(name)).toBeUndefined();
  });

  test('what is open tells whether somebody chooses it, and whether it is the environment', () => {
    expect(patternOf('quay-{env}')).toMatchObject({ isChosen: true, isEnvironment: true, known: 'quay' });
    expect(patternOf('quay-⟨inputs.size⟩')).toMatchObject({ isChosen: true, isEnvironment: false });
    expect(patternOf('quay-⟨random_id.hex⟩')).toMatchObject({ isChosen: false, isEnvironment: false });
  });

  test('a name with many open parts is matched in time', () => {
    const open = '⟨x⟩-'.repeat(200);
    expect(patternOf(open)?.partsOf('-'.repeat(100_000))).toBeUndefined();
    expect(patternOf(open)?.partsOf('a-'.repeat(50_000))).toHaveLength(200);
  });
});
