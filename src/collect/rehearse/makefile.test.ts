import { expect, test } from 'vitest';
import { expandMake, readMakefile } from './makefile.ts';

const MAKEFILE = `# deployment
STAGE ?= dev
IMAGE := r.example.com/shop:$(TAG)
export REGION = eu-west-1
LIST = a \\
  b

.PHONY: build push
build push: check
\t@echo $@
\tdocker build -t $(IMAGE) . \\
\t  --pull

check: ; test -f Dockerfile
%.o: %.c
\tcc $<
`;

test('rules have what they need and their commands, each with its line', () => {
  const { rules, first } = readMakefile(MAKEFILE);
  expect(first).toBe('build');
  expect(rules.get('push')).toEqual({
    needs: ['check'],
    recipe: [
      { line: 10, text: 'echo $@' },
      { line: 11, text: 'docker build -t $(IMAGE) . \\\n\t  --pull' },
    ],
  });
  expect(rules.get('check')?.recipe).toEqual([{ line: 14, text: 'test -f Dockerfile' }]);
});

test('variables are read with every kind of assignment', () => {
  expect(Object.fromEntries(readMakefile(MAKEFILE).variables)).toEqual({
    STAGE: 'dev',
    IMAGE: 'r.example.com/shop:$(TAG)',
    REGION: 'eu-west-1',
    LIST: 'a b',
  });
});

test('references are replaced, also inside each other; the rest is asked for', () => {
  const values: Record<string, string> = { A: '$(B)-x', B: 'b', '@': 'target' };
  const expanded = (text: string) =>
    expandMake(
      text,
      (name) => values[name],
      (name) => `<${name}>`,
    );
  expect(expanded('$(A) ${B} $@ $$HOME $(shell date $(B)) $(NONE)')).toBe(
    'b-x b target $HOME <shell date $(B)> <NONE>',
  );
});

test('a variable that names itself ends', () => {
  expect(
    expandMake(
      '$(A)',
      () => '$(A)$(A)',
      () => '?',
    ).length,
  ).toBeLessThan(100_000);
});
