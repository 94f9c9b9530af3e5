import { createHash } from 'node:crypto';
import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import type { Report } from '#model/report.ts';
import { renderHtml } from '#report/html.ts';
import { hostileReport, largeReport, observedReport } from './fixtures/report-variants.ts';
import { sampleReport } from './fixtures/sample-report.ts';
import { missingChromium, openAll, reportPages, seriousFaults } from './support/report-pages.ts';

describe.skipIf(missingChromium !== '')(`the HTML report in Chromium${missingChromium}`, () => {
  const { fileOf, visit } = reportPages();

  const variants: [string, () => Report][] = [
    ['repository only', sampleReport],
    ['account read', observedReport],
    ['hostile', hostileReport],
  ];

  describe.each(variants)('%s', (name, make) => {
    test.each([380, 390, 640, 900, 1024, 1440])(
      'is no wider than a window of %i px, everything open',
      (width) =>
        visit(fileOf(name, make, 'fr'), { width }, async (page) => {
          await openAll(page);
          expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
        }),
    );

    test.each([
      [390, 'light'],
      [390, 'dark'],
      [1440, 'light'],
      [1440, 'dark'],
    ] as const)('has no serious accessibility fault at %i px, %s', (width, scheme) =>
      visit(fileOf(name, make, 'fr'), { width, scheme }, async (page) => {
        await openAll(page);
        expect(await seriousFaults(page)).toEqual([]);
      }),
    );
  });

  test('every finding, component and resource can be read without a script', () =>
    visit(fileOf('repository only', sampleReport, 'en'), { bare: true }, async (page) => {
      const report = sampleReport();
      expect(await page.locator('details.finding').count()).toBe(report.findings.length);
      const finding = page.locator('#GAP-0003');
      expect(await finding.locator('.remedy').isVisible()).toBe(false);
      await finding.locator('summary').click();
      expect(await finding.locator('.remedy').textContent()).toContain('Add the deployment');
      expect(await page.locator('.inventory tbody tr').count()).toBe(report.resources.length);
      expect(await page.locator('.js-only:visible').count()).toBe(0);
    }));

  test('changing the language shows what the other language’s own report shows, and back', async () => {
    const words = (page: Page) => page.evaluate(() => document.querySelector('main')?.textContent ?? '');
    const labels = (page: Page) =>
      page.evaluate(() =>
        [...document.querySelectorAll('[aria-label]')].map((element) => element.getAttribute('aria-label')),
      );
    for (const make of [sampleReport, observedReport, hostileReport]) {
      const name = make.name;
      const english = await visit(fileOf(name, make, 'en'), {}, async (page) => [
        await words(page),
        await labels(page),
      ]);
      await visit(fileOf(name, make, 'fr'), {}, async (page) => {
        const french = [await words(page), await labels(page)];
        await page.click('#language');
        expect(await page.evaluate(() => document.documentElement.lang)).toBe('en');
        expect([await words(page), await labels(page)]).toEqual(english);
        await page.click('#language');
        expect([await words(page), await labels(page)]).toEqual(french);
      });
    }
  });

  test('nothing of a hostile estate runs, and its direction marks are written out', () =>
    visit(fileOf('hostile', hostileReport, 'fr'), {}, async (page) => {
      await openAll(page);
      await page.click('#language');
      await page.locator('#explorer input').fill('script');
      await page.waitForTimeout(50);
      expect(await page.evaluate(() => 'hacked' in window)).toBe(false);
      const text = await page.evaluate(() => document.querySelector('main')?.textContent ?? '');
      expect(text).not.toMatch(/[\u202a-\u202e\u2066-\u2069\u0007\u001b]/);
      expect(text).toContain('invoice\\u{202e}gnp.exe');
      expect(await page.locator('main script, main img, main b[onmouseover], main svg[onload]').count()).toBe(
        0,
      );
    }));

  test('10,000 resources load within a second and are searched within 50 ms', () =>
    visit(
      fileOf('large', () => largeReport(10_000), 'fr'),
      {},
      async (page) => {
        const loaded = await page.evaluate(() => {
          const [entry] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
          return entry?.loadEventEnd ?? Number.POSITIVE_INFINITY;
        });
        expect(loaded).toBeLessThan(1000);
        expect(await page.locator('.inventory tbody tr').count()).toBe(25);
        const searched = await page.evaluate(() => {
          const input = document.querySelector<HTMLInputElement>('#explorer input');
          if (!input) return [];
          return ['boutique', 'web 99', 'nothing such', ''].map((query) => {
            const start = performance.now();
            input.value = query;
            input.dispatchEvent(new Event('input', { bubbles: true }));
            document.body.getBoundingClientRect();
            return performance.now() - start;
          });
        });
        expect(searched).toHaveLength(4);
        expect(Math.max(...searched)).toBeLessThan(50);
        expect(await page.locator('.pager span').textContent()).toBe('1 à 25 sur 10\u202f000');
      },
    ));

  test('the inventory is filtered, sorted and paged', () =>
    visit(fileOf('account read', observedReport, 'en'), {}, async (page) => {
      const rows = page.locator('.inventory tbody tr');
      await page.click('a[data-status="missing"]');
      const missingOnes = observedReport().summary.statuses.missing;
      expect(await rows.count()).toBe(missingOnes);
      await page.selectOption('#explorer select[name="status"]', '');
      await page.click('.inventory th:first-child button');
      await page.click('.inventory th:first-child button');
      const first = await rows.first().locator('code').first().textContent();
      const names = observedReport().resources.map(({ name }) => name);
      expect(first).toBe(names.sort(new Intl.Collator('en', { numeric: true }).compare).at(-1));
      await page.click('.pager button:last-of-type');
      expect(await page.locator('.pager span').textContent()).toBe(
        `26 to ${names.length} of ${names.length}`,
      );
      await page.locator('#explorer input').fill('no such thing');
      expect(await rows.textContent()).toBe('No resource matches these filters.');
    }));

  test('findings are filtered by severity, system and words, and a link to a hidden one shows it', () =>
    visit(fileOf('repository only', sampleReport, 'en'), {}, async (page) => {
      const shown = page.locator('details.finding:not([data-muted]):not([hidden])');
      const { findings } = sampleReport();
      const high = findings.filter(({ severity }) => severity === 'high').length;
      await page.click('[data-severity-filter="high"]');
      expect(await shown.count()).toBe(high);
      await page.locator('#finding-filters input').fill('pull request');
      expect(await shown.count()).toBe(1);
      await page.evaluate(() => {
        location.hash = '#GAP-0001';
      });
      await expect.poll(() => page.locator('#GAP-0001').isVisible()).toBe(true);
      expect(await page.locator('#GAP-0001').getAttribute('open')).not.toBeNull();
      expect(await shown.count()).toBe(findings.filter(({ muted }) => !muted).length);
    }));

  test('the theme is switched by its button and kept', () =>
    visit(fileOf('repository only', sampleReport, 'en'), { scheme: 'light' }, async (page) => {
      const paper = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
      const light = await paper();
      await page.click('#theme');
      const dark = await paper();
      expect(dark).not.toBe(light);
      await page.reload();
      expect(await paper()).toBe(dark);
      await page.click('#theme');
      expect(await paper()).toBe(light);
    }));

  test('a command is copied as it is written', () =>
    visit(fileOf('repository only', sampleReport, 'en'), {}, async (page) => {
      await page.evaluate(() => {
        Object.defineProperty(navigator, 'clipboard', {
          value: {
            writeText: async (text: string) => {
              document.body.dataset.copied = text;
            },
          },
        });
      });
      await page.locator('#verify [data-copy]').nth(1).click();
      expect(await page.evaluate(() => document.body.dataset.copied)).toBe(sampleReport().proofs[1]?.command);
      expect(await page.locator('#live').textContent()).toBe('Copied');
    }));

  test('the keyboard reaches every control, and shows where it is', () =>
    visit(fileOf('repository only', sampleReport, 'en'), {}, async (page) => {
      await page.keyboard.press('Tab');
      expect(await page.evaluate(() => document.activeElement?.className)).toBe('skip');
      const outlines: string[] = [];
      for (let press = 0; press < 40; press++) {
        await page.keyboard.press('Tab');
        outlines.push(
          await page.evaluate(() => {
            const element = document.activeElement;
            return element ? getComputedStyle(element).outlineStyle : 'none';
          }),
        );
      }
      expect(outlines.filter((style) => style === 'none')).toEqual([]);
    }));

  test('it prints on A4 with every finding open', () =>
    visit(fileOf('repository only', sampleReport, 'fr'), {}, async (page) => {
      const pdf = await page.pdf({ preferCSSPageSize: true });
      const box = /\/MediaBox\s*\[0 0 ([\d.]+) ([\d.]+)\]/.exec(pdf.toString('latin1'));
      expect(Math.round(Number(box?.[1]))).toBe(595);
      expect(Math.round(Number(box?.[2]))).toBe(842);
      await page.emulateMedia({ media: 'print' });
      await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
      const remedies = page.locator('.finding .remedy');
      expect(await remedies.count()).toBe(sampleReport().findings.length);
      for (const remedy of await remedies.all()) expect(await remedy.isVisible()).toBe(true);
      await page.evaluate(() => dispatchEvent(new Event('afterprint')));
      expect(await page.locator('.finding[open]').count()).toBe(1);
    }));
});

describe('the HTML report as a file', () => {
  test('the same report gives the same bytes', () => {
    expect(renderHtml(sampleReport(), 'fr')).toBe(renderHtml(sampleReport(), 'fr'));
  });

  test('its policy allows its own scripts and nothing else', () => {
    const html = renderHtml(hostileReport(), 'en');
    const scripts = [...html.matchAll(/<script>([\s\S]*?)<\/script>/g)].map(([, code = '']) => code);
    expect(scripts).toHaveLength(2);
    const policy =
      /Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1]?.replaceAll('&#39;', "'") ?? '';
    expect(policy).toContain("default-src 'none'");
    for (const code of scripts)
      expect(policy).toContain(`sha256-${createHash('sha256').update(code).digest('base64')}`);
  });

  test('the other language costs less than a third of the file', () => {
    const html = renderHtml(sampleReport(), 'fr');
    const other = /id="other-language">([\s\S]*?)<\/script>/.exec(html)?.[1] ?? '';
    expect(other.length).toBeGreaterThan(1000);
    expect(other.length).toBeLessThan(html.length / 3);
  });
});
