import { cpSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';
import { z } from 'zod';
import { audit } from '#audit.ts';
import { profileRequest } from '#cli/profile-options.ts';
import type { AwsRequest } from '#collect/aws/collect-aws.ts';
import { type Report, reportSchema } from '#model/report.ts';
import type { Language } from '#model/text.ts';
import { reportOf } from '#report/json.ts';
import { openConfiguration } from '#store/configuration.ts';

/** The day of every audit in tests. */
export const DAY = new Date('2026-11-21T09:30:00Z');

/** A fresh folder, empty or with these files. */
export function folderOf(files: Record<string, string | Uint8Array> = {}): string {
  const root = mkdtempSync(path.join(tmpdir(), 'constat-'));
  for (const [file, content] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), content);
  }
  return root;
}

/** A copy of a folder, under the same name, that is no part of any repository. */
export function copyOf(folder: string): string {
  const target = path.join(mkdtempSync(path.join(tmpdir(), 'constat-')), path.basename(folder));
  cpSync(folder, target, { recursive: true });
  return target;
}

const ajv = new Ajv2020({ strict: false, allErrors: true });
(addFormats as unknown as (instance: Ajv2020) => void)(ajv);
const validate = ajv.compile(z.toJSONSchema(reportSchema));

/** Audits a folder, and an account where one is given, and checks the report against the generated JSON Schema. */
export async function auditFolder(
  root: string,
  lang: Language = 'en',
  aws?: AwsRequest,
  asked?: 'devops',
): Promise<Report> {
  const configuration = await openConfiguration(root);
  const profile = await profileRequest(asked, configuration, root);
  const result = await audit({
    path: root,
    shownAs: path.basename(root),
    name: path.basename(root),
    config: configuration.value,
    lock: { version: 1, next: 1, gaps: {} },
    lang,
    version: '0.0.0',
    clock: () => DAY,
    ...(aws && { aws }),
    ...(profile && { profile }),
  });
  const report = JSON.parse(JSON.stringify(reportOf(result.audit))) as Report;
  fitsSchema(report);
  return report;
}

/** Throws where a report is not as its published JSON Schema says. */
export function fitsSchema(report: Report): void {
  if (!validate(report))
    throw new Error(`the report does not fit its schema: ${ajv.errorsText(validate.errors).slice(0, 2000)}`);
}

/** Names of one kind in a report, sorted. */
export const namesOf = (report: Report, kind: string): string[] =>
  report.resources
    .filter((resource) => resource.kind === kind)
    .map((resource) => resource.name)
    .sort();

export const readText = (file: string): string => readFileSync(file, 'utf8');
