import AxeBuilder from '@axe-core/playwright';
import type { Page } from 'playwright/test';
import { misfits } from '../gallery/misfits';
import { arrive, inEachSize, shut, type Visitor } from '../gallery/visitor';
import { walks } from '../gallery/walks';
import { expect, test } from './office';
import { deskOf } from './pages/desk';

/**
 * Every screen and state of the gallery, in each size of the window: WCAG 2.2 AA as far as axe can tell, light and dark,
 * and nothing cut, covered or out of reach.
 */
for (const [name, walk] of Object.entries(walks)) {
  test(`fits every window, WCAG AA: ${name}`, async ({ office }) => {
    // Every screen in five sizes.
    test.setTimeout(8 * 60_000);
    const judge = createJudge();
    await walk(office, judge);
    expect(judge.violations).toEqual([]);
  });
}

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'];
/** What may differ between sizes: what is there, its names, its place among others, its size. */
const rulesOfLayout = [
  'target-size',
  'scrollable-region-focusable',
  'button-name',
  'link-name',
  'label',
  'aria-hidden-focus',
  'nested-interactive',
  'aria-required-children',
];

type Open = ((page: Page) => Promise<void>) | undefined;

function createJudge(): Visitor & { violations: string[] } {
  const violations: string[] = [];

  const judgeByAxe = async (page: Page, where: string, open: Open, narrow: (axe: AxeBuilder) => void) => {
    // Otherwise it opens a page of its own, which Electron has none of. Notices come and go while it looks.
    const axe = new AxeBuilder({ page }).setLegacyMode().exclude('.mantine-Notification-root');
    narrow(axe);
    // What lies underneath has been judged.
    if (open) axe.include('[data-portal]');
    for (const { id, nodes } of (await axe.analyze()).violations) {
      for (const { target, failureSummary } of nodes)
        violations.push(`${where}: ${id} ${target.join(' ')} ${failureSummary}`);
    }
  };
  const judgeFit = async (page: Page, where: string, open: Open) => {
    for (const each of await page.evaluate(misfits, open !== undefined)) violations.push(`${where}: ${each}`);
  };

  /** In the large window in both themes, then in each size: once opened for both. */
  const judge = async (page: Page, name: string, open: Open, themed: Page = page) => {
    await themed.emulateMedia({ colorScheme: 'dark', reducedMotion: 'reduce' });
    await open?.(page);
    await arrive(page);
    // In the other theme nothing changes but the colours.
    await judgeByAxe(page, `${name}, dark`, open, (axe) => axe.withRules('color-contrast'));
    if (open) await shut(page);
    await themed.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
    await open?.(page);
    await arrive(page);
    await judgeByAxe(page, `${name}, light`, open, (axe) => axe.withTags(tags));
    // A window that follows another one's theme has a size of its own.
    if (themed === page)
      await inEachSize(page, async (size) => {
        await judgeFit(page, `${name}, ${size}`, open);
        if (size !== '1440') await judgeByAxe(page, `${name}, ${size}`, open, (axe) => axe.withRules(rulesOfLayout));
      });
    if (open) await shut(page);
  };

  return {
    violations,
    languages: ['en'],
    async desk(page, name, open) {
      await judge(page, name, open);
      if (open) return;
      await deskOf(page).speak('zh');
      await inEachSize(page, (size) => judgeFit(page, `${name}, ${size}, zh`, open), ['900', '900-at-200']);
      await deskOf(page).speak('en');
    },
    page: (page, name, _language, themed) => judge(page, name, undefined, themed),
  };
}
