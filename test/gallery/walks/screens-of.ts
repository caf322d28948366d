import type { Page } from 'playwright/test';
import type { Office } from '../../e2e/office';
import type { Visitor } from '../visitor';

/**
 * Shows the screens of one desk to the visitor. The hub's time goes on only as it is told to, and with it what a person may
 * send: by a second a screen.
 */
export function screensOf(page: Page, office: Office, visitor: Visitor): (...screen: Screen) => Promise<void> {
  return async (name, open) => {
    await visitor.desk(page, name, open);
    await office.advanceSeconds(1);
  };
}

type Screen = [name: string, open?: (page: Page) => Promise<void>];
