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

/** The words of the workstation in either language, with anything for what is filled in. */
export function words(key: keyof typeof workstationEn & keyof typeof workstationZh): RegExp {
  const either = [workstationEn[key], workstationZh[key]].map((text) =>
    text
      .split(/\{\w+\}/)
      .map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))
      .join('.*'),
  );
  return new RegExp(`^(${either.join('|')})`);
}

export const themes = ['light', 'dark'] as const;
export type Theme = (typeof themes)[number];

/** Shows a page in a theme. A card keeps that which its workstation had when it came. */
export async function wear(page: Page, theme: Theme): Promise<void> {
  await page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
}

/** Closes what lies over the screen, and waits until it is gone. */
export async function shut(page: Page): Promise<void> {
  await page.keyboard.press('Escape');
  await expect(page.getByRole('dialog').or(page.getByRole('menu'))).toHaveCount(0);
}

/** Every kind of window: a large one, a laptop's, the smallest, and the smallest at 150 % and at 200 %, in CSS pixels. */
export const sizes = {
  '1440': { width: 1440, height: 900 },
  '1100': { width: 1100, height: 700 },
  '900': { width: 900, height: 600 },
  '900-at-150': { width: 600, height: 400 },
  '900-at-200': { width: 450, height: 300 },
} as const;

export type Size = keyof typeof sizes;
export const allSizes = Object.keys(sizes) as Size[];

/** Shows the page in each size, and then as large as before. */
export async function inEachSize(
  page: Page,
  look: (size: Size) => Promise<void>,
  wanted: readonly Size[] = allSizes,
): Promise<void> {
  const before = page.viewportSize() ?? sizes['1440'];
  for (const size of wanted) {
    await page.setViewportSize(sizes[size]);
    await arrive(page);
    await look(size);
  }
  await page.setViewportSize(before);
}

/** Waits until what fades or slides in is there, and what follows the size of the window has followed. */
export async function arrive(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve)));
    const ending = document.getAnimations().filter((each) => each.effect?.getComputedTiming().endTime !== Infinity);
    await Promise.allSettled(ending.map((each) => each.finished));
  });
}
