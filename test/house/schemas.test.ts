import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { sampleReport } from '../fixtures/sample-report.ts';
import { root } from './sources.ts';

const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true });
addFormats.default(ajv);
const read = (file: string) => readFileSync(path.join(root, file), 'utf8');
const schema = (name: string) => ajv.compile(JSON.parse(read(`schema/${name}.schema.json`)) as object);

test('the published schema takes a report, and refuses one with a status that does not exist', () => {
  const validate = schema('report');
  const report = sampleReport();
  validate(report);
  expect(validate.errors).toBeNull();
  const [first, ...rest] = report.resources;
  expect(validate({ ...report, resources: [{ ...first, status: 'fine' }, ...rest] })).toBe(false);
});

test('the published schema takes the configuration of the example, and refuses an unknown key', () => {
  const validate = schema('config');
  const example = parse(read('examples/boutique/constat.yaml')) as object;
  validate(example);
  expect(validate.errors).toBeNull();
  expect(validate({ ...example, sytems: {} })).toBe(false);
});
