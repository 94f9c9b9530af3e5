import { describe, expect, test } from 'vitest';
import { readYaml, type YamlSource } from './yaml-source.ts';

function read(text: string, options?: { merge?: boolean }): YamlSource {
  const reading = readYaml(text, options);
  if ('error' in reading) throw new Error(`${reading.error.line}: ${reading.error.message}`);
  return reading;
}

describe('readYaml', () => {
  test('gives the line of keys, of list items and of what an anchor holds', () => {
    const source = read(
      [
        'x-base: &base',
        '  image: nginx',
        'services:',
        '  web:',
        '    <<: *base',
        '    ports:',
        '      - "80:80"',
        '      - 443',
      ].join('\n'),
      { merge: true },
    );
    expect(source.value).toMatchObject({ services: { web: { image: 'nginx', ports: ['80:80', 443] } } });
    expect(source.lineOf(['services', 'web'])).toBe(4);
    expect(source.lineOf(['services', 'web', 'image'])).toBe(2);
    expect(source.lineOf(['services', 'web', 'ports', 1])).toBe(8);
    expect(source.lineOf(['services', 'web', 'absent', 'deeper'])).toBe(4);
  });

  test('merges only where asked for', () => {
    expect(read('a: &a {b: 1}\nc: {<<: *a}').value).toEqual({ a: { b: 1 }, c: { '<<': { b: 1 } } });
  });

  test('the text of a block starts on the line after its mark, that of a plain value on its own', () => {
    const source = read('run: |\n  first\n  second\nname: x\n');
    expect(source.textLineOf(['run'])).toBe(2);
    expect(source.textLineOf(['name'])).toBe(4);
  });

  test('on, yes and 22:22 stay the strings that people wrote', () => {
    expect(read('on: push\na: yes\nb: 22:22').value).toEqual({ on: 'push', a: 'yes', b: '22:22' });
  });

  test('a tag of compose is told, and does not keep the file from being read', () => {
    const source = read('services:\n  web:\n    ports: !reset []\n');
    expect(source.tagOf(['services', 'web', 'ports'])).toBe('!reset');
    expect(source.tagOf(['services', 'web', 'absent'])).toBeUndefined();
  });

  test('a key given twice is a fault with its line, and the last one counts', () => {
    const source = read('a: 1\nb: 2\na: 3\n');
    expect(source.value).toEqual({ a: 3, b: 2 });
    expect(source.errors).toEqual([{ line: 3, message: 'key given twice' }]);
  });

  test('broken YAML is one error at its line that repeats no value', () => {
    const reading = readYaml('a: 1\npassword: "hunter2\nb: [\n');
    expect(reading).toHaveProperty('error.line');
    expect(JSON.stringify(reading)).not.toContain('hunter2');
    expect(readYaml('password: >hunter2')).toEqual({
      error: { line: 1, message: 'Block scalar header includes extra characters' },
    });
  });

  test('several documents are an error, an empty one beside the real one is not', () => {
    expect(readYaml('a: 1\n---\nb: 2\n')).toEqual({
      error: { line: 2, message: 'several documents in one file' },
    });
    expect(read('---\n# only words\n---\na: 1\n').value).toEqual({ a: 1 });
    expect(read('').value).toBeUndefined();
  });

  test('an anchor that 300 services use is read', () => {
    const services = Array.from({ length: 300 }, (_, i) => `  s${i}:\n    <<: *base\n`).join('');
    const source = read(`x-base: &base\n  image: nginx\nservices:\n${services}`, { merge: true });
    expect(source.value).toMatchObject({ services: { s299: { image: 'nginx' } } });
  });

  test('an alias bomb, an alias to itself and an alias to nothing are errors, at once', () => {
    const bomb = ['a0: &a0 [x, x, x, x, x, x, x, x, x]'];
    for (let i = 1; i < 12; i += 1)
      bomb.push(
        `a${i}: &a${i} [${Array(9)
          .fill(`*a${i - 1}`)
          .join(', ')}]`,
      );
    const started = performance.now();
    expect(readYaml(bomb.join('\n'))).toEqual({
      error: { line: expect.any(Number), message: 'too much once its aliases are written out' },
    });
    expect(readYaml('a: &a [*a]')).toHaveProperty('error.message', 'alias inside its own anchor');
    expect(readYaml('a: *b')).toHaveProperty('error.message');
    expect(performance.now() - started).toBeLessThan(20_000);
  });

  test('ten thousand nested lists and thirty thousand keys cost little, and a huge text nothing', () => {
    const started = performance.now();
    expect(readYaml('['.repeat(10_000))).toEqual({ error: { line: 1, message: 'nested too deeply' } });
    const keys = Array.from({ length: 30_000 }, (_, i) => `k${i}: ${i}`).join('\n');
    expect(read(keys).lineOf(['k29999'])).toBe(30_000);
    expect(readYaml('a: b\n'.repeat(1_000_000))).toHaveProperty('error.message', 'over 500 kB of YAML');
    expect(performance.now() - started).toBeLessThan(20_000);
  });

  test('a key named __proto__ is a key like any other', () => {
    const { value } = read('__proto__: {polluted: true}\nconstructor: 1\n');
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    expect(Object.keys(value as object)).toEqual(['__proto__', 'constructor']);
  });
});

describe('tagged values', () => {
  const tagged = (text: string) => read(text).tagged((tag, value) => ({ [tag]: value }));

  test('a tag becomes what the format makes of it, on scalars, lists, mappings and inside each other', () => {
    const { value } = tagged('a: !Ref X\nb: !Join [",", [!Ref Y, z]]\nc: !T {n: !GetAtt A.B}\n');
    expect(value).toEqual({
      a: { '!Ref': 'X' },
      b: { '!Join': [',', [{ '!Ref': 'Y' }, 'z']] },
      c: { '!T': { n: { '!GetAtt': 'A.B' } } },
    });
  });

  test('each key and item has its line, also where a merge or an alias brings it', () => {
    const { value, places } = tagged(
      'base: &b\n  x: 1\n  y: 2\nuse:\n  <<: *b\n  y: 3\nlist:\n  - a\n  - b\n',
    );
    const top = value as { use: object; list: object };
    expect(top.use).toEqual({ x: 1, y: 3 });
    expect(places.get(top.use)?.get('x')).toBe(2);
    expect(places.get(top.use)?.get('y')).toBe(6);
    expect(places.get(top.list)?.get(1)).toBe(9);
  });

  test('a number keeps the text that says more than its value', () => {
    expect(tagged('a: 8.0\nb: 007\nc: 12\nd: 012345678901').value).toEqual({
      a: '8.0',
      b: '007',
      c: 12,
      d: '012345678901',
    });
  });

  test('no key reaches the prototype', () => {
    const { value } = tagged('__proto__: {polluted: true}\na: 1\n');
    expect(value).toEqual({ a: 1 });
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
  });
});
