import { join } from 'node:path';
import type { Page } from 'playwright/test';
import { test } from '../e2e/office';
import { deskOf } from '../e2e/pages/desk';
import { inEachSize, shut, themes, type Visitor, wear } from './visitor';
import { walks } from './walks';

const painter: Visitor = {
  languages: ['en', 'zh'],
  async desk(page, name, open) {
    for (const language of painter.languages) {
      await deskOf(page).speak(language);
      for (const theme of themes) {
        await wear(page, theme);
        await open?.(page);
        await draw(page, `${name}-${theme}-${language}`);
        if (theme === 'light') await inEachSize(page, (size) => draw(page, `${name}-${theme}-${language}-${size}`));
        if (open) await shut(page);
      }
    }
    await deskOf(page).speak('en');
  },
  async page(page, name, language, themed = page) {
    for (const theme of themes) {
      await wear(themed, theme);
      await draw(page, `${name}-${theme}-${language}`);
    }
  },
};

for (const [name, walk] of Object.entries(walks)) {
  test(name, ({ office }) => walk(office, painter));
}

async function draw(page: Page, name: string): Promise<void> {
  await page.screenshot({ path: join(__dirname, `${name}.png`), animations: 'disabled' });
}
