import { cp } from 'node:fs/promises';
import { type Browser, type BrowserContext, test as base, chromium, expect } from 'playwright/test';
import { type Desktop, launchDesktop, makeDesktopFolder, sandboxArgs } from '../support/electron';
import { type CustomerPage, customerPageOf } from './pages/customer-page';
import { type Desk, deskOf } from './pages/desk';

export interface StaffedDesk extends Desk {
  desktop: Desktop;
  folder: string;
}

/** A real office: one Electron app that hosts the hub, others that joined it, customers in a real Chromium. */
export interface Office {
  /** The desk that hosts the hub; its supervisor is Li Wang. */
  host: StaffedDesk;
  /** The customers' page. */
  customerUrl: string;
  agentUrl: string;
  /** A colleague on a desktop of their own. */
  join(name: string, options?: { capacity?: number; priority?: number }): Promise<StaffedDesk>;
  /** A desktop on which nothing has been chosen yet. */
  newDesk(): Promise<StaffedDesk>;
  /** A customer with a browser profile of their own, on the page. */
  customer(): Promise<CustomerPage>;
  /** A customer who has written, and whom this desk has accepted. */
  accepted(desk: Desk, name: string, words: string): Promise<CustomerPage>;
  browser(): Promise<BrowserContext>;
  /** Moves the hub's time. */
  advanceSeconds(seconds: number): Promise<void>;
  /** Starts the app that hosts the hub again, on the same folder, after it was quit; its date may be ahead. */
  startHostAgain(aheadSeconds?: number): Promise<StaffedDesk>;
}

export const passphrase = 'four walls and a lamp';

interface Fixtures {
  chromiumBrowser: Browser;
  /** The folder of a desktop that hosts the hub of an office in which nothing has happened yet. */
  newOffice: string;
}

export const test = base.extend<{ office: Office }, Fixtures>({
  chromiumBrowser: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from this pattern.
    async ({}, use) => {
      const browser = await chromium.launch({
        executablePath: process.env.FOYER_TEST_CHROMIUM ?? '/usr/bin/chromium',
        args: [...sandboxArgs(), '--disable-background-networking', '--disable-component-update', '--disable-sync'],
      });
      await use(browser);
      await browser.close();
    },
    { scope: 'worker' },
  ],
  newOffice: [
    // biome-ignore lint/correctness/noEmptyPattern: as above.
    async ({}, use) => {
      const { folder, remove } = await makeDesktopFolder();
      const desktop = await launchDesktop({ folder });
      await deskOf(desktop.page).setUpHub({ name: 'Nordlys Lighting', supervisor: 'Li Wang', passphrase });
      await desktop.quit();
      await use(folder);
      await remove();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  office: async ({ chromiumBrowser, newOffice }, use) => {
    const open: (() => Promise<void>)[] = [];
    try {
      await use(await openOffice(chromiumBrowser, newOffice, open));
    } finally {
      for (const close of open.reverse()) await close();
    }
  },
});

async function openOffice(browser: Browser, newOffice: string, open: (() => Promise<void>)[]): Promise<Office> {
  const startDesk = async (folder: string, aheadSeconds = 0): Promise<StaffedDesk> => {
    const desktop = await launchDesktop({ folder, env: { FOYER_TEST_AHEAD_SECONDS: String(aheadSeconds) } });
    open.push(() => desktop.quit().catch(() => {}));
    return { ...deskOf(desktop.page), desktop, folder };
  };
  const newFolder = async () => {
    const { folder, remove } = await makeDesktopFolder();
    open.push(remove);
    return folder;
  };
  const newDesk = async () => startDesk(await newFolder());

  const hostFolder = await newFolder();
  await cp(newOffice, hostFolder, { recursive: true });
  const host = await startDesk(hostFolder);
  await host.expectStatus('Offline');
  const hosting = await host.page.evaluate(() => window.foyer?.call('hub.state'));
  if (hosting?.state !== 'running') throw new Error(`the hub does not run: ${JSON.stringify(hosting)}`);

  const newContext = async () => {
    const context = await browser.newContext({ locale: 'en-GB', viewport: { width: 900, height: 760 } });
    open.push(() => context.close());
    return context;
  };

  const office: Office = {
    host,
    customerUrl: hosting.customerUrl,
    agentUrl: hosting.agentUrl,
    browser: newContext,
    newDesk,
    async join(name, options) {
      const code = await office.host.addAgent(name, options);
      const desk = await newDesk();
      await desk.join(hosting.agentUrl, code);
      return desk;
    },
    async customer() {
      const page = await (await newContext()).newPage();
      await page.goto(hosting.customerUrl);
      return customerPageOf(page);
    },
    async accepted(desk, name, words) {
      const customer = await office.customer();
      await customer.start(name, words);
      await desk.accept(name);
      return customer;
    },
    advanceSeconds: (seconds) => office.host.desktop.advance(seconds * 1000),
    async startHostAgain(aheadSeconds) {
      office.host = await startDesk(host.folder, aheadSeconds);
      await expect(office.host.page.getByRole('button', { name: /^Your status:/ })).toBeVisible();
      return office.host;
    },
  };
  return office;
}

export { expect };
