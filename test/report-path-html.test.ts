import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import type { Report } from '#model/report.ts';
import { renderHtml } from '#report/html.ts';
import { hostilePathReport, largePathReport, pathReport } from './fixtures/path-report.ts';
import { observedReport } from './fixtures/report-variants.ts';
import { sampleSteps } from './fixtures/sample-plan.ts';
import { missingChromium, openAll, reportPages, seriousFaults } from './support/report-pages.ts';

describe.skipIf(missingChromium !== '')(`a traced path and a plan in Chromium${missingChromium}`, () => {
  const { fileOf, visit } = reportPages();
  const variants: [string, () => Report][] = [
    ['traced', pathReport],
    ['hostile', hostilePathReport],
    ['large', () => largePathReport()],
  ];

  describe.each(variants)('%s', (name, make) => {
    test.each([360, 640, 900, 1024, 1440])('is no wider than a window of %i px, everything open', (width) =>
      visit(fileOf(name, make, 'fr'), { width }, async (page) => {
        await openAll(page);
        const wide = () => page.evaluate(() => document.documentElement.scrollWidth);
        expect(await wide()).toBeLessThanOrEqual(width);
        await page.click('#language');
        expect(await wide()).toBeLessThanOrEqual(width);
      }),
    );

    // what is large differs from what is small in nothing that axe sees
    const looks = [
      [360, 'dark'],
      [1440, 'light'],
      ...(name === 'large'
        ? []
        : ([
            [360, 'light'],
            [1440, 'dark'],
          ] as const)),
    ] as const;
    test.each(looks)('has no serious accessibility fault at %i px, %s', (width, scheme) =>
      visit(fileOf(name, make, 'fr'), { width, scheme }, async (page) => {
        await openAll(page);
        expect(await seriousFaults(page)).toEqual([]);
      }),
    );

    test('changing the language shows what the other language’s own report shows, and back', async () => {
      const told = (page: Page) =>
        page.evaluate(() => [
          document.querySelector('main')?.textContent,
          ...[...document.querySelectorAll('[aria-label]')].map((one) => one.getAttribute('aria-label')),
        ]);
      const english = await visit(fileOf(name, make, 'en'), {}, told);
      await visit(fileOf(name, make, 'fr'), {}, async (page) => {
        const french = await told(page);
        await page.click('#language');
        expect(await told(page)).toEqual(english);
        await page.click('#language');
        expect(await told(page)).toEqual(french);
      });
    });
  });

  test('no line of the plan runs behind a box', () =>
    visit(fileOf('traced', pathReport, 'fr'), {}, async (page) => {
      const crossings = await page.evaluate(() => {
        const boxes = [...document.querySelectorAll('.slot')].map((box) => box.getBoundingClientRect());
        const edges = [...document.querySelectorAll<SVGPathElement>('.lanes .edge')];
        const origin = document.querySelector('.lanes-all > svg')?.getBoundingClientRect();
        const inside = edges.flatMap((edge) => {
          const length = edge.getTotalLength();
          return Array.from({ length: 200 }, (_, at) => edge.getPointAtLength((length * at) / 199)).filter(
            ({ x, y }) =>
              boxes.some(
                (box) =>
                  x + (origin?.x ?? 0) > box.left + 1 &&
                  x + (origin?.x ?? 0) < box.right - 1 &&
                  y + (origin?.y ?? 0) > box.top + 1 &&
                  y + (origin?.y ?? 0) < box.bottom - 1,
              ),
          );
        });
        return { edges: edges.length, inside: inside.length };
      });
      const needed = sampleSteps().reduce((sum, { after }) => sum + after.length, 0);
      expect(crossings).toEqual({ edges: needed, inside: 0 });
    }));

  test('one drawing is shown at a time: across where it fits, down where it is narrow', () =>
    visit(fileOf('traced', pathReport, 'fr'), {}, async (page) => {
      const shown = async () => [
        await page.locator('.across-scroll').isVisible(),
        await page.locator('.down').isVisible(),
        await page.locator('figure.lanes').isVisible(),
      ];
      expect(await shown()).toEqual([true, false, true]);
      await page.setViewportSize({ width: 360, height: 900 });
      expect(await shown()).toEqual([false, true, false]);
    }));

  test('the arrows of a cause end at its effects, and begin at its root', () =>
    visit(fileOf('traced', pathReport, 'fr'), {}, async (page) => {
      const hops = await page.evaluate(() => {
        const boxes = [...document.querySelectorAll('.hops-across > div')].map((box) =>
          box.getBoundingClientRect(),
        );
        const under = (element: Element) => {
          const { left, width } = element.getBoundingClientRect();
          return boxes.findIndex((box) => left + width / 2 > box.left && left + width / 2 < box.right) + 1;
        };
        return [...document.querySelectorAll('.brackets .bracket')].map((bracket) =>
          [...bracket.querySelectorAll('.stem')].map((stem) => {
            const arrow = stem.querySelector('.arrow');
            return arrow ? `→ ${under(arrow)}` : `${under(stem)}`;
          }),
        );
      });
      expect(hops).toEqual([
        ['3', '→ 2'],
        ['6', '→ 5'],
        ['5', '→ 4'],
      ]);
    }));

  test('a link of the plan opens its step; a finding leads to the step that mends it', () =>
    visit(fileOf('traced', pathReport, 'en'), {}, async (page) => {
      const command = page.locator('#S-04 .cmd').first();
      expect(await command.isVisible()).toBe(false);
      await page.click('.slot[href="#S-04"]');
      await expect.poll(() => command.isVisible()).toBe(true);
      expect(await page.locator('.finding a[href="#S-01"]').count()).toBe(1);
    }));

  test('a step is copied as it is written, its proofs among it', () =>
    visit(fileOf('traced', pathReport, 'en'), {}, async (page) => {
      await page.evaluate(() => {
        Object.defineProperty(navigator, 'clipboard', {
          value: {
            writeText: async (text: string) => {
              document.body.dataset.copied = text;
            },
          },
        });
      });
      await page.locator('#S-01 [data-copy]').first().click();
      expect(await page.evaluate(() => document.body.dataset.copied)).toBe(sampleSteps()[0]?.command);
    }));

  test('without a script every hop, check and step can be read', () =>
    visit(fileOf('traced', pathReport, 'en'), { bare: true }, async (page) => {
      const [path] = pathReport().paths;
      const all = [...(path?.hops ?? []), ...(path?.side ?? [])].flatMap(({ checks }) => checks);
      expect(await page.locator('.hops .checks > li').count()).toBe(all.length);
      expect(await page.locator('details.step').count()).toBe(sampleSteps().length);
      await page.locator('#S-03 > summary').click();
      expect(await page.locator('#S-03').textContent()).toContain('The commit to build');
      expect(await page.locator('#path .js-only:visible, #plan .js-only:visible').count()).toBe(0);
    }));

  test('nothing of a hostile estate runs, and its direction marks are written out', () =>
    visit(fileOf('hostile', hostilePathReport, 'fr'), {}, async (page) => {
      await openAll(page);
      await page.click('#language');
      expect(await page.evaluate(() => 'hacked' in window)).toBe(false);
      const text = await page.evaluate(() => document.querySelector('main')?.textContent ?? '');
      expect(text).not.toMatch(/[\u202a-\u202e\u2066-\u2069\u0007\u001b]/);
      expect(await page.locator('#path script, #path img, #plan script, #plan img').count()).toBe(0);
    }));

  test('printed, every step is open with a box to tick, and both drawings fit the page', () =>
    visit(fileOf('traced', pathReport, 'fr'), { width: 680 }, async (page) => {
      await page.emulateMedia({ media: 'print' });
      await page.evaluate(() => dispatchEvent(new Event('beforeprint')));
      const steps = page.locator('details.step');
      for (const step of await steps.all()) {
        expect(await step.locator('> summary .box').isVisible()).toBe(true);
        expect(await step.locator('.cmd').first().isVisible()).toBe(true);
      }
      expect(await page.locator('.across-scroll').isVisible()).toBe(true);
      const right = await page.evaluate(() =>
        Math.max(
          ...[...document.querySelectorAll('#path *, #plan *')]
            .filter((one) => one.checkVisibility() && !one.closest('.sr'))
            .map((one) => one.getBoundingClientRect().right),
        ),
      );
      expect(right).toBeGreaterThan(600);
      expect(right).toBeLessThanOrEqual(681);
    }));
});

describe('a report without a path or a step', () => {
  test('has neither section nor entry', () => {
    const html = renderHtml(observedReport(), 'en');
    expect(html).not.toMatch(/id="(?:path|plan)"|href="#(?:path|plan)"/);
  });

  test('a path without a hop says that nothing is established', () => {
    const report = pathReport();
    const html = renderHtml(
      { ...report, paths: [{ url: 'https://nobody.example/', hops: [], side: [], causes: [] }] },
      'en',
    );
    expect(html).toContain('No hop could be followed: nothing is established about this request.');
  });
});
