import { expect, test } from 'vitest';
import { commandsOf, isShell } from './shell-block.ts';

const argvs = (block: string) => commandsOf(block).map(({ argv }) => argv.join(' '));

test('a command over several lines is one, from its first line to its last', () => {
  expect(
    commandsOf('# comment\naws ecs describe-services \\\n  --cluster main \\\n  --services orders\n'),
  ).toEqual([
    {
      argv: ['aws', 'ecs', 'describe-services', '--cluster', 'main', '--services', 'orders'],
      line: 1,
      endLine: 3,
    },
  ]);
});

test('with prompts only the lines that have one are commands', () => {
  expect(
    argvs('$ aws s3 ls \\\n>   s3://shop-assets\n2026-01-01 12:00 a.png\naws: not a command\n$ echo done'),
  ).toEqual(['aws s3 ls s3://shop-assets', 'echo done']);
});

test('assignments of the block are put in, and what is not known stays open', () => {
  expect(
    argvs(
      'CLUSTER=main\nexport SERVICE="orders-$ENV"\naws ecs wait --cluster "$CLUSTER" --services ${SERVICE}\n',
    ),
  ).toContain('aws ecs wait --cluster main --services orders-⟨$ENV⟩');
});

test('placeholders of a reader are no redirections', () => {
  expect(argvs('aws ecs describe-services --cluster <cluster name> --services [SERVICE] > out.json')).toEqual(
    ['aws ecs describe-services --cluster ⟨cluster_name⟩ --services ⟨SERVICE⟩'],
  );
});

test('calls inside substitutions, pipes and loops are found', () => {
  expect(
    argvs(
      'ARN=$(aws elbv2 describe-load-balancers --names orders-alb)\nfor x in a b; do sudo docker pull "$x"; done | cat',
    ),
  ).toEqual(['aws elbv2 describe-load-balancers --names orders-alb', 'docker pull ⟨$x⟩', 'cat']);
});

test('a block without a language is shell when it begins as one', () => {
  expect(isShell('', '# first\naws s3 ls\n')).toBe(true);
  expect(isShell('', '$ make\n')).toBe(true);
  expect(isShell('', 'aws\n')).toBe(false);
  expect(isShell('', 'Cluster | Status\n')).toBe(false);
  expect(isShell('yaml', 'aws s3 ls\n')).toBe(false);
  expect(isShell('console', 'anything')).toBe(true);
});

test('a block that is no shell, or is huge, gives what can be read and no exception', () => {
  expect(() => commandsOf('if [ ; then ((( << EOF\n${${${\n"')).not.toThrow();
  expect(commandsOf(`aws ${'$('.repeat(40_000)}`)).toEqual([]);
});
