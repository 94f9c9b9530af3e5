import { expect, test } from 'vitest';
import { mark, markScriptFile } from './mark.ts';
import { freeVariables, inspect } from './script.ts';
import { staticCalls } from './static-calls.ts';
import { Symbols } from './symbols.ts';

const marked = (text: string, guards = true) => mark(inspect(text), { file: 0, line: 5, guards });

test('each external command bears its file and line; the shell’s own do not', () => {
  expect(marked('echo a\naws s3 ls | jq .')).toBe('echo a\n__AT=0:6 aws s3 ls | __AT=0:6 jq .');
});

test('marks never move a line', () => {
  const text = `set -e
case "$X" in
  a) aws s3 ls ;;
esac
for i in 1 2; do
  [ "$i" = 2 ] && exit 1
done
cd folder
cat <<EOF
$(aws s3 ls)
EOF
f() { aws s3 ls; }
f
"$@"`;
  expect(marked(text).split('\n')).toHaveLength(text.split('\n').length);
});

test('a case, a test and a list of names tell what they compare', () => {
  expect(marked('case "$X" in dev|qa) ;; prod*) ;; esac')).toContain(`__compare "$X" 'dev' 'qa'; case`);
  expect(marked('[ "$X" = dev ]')).toContain('__compare "$X" dev; [');
  expect(marked('[[ $X == dev && ! $Y =~ ^(a|b)$ ]]')).toContain(
    `__compare $X 'dev'; __compare $Y 'a' 'b'; [[`,
  );
});

test('a word that calls something is not expanded twice', () => {
  expect(marked('case "$(aws s3 ls)" in a) ;; esac')).not.toContain('__compare');
  expect(marked('[ "$?" = 0 ]')).not.toContain('__compare');
});

test('errexit is taken out, an exit is kept or taken out with the guards', () => {
  expect(marked('set -euo pipefail')).toBe(':');
  expect(marked('set -- a b')).toBe('set -- a b');
  expect(marked('exit 1')).toBe('{ __snapshot; exit 1; }');
  expect(marked('exit 1', false)).toBe(':');
  expect(marked('exit 0', false)).toBe('{ __snapshot; exit 0; }');
});

test('chance and the clock are the same each time', () => {
  expect(marked('echo $RANDOM ${RANDOM}x $((RANDOM % 3))')).toBe('echo ${__CLOCK} ${__CLOCK}x $((4 % 3))');
});

test('a here-document says where it starts', () => {
  expect(marked('ssh host <<EOF\nls\nEOF')).toBe('__AT=0:5 __BODY=0:6 ssh host <<EOF\nls\nEOF');
});

test('what does not parse stays as it is', () => {
  expect(() => marked('if then fi ((( <<')).not.toThrow();
});

test('variables from outside are those read, never set, without a default', () => {
  const text = 'A=1\nread B\nfor C in x; do :; done\necho $A $B $C $D ${E:-x} ${F} $1 $? $HOME ${G:?needed}';
  expect(freeVariables(inspect(text))).toEqual(['D', 'F', 'G']);
});

test('a script file gives its free variables a symbol and forgets the caller’s mark', () => {
  const symbols = new Symbols();
  expect(markScriptFile(inspect('#!/bin/sh\necho $D\n'), 3, symbols)).toBe(
    `#!/bin/sh\nunset __AT __BODY; : "\${D=${symbols.of('$D')}}"; echo $D\n`,
  );
});

const found = (text: string, given: Record<string, string> = {}) => {
  const symbols = new Symbols();
  return staticCalls(inspect(text), Object.entries(given), symbols).map(({ argv }) =>
    symbols.render(argv.join(' ')),
  );
};

test('parsing follows assignments in their order', () => {
  expect(found('A=x\nB=$A-y\naws $B ${C:-d} "$E"', { E: 'e' })).toEqual(['aws x-y d e']);
});

test('parsing never takes the value of one branch for another', () => {
  expect(found('if x; then A=1; aws $A; else A=2; aws $A; fi\naws $A')).toEqual([
    'x',
    'aws 1',
    'aws 2',
    'aws ⟨$A⟩',
  ]);
  expect(found('A=0\ncase $X in a) A=1;; esac\naws $A')).toEqual(['aws ⟨$A⟩']);
  expect(found('case $X in a) A=1;; esac\naws $A')).toEqual(['aws 1']);
});

test('parsing gives what it cannot know as a symbol', () => {
  expect(found('A=$(date)\naws "img:$A" ${B%/*} "$((1+1))"')).toEqual([
    'date',
    'aws img:⟨$(date)⟩ ⟨${B%/*}⟩ ⟨$((1+1))⟩',
  ]);
});

test('parsing follows a loop over words that are written out, and stops where loops multiply', () => {
  const symbols = new Symbols();
  const names = (text: string) =>
    staticCalls(inspect(text), [], symbols).map(({ argv }) => symbols.render(argv.join(' ')));
  expect(names('LIST="api web"\nfor X in $LIST admin; do aws ecr create-repository $X; done')).toEqual([
    'aws ecr create-repository api',
    'aws ecr create-repository web',
    'aws ecr create-repository admin',
  ]);
  expect(names('for X in $(cat list); do aws ecr create-repository $X; done')).toEqual([
    'cat list',
    'aws ecr create-repository ⟨$X⟩',
  ]);
  const deep = `${'for X in a b c d e f g h i j; do '.repeat(8)}aws s3 ls $X${'; done'.repeat(8)}`;
  expect(names(deep).length).toBeLessThan(500);
});

test('under set -u a variable that only some branch sets is a symbol, never empty', () => {
  const branch = 'if [ "$1" = prod ]; then C=live; fi\naws s3 ls "s3://shop-$C"\n';
  expect(freeVariables(inspect(branch))).toEqual([]);
  expect(freeVariables(inspect(`set -euo pipefail\n${branch}`))).toEqual(['C']);
});
