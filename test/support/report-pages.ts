import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, beforeAll, expect } from 'vitest';
import { type Report, reportSchema } from '#model/report.ts';
import type { Language } from '#model/text.ts';
import { drawingsOf } from '#report/diagram/drawings.ts';
import { renderHtml } from '#report/html.ts';

const CHROMIUM = '/usr/bin/chromium';
const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** Why the pages cannot be opened here; empty where they can. */
export const missingChromium = existsSync(CHROMIUM) ? '' : ` (skipped: ${CHROMIUM} is absent)`;

interface AxeResult {
  passes: { id: string }[];
  violations: { id: string; impact: string; nodes: { html: string }[] }[];
}

export interface Look {
  width?: number;
  scheme?: 'light' | 'dark';
  /** Without a script. */
  bare?: boolean;
}

/**
 * Opens reports in Chromium, for the tests of one `describe`. A page that asks the network for anything, or complains of
 * anything, fails its test.
 */
export function reportPages() {
  const folder = mkdtempSync(join(tmpdir(), 'constat-html-'));
  let context: BrowserContext;
  let bare: BrowserContext;
  const complaints: string[] = [];

  beforeAll(async () => {
    const launch = (name: string, javaScriptEnabled: boolean) =>
      chromium.launchPersistentContext(join(folder, name), {
        executablePath: CHROMIUM,
        args: FLAGS,
        javaScriptEnabled,
      });
    context = await launch('profile', true);
    bare = await launch('profile-without-script', false);
    for (const one of [context, bare]) {
      one.on('console', (message) => complaints.push(`${message.type()}: ${message.text()}`));
      one.on('weberror', (error) => complaints.push(String(error.error())));
      one.on('request', (request) => {
        if (!/^(file|data):/.test(request.url())) complaints.push(`request: ${request.url()}`);
      });
    }
  });
  afterAll(async () => {
    await context?.close();
    await bare?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  const files = new Set<string>();
  return {
    /** The address of a report as a file; each name and language is written once. */
    async fileOf(name: string, make: () => Report, lang: Language): Promise<string> {
      const path = join(folder, `${name}.${lang}.html`);
      if (!files.has(path)) {
        const report = reportSchema.parse(make());
        writeFileSync(path, renderHtml(report, lang, await drawingsOf(report)));
        files.add(path);
      }
      return pathToFileURL(path).href;
    },
    async visit<T>(url: string | Promise<string>, look: Look, act: (page: Page) => Promise<T>): Promise<T> {
      complaints.length = 0;
      const page = await (look.bare ? bare : context).newPage();
      try {
        await page.setViewportSize({ width: look.width ?? 1440, height: 900 });
        await page.emulateMedia({ colorScheme: look.scheme ?? 'light' });
        await page.goto(await url);
        return await act(page);
      } finally {
        await page.close();
        expect(complaints).toEqual([]);
      }
    },
  };
}

/** Opens every disclosure of a page. */
export const openAll = (page: Page) =>
  page.evaluate(() => {
    for (const details of document.querySelectorAll('details')) details.open = true;
  });

/** The serious accessibility faults that axe finds in a page, each with where it is. */
export async function seriousFaults(page: Page): Promise<string[]> {
  await page.evaluate(readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8'));
  return page.evaluate(async () => {
    const { axe: checker } = window as unknown as { axe: { run(): Promise<AxeResult> } };
    const { violations, passes } = await checker.run();
    if (!passes.some(({ id }) => id === 'color-contrast')) return ['contrast was not checked'];
    return violations
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(
        ({ id, nodes }) =>
          `${id}: ${nodes
            .map(({ html }) => html.slice(0, 160))
            .slice(0, 3)
            .join(' | ')}`,
      );
  });
}
