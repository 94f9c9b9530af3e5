import { describe, expect, test } from 'vitest';
import type { Report } from '#model/report.ts';
import { renderHtml } from '#report/html.ts';
import { spoiled } from './fixtures/report-variants.ts';
import { cloudflareReport } from './fixtures/sample-cloudflare.ts';
import { largeMaturity, maturityReport } from './fixtures/sample-maturity.ts';
import { patches } from './fixtures/sample-patches.ts';
import { sampleReport } from './fixtures/sample-report.ts';
import { missingChromium, openAll, reportPages, seriousFaults } from './support/report-pages.ts';

const hostile = () => spoiled(maturityReport(), ['answer', 'on', 'closed']);

describe.skipIf(missingChromium !== '')(`maturity and patches in Chromium${missingChromium}`, () => {
  const { fileOf, visit } = reportPages();
  const variants: [string, () => Report][] = [
    ['maturity', maturityReport],
    ['maturity, hostile', hostile],
    ['Cloudflare', cloudflareReport],
  ];

  describe.each(variants)('%s', (name, make) => {
    test.each([380, 640, 900, 1440])('is no wider than a window of %i px, everything open', (width) =>
      visit(fileOf(name, make, 'fr'), { width }, async (page) => {
        await openAll(page);
        expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width);
      }),
    );

    test.each([
      [390, 'light'],
      [1440, 'dark'],
      [1440, 'light'],
    ] as const)('has no serious accessibility fault at %i px, %s', (width, scheme) =>
      visit(fileOf(name, make, 'fr'), { width, scheme }, async (page) => {
        await openAll(page);
        expect(await seriousFaults(page)).toEqual([]);
      }),
    );
  });

  test('a domain’s bar has a part for each answer, as wide as its questions weigh', () =>
    visit(fileOf('maturity', maturityReport, 'en'), {}, async (page) => {
      const widths = await page
        .locator('.maturity tbody tr')
        .nth(1)
        .locator('.score-bar i')
        .evaluateAll((parts) =>
          parts.map((part) => [part.className, part.getBoundingClientRect().width] as const),
        );
      expect(widths.map(([name]) => name)).toEqual(['is-yes', 'is-no', 'is-unknown']);
      const [two = 0, three = 0, one = 0] = widths.map(([, width]) => width);
      expect(three / one).toBeCloseTo(3, 0);
      expect(two / one).toBeCloseTo(2, 0);
    }));

  test('a link from a gap opens its finding, and one from a finding its patch', () =>
    visit(fileOf('maturity', maturityReport, 'en'), {}, async (page) => {
      await page.locator('.recap a', { hasText: 'OPS-1402' }).first().click();
      await expect.poll(() => page.locator('#OPS-1402 .remedy').isVisible()).toBe(true);
      await page.locator('#OPS-1402 a', { hasText: 'smoke-test' }).click();
      await expect.poll(() => page.locator('#patch-smoke-test .diff').isVisible()).toBe(true);
    }));

  test('a diff is copied as it is saved', () =>
    visit(fileOf('maturity', maturityReport, 'en'), {}, async (page) => {
      await page.evaluate(() => {
        Object.defineProperty(navigator, 'clipboard', {
          value: {
            writeText: async (text: string) => {
              document.body.dataset.copied = text;
            },
          },
        });
      });
      for (const { id, diff } of patches()) {
        await page.evaluate((of) => {
          location.hash = `#patch-${of}`;
        }, id);
        await page.locator(`#patch-${id} .diff [data-copy]`).click();
        expect(await page.evaluate(() => document.body.dataset.copied)).toBe(diff);
      }
    }));

  test('changing the language shows what the other language’s own report shows, and back', async () => {
    const words = (lang: 'fr' | 'en', press: boolean) =>
      visit(fileOf('maturity', maturityReport, lang), {}, async (page) => {
        if (press) await page.click('#language');
        return page.evaluate(() => document.querySelector('main')?.textContent ?? '');
      });
    expect(await words('fr', true)).toBe(await words('en', false));
    expect(await words('en', true)).toBe(await words('fr', false));
  });

  test('it prints with every domain and every patch open', () =>
    visit(fileOf('maturity', maturityReport, 'fr'), {}, async (page) => {
      await page.emulateMedia({ media: 'print' });
      await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
      for (const target of await page.locator('.domain .target, .patch .diff').all())
        expect(await target.isVisible()).toBe(true);
    }));

  test('nothing of a hostile estate runs', () =>
    visit(fileOf('maturity, hostile', hostile, 'fr'), {}, async (page) => {
      await openAll(page);
      await page.click('#language');
      expect(await page.evaluate(() => 'hacked' in window)).toBe(false);
      expect(await page.locator('main script, main img, main b[onmouseover], main svg[onload]').count()).toBe(
        0,
      );
    }));
});

describe('the HTML report', () => {
  test('without a profile or patches has no section of them', () => {
    const html = renderHtml(sampleReport(), 'fr');
    expect(/id="(maturity|patches)"/.test(html)).toBe(false);
  });

  test('of a very large audit stays bounded in its maturity, and says what it leaves out', () => {
    const lengthOf = (report: Report) => renderHtml({ ...report, findings: [] }, 'fr').length;
    const large = largeMaturity(4, 2_000);
    const small = largeMaturity(4, 200);
    expect(lengthOf(large) - lengthOf(small)).toBeLessThan(1_000_000);
    // not printed where it fails: the page is too long
    expect(renderHtml(large, 'fr').includes('1\u202f800 de plus')).toBe(true);
  });
});
