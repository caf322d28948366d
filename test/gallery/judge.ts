import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from 'playwright/test';
import { deskOf } from '../e2e/pages/desk';
import { misfits } from './misfits';
import { arrive, inEachSize, type Size, shut, type Theme, type Visitor, wear } from './visitor';

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

/** How thoroughly to look. */
interface Scope {
  themes: readonly Theme[];
  /** Of the window, for what is cut, covered or out of reach. */
  sizes: readonly Size[];
  /** Those of them in which axe looks again, at what depends on the layout. */
  axeSizes: readonly Size[];
  /** Sizes looked at in Chinese, too. */
  chineseSizes: readonly Size[];
}

/** Looks at every screen: nothing is cut, covered or out of reach, and WCAG 2.2 AA holds, as far as axe can tell. */
export function createJudge({ themes, sizes, axeSizes, chineseSizes }: Scope): Visitor & { violations: string[] } {
  const violations: string[] = [];

  const judgeByAxe = async (page: Page, where: string, open: Open, narrow: (axe: AxeBuilder) => void) => {
    // Otherwise it opens a page of its own, which Electron has none of. Notices come and go while it looks.
    const axe = new AxeBuilder({ page }).setLegacyMode().exclude('.mantine-Notification-root');
    narrow(axe);
    // What lies underneath has been judged.
    if (open) axe.include('[data-portal]');
    for (const { id, nodes } of (await axe.analyze()).violations) {
      // A menu's items have the focus by arrow keys, which axe does not count.
      for (const { html, target, failureSummary } of nodes)
        if (id !== 'scrollable-region-focusable' || !html.includes('role="menu"'))
          violations.push(`${where}: ${id} ${target.join(' ')} ${failureSummary}`);
    }
  };
  const judgeFit = async (page: Page, where: string, open: Open) => {
    const found = () => page.evaluate(misfits, open !== undefined);
    // On a busy machine what follows the window's size may take more than the frames that `arrive` waits for.
    const fits = expect.poll(async () => (await found()).length, { timeout: 5_000 }).toBe(0);
    if (await fits.then(() => true).catch(() => false)) return;
    for (const each of await found()) violations.push(`${where}: ${each}`);
  };

  /** In the large window in each theme, then in each size: opened once a theme. */
  const judge = async (page: Page, name: string, open: Open, themed: Page = page) => {
    for (const theme of themes) {
      await wear(themed, theme);
      await open?.(page);
      await arrive(page);
      // In another theme nothing changes but the colours.
      await judgeByAxe(page, `${name}, ${theme}`, open, (axe) =>
        theme === themes[0] ? axe.withTags(tags) : axe.withRules('color-contrast'),
      );
      // A window that follows another one's theme has a size of its own.
      if (theme === themes.at(-1) && themed === page) await judgeSizes(page, name, open);
      if (open) await shut(page);
    }
  };
  const judgeSizes = (page: Page, name: string, open: Open) =>
    inEachSize(
      page,
      async (size) => {
        await judgeFit(page, `${name}, ${size}`, open);
        if (axeSizes.includes(size))
          await judgeByAxe(page, `${name}, ${size}`, open, (axe) => axe.withRules(rulesOfLayout));
      },
      sizes,
    );

  return {
    violations,
    languages: ['en'],
    async desk(page, name, open) {
      await judge(page, name, open);
      if (open || chineseSizes.length === 0) return;
      await deskOf(page).speak('zh');
      await inEachSize(page, (size) => judgeFit(page, `${name}, ${size}, zh`, open), chineseSizes);
      await deskOf(page).speak('en');
    },
    page: (page, name, _language, themed) => judge(page, name, undefined, themed),
  };
}
