import { expect, test } from 'vitest';
import { untemplated } from './template.ts';
import { parseNginx } from './tokens.ts';

test('a text without marks stays as it is', () => {
  const text = 'server { listen 80; set $x ${host}; }';
  expect(untemplated(text)).toEqual({ text, marks: [] });
});

test('Jinja: values become variables, what decides is told and taken out, lines stay', () => {
  const { text, marks } = untemplated(
    'server {\n{% if tls %}\n  listen 443 ssl;\n{% endif %}\n  server_name {{ site.name | lower }};\n  {{ extra }}\n}\n',
  );
  expect(text).toBe('server {\n\n  listen 443 ssl;\n\n  server_name ${site_name};\n  \n}\n');
  expect(marks).toEqual([
    { what: '{% if tls %}', line: 2 },
    { what: '{{ extra }}', line: 6 },
  ]);
});

test('ERB and Go: the same', () => {
  const erb = untemplated('<% @names.each do |n| %>\nserver_name <%= n %>;\n<% end %>\n');
  expect(erb.text).toBe('\nserver_name ${n};\n\n');
  expect(erb.marks).toEqual([{ what: '<% @names.each do |n| %>', line: 1 }]);
  const go = untemplated('{{- range .Sites }}\nserver_name {{ .Name }};\n{{- end }}');
  expect(go.text).toBe('\nserver_name ${Name};\n');
  expect(go.marks).toHaveLength(1);
});

test('a variable of the environment that stands alone may be anything', () => {
  const { text, marks } = untemplated('server {\n  ${EXTRA_CONF}\n  listen 80;\n}');
  expect(marks).toEqual([{ what: '${EXTRA_CONF}', line: 2 }]);
  expect(parseNginx(text, 'a').broken).toBeUndefined();
});

test('marks that are never closed cost no time and no line', () => {
  const text = '{{ '.repeat(20_000);
  expect(untemplated(text).text).toBe(text);
});
