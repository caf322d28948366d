import AxeBuilder from '@axe-core/playwright';
import type { Page } from 'playwright/test';
import { shut, type Visitor } from '../gallery/visitor';
import { walks } from '../gallery/walks';
import { expect, test } from './office';

/** WCAG 2.2 AA as far as axe can tell, on every screen and state of the gallery, light and dark. */
for (const [name, walk] of Object.entries(walks)) {
  test(`WCAG AA: ${name}`, async ({ office }) => {
    const judge = createJudge();
    await walk(office, judge);
    expect(judge.violations).toEqual([]);
  });
}

function createJudge(): Visitor & { violations: string[] } {
  const violations: string[] = [];
  const judge = async (page: Page, name: string, open?: (page: Page) => Promise<void>, themed = page) => {
    for (const colorScheme of ['light', 'dark'] as const) {
      await themed.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await open?.(page);
      await arrive(page);
      // Otherwise it opens a page of its own, which Electron has none of. Notices come and go while it looks.
      const axe = new AxeBuilder({ page }).setLegacyMode().exclude('.mantine-Notification-root');
      // In the other theme nothing changes but the colours.
      if (colorScheme === 'light') axe.withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']);
      else axe.withRules('color-contrast');
      // What lies underneath has been judged.
      if (open) axe.include('[data-portal]');
      for (const { id, nodes } of (await axe.analyze()).violations) {
        for (const { target, failureSummary } of nodes)
          violations.push(`${name}, ${colorScheme}: ${id} ${target.join(' ')} ${failureSummary}`);
      }
      if (open) await shut(page);
    }
  };
  return {
    violations,
    languages: ['en'],
    desk: judge,
    page: (page, name, _language, themed) => judge(page, name, undefined, themed),
  };
}

/** What fades or slides in is judged when it is there. */
function arrive(page: Page) {
  return page.evaluate(() => {
    const ending = document.getAnimations().filter((each) => each.effect?.getComputedTiming().endTime !== Infinity);
    return Promise.allSettled(ending.map((each) => each.finished));
  });
}
