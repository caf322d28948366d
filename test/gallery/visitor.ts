import { expect, type Page } from 'playwright/test';
import type { Language } from '../../shared/protocol/fields';
import { workstationEn, workstationZh } from '../../shared/text/workstation-text';

/** Is given every screen and state: the gallery draws them, the accessibility test checks them. */
export interface Visitor {
  languages: readonly Language[];
  /**
   * A screen of the workstation, in every look. To change the look closes what lies over the screen: `open` brings it
   * up each time, by words that hold in both languages, and Escape closes it.
   */
  desk(page: Page, name: string, open?: (page: Page) => Promise<void>): Promise<void>;
  /** A page in the language it is in. It follows the theme of the system as `themed` sees it: itself, if not said. */
  page(page: Page, name: string, language: Language, themed?: Page): Promise<void>;
}

/** The words of the workstation in either language, up to the first that is filled in. */
export function words(key: keyof typeof workstationEn & keyof typeof workstationZh): RegExp {
  const either = [workstationEn[key], workstationZh[key]].map((text) => {
    const [beginning = ''] = text.split('{');
    return beginning.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  });
  return new RegExp(`^(${either.join('|')})`);
}

/** Closes what lies over the screen, and waits until it is gone. */
export async function shut(page: Page): Promise<void> {
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog').or(page.getByRole('menu'))).toHaveCount(0);
}
