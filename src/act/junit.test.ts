import { expect, test } from 'vitest';
import { junitOf } from './junit.ts';
import type { Proven } from './prove.ts';

const proven = (id: string, result: Proven['result'], got: string): Proven => ({
  proof: {
    id,
    title: { fr: 't', en: 'the `listener` & "its" <port>' },
    command: "curl -sI 'https://shop.example/?a=1&b=2'",
    expected: { fr: '200', en: '200 <OK>' },
  },
  result,
  got,
  ms: 1500,
});

test('results are counted, what failed says what was expected and what there was, and nothing breaks the XML', () => {
  expect(
    junitOf(
      [
        proven('P-01', 'pass', ''),
        proven('P-02', 'fail', '502 "<bad>" & \u0001'),
        proven('P-03', 'unknown', 'denied'),
      ],
      'shop & co',
    ),
  ).toBe(`<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="constat" tests="3" failures="1" skipped="1" errors="0" time="4.500">
  <testsuite name="shop &amp; co" tests="3" failures="1" skipped="1" errors="0" time="4.500">
    <testcase classname="P-01" name="the listener &amp; &quot;its&quot; &lt;port&gt;" time="1.500"></testcase>
    <testcase classname="P-02" name="the listener &amp; &quot;its&quot; &lt;port&gt;" time="1.500">
      <failure message="expected 200 &lt;OK&gt;, got 502 &quot;&lt;bad&gt;&quot; &amp; \\u{1}">curl -sI &apos;https://shop.example/?a=1&amp;b=2&apos;</failure>
    </testcase>
    <testcase classname="P-03" name="the listener &amp; &quot;its&quot; &lt;port&gt;" time="1.500">
      <skipped message="denied"></skipped>
    </testcase>
  </testsuite>
</testsuites>
`);
});
