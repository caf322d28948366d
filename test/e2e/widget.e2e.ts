import AxeBuilder from '@axe-core/playwright';
import {
  type Browser,
  type BrowserContext,
  test as base,
  chromium,
  type FrameLocator,
  type Page,
  expect as playwrightExpect,
} from 'playwright/test';
import { sandboxArgs } from '../support/electron';
import { openWidgetHub, type WidgetHub } from './widget/hub';
import { openShop, type Shop, type ShopPage } from './widget/shop';

const expect = playwrightExpect.configure({ timeout: 15_000 });

/** The widget on pages of a shop on another site, which may be hostile to it by accident, in a real Chromium. */

interface Stage {
  browser: Browser;
  hub: WidgetHub;
  shop: Shop;
}

const test = base.extend<{ context: BrowserContext }, { stage: Stage }>({
  stage: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of the fixtures from this pattern.
    async ({}, use) => {
      const browser = await chromium.launch({
        executablePath: process.env.FOYER_TEST_CHROMIUM ?? '/usr/bin/chromium',
        args: [...sandboxArgs(), '--disable-background-networking', '--disable-component-update', '--disable-sync'],
      });
      const hub = await openWidgetHub();
      const shop = await openShop(() => hub.origin);
      await setWidget(hub, shop);
      await use({ browser, hub, shop });
      await shop.close();
      await hub.close();
      await browser.close();
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  context: async ({ stage }, use) => {
    const context = await stage.browser.newContext({ locale: 'en-GB', viewport: { width: 1000, height: 760 } });
    await openShadows(context);
    await use(context);
    await context.close();
  },
});

// One after the other, on one hub.
test.describe.configure({ mode: 'default' });

async function setWidget(hub: WidgetHub, shop: Shop, change: object = {}): Promise<void> {
  const widget = {
    sites: [shop.origin, shop.sameSite],
    whenAway: 'later' as const,
    greetAfterSeconds: null,
    ...change,
  };
  await hub.supervisor.send({ op: 'office.put', widget });
}

/** The shadow root is closed, to the shop's scripts and to Playwright: here it is opened to look into it. */
async function openShadows(context: BrowserContext): Promise<void> {
  await context.addInitScript(() => {
    const { attachShadow } = Element.prototype;
    Element.prototype.attachShadow = function (options) {
      this.setAttribute('data-mode', options.mode);
      return attachShadow.call(this, { ...options, mode: 'open' });
    };
  });
}

interface Widget {
  page: Page;
  launcher: ReturnType<Page['getByRole']>;
  dialog: ReturnType<Page['getByRole']>;
  chat: FrameLocator;
}

function widgetOn(page: Page): Widget {
  return {
    page,
    launcher: page.getByRole('button', { name: /^(Open chat|打开在线咨询)/ }),
    dialog: page.getByRole('dialog', { name: /^(Chat|在线咨询)$/ }),
    chat: page.frameLocator('foyer-widget iframe'),
  };
}

async function visit(context: BrowserContext, url: string): Promise<Widget> {
  const page = await context.newPage();
  await page.goto(url);
  return widgetOn(page);
}

async function expectOpen({ chat, dialog }: Widget): Promise<void> {
  await expect(chat.getByRole('button', { name: 'Start chat' })).toBeVisible();
  await expect(dialog).toBeVisible();
}

/** Whatever the page says to everything on it, the launcher is a round button in the corner and the chat a card. */
async function expectInShape({ page, launcher }: Widget): Promise<void> {
  const { width, height } = page.viewportSize()!;
  const box = (await launcher.boundingBox())!;
  expect([box.width, box.height]).toEqual([58, 58]);
  expect(Math.round(width - box.x - box.width)).toBeGreaterThanOrEqual(24);
  expect(Math.round(height - box.y - box.height)).toBe(24);
}

const allUnset = `* { all: unset !important; display: block !important; color: red !important; font-size: 3px !important }
@layer x { * { position: static !important; transform: none !important; visibility: visible !important } }
iframe, button, div { width: 700px !important; height: 20px !important; margin: 40px !important }`;

const hostile: Record<string, ShopPage & { origin?: string }> = {
  'strict policy': {
    csp: "default-src 'none'; script-src 'self' HUB; style-src 'self'; frame-src HUB; img-src data:; require-trusted-types-for 'script'",
    css: 'h1 { color: navy }',
  },
  'everything unset': { css: allUnset },
  'right to left': { html: 'dir="rtl"', css: 'body { direction: rtl; text-align: right }' },
  'html at 40 px': { css: 'html { font-size: 40px; line-height: 3 } * { letter-spacing: 4px !important }' },
  'transformed body': { css: 'body { transform: scale(.9); filter: grayscale(1); overflow: hidden; height: 100vh }' },
  'two copies': { copies: 2 },
  'its own foyer queue': { script: 'window.foyer = function () { (foyer.q = foyer.q || []).push(arguments) }' },
};

for (const [name, { csp, ...page }] of Object.entries(hostile))
  test(`opens, and leaves the shop as it is: ${name}`, async ({ stage: { hub, shop }, context }) => {
    const violations: string[] = [];
    const policy = csp === undefined ? {} : { csp: csp.replaceAll('HUB', hub.origin) };
    const plain = await visit(context, shop.serve({ ...page, ...policy, copies: 0 }));
    const before = await plain.page.screenshot();

    const widget = await visit(context, 'about:blank');
    widget.page.on('console', (message) => violations.push(message.text()));
    widget.page.on('pageerror', (error) => violations.push(error.message));
    await widget.page.goto(shop.serve({ ...page, ...policy }));
    await expect(widget.launcher).toHaveCount(1);
    await expect(widget.page.locator('foyer-widget')).toHaveAttribute('data-mode', 'closed');
    await expectInShape(widget);
    // Pixel by pixel, but for the launcher and its shadow.
    const corner = { x: 1000 - 140, y: 760 - 150, width: 140, height: 150 };
    await expectSamePixels(context, before, await widget.page.screenshot(), corner);

    await widget.launcher.click();
    await expectOpen(widget);
    // It rises into its place: where it comes to rest is what counts.
    await expect.poll(() => widget.dialog.boundingBox()).toMatchObject({ y: 96, width: 380, height: 640 });
    await widget.page.keyboard.press('Escape');
    await expect(widget.dialog).toBeHidden();
    await expect(widget.launcher).toBeFocused();
    await expectSamePixels(context, before, await widget.page.screenshot(), corner);
    expect(violations).toEqual([]);
  });

/** Compares two pictures in the browser, which reads PNG; outside of `but` no pixel may differ. */
async function expectSamePixels(
  context: BrowserContext,
  before: Buffer,
  after: Buffer,
  but: { x: number; y: number; width: number; height: number },
): Promise<void> {
  const page = await context.newPage();
  const differing = await page.evaluate(
    async ([one, two, { x, y, width, height }]) => {
      const pixels = async (base64: string) => {
        const image = await createImageBitmap(await (await fetch(`data:image/png;base64,${base64}`)).blob());
        const canvas = new OffscreenCanvas(image.width, image.height);
        const drawing = canvas.getContext('2d')!;
        drawing.drawImage(image, 0, 0);
        drawing.clearRect(x, y, width, height);
        return { width: image.width, data: drawing.getImageData(0, 0, image.width, image.height).data };
      };
      const [first, second] = [await pixels(one), await pixels(two)];
      if (first.data.length !== second.data.length) return ['another size'];
      const found: string[] = [];
      for (let at = 0; at < first.data.length && found.length < 5; at += 4)
        if ([0, 1, 2].some((part) => first.data[at + part] !== second.data[at + part]))
          found.push(`${(at / 4) % first.width},${Math.floor(at / 4 / first.width)}`);
      return found;
    },
    [before.toString('base64'), after.toString('base64'), but] as const,
  );
  await page.close();
  expect(differing).toEqual([]);
}

test('a shop that replaces its body, or all of its page, keeps the chat', async ({ stage: { shop }, context }) => {
  const widget = await visit(context, shop.serve({}));
  await widget.launcher.click();
  await expectOpen(widget);
  await widget.page.evaluate(() => {
    document.body = document.createElement('body');
  });
  await expectOpen(widget);
  await widget.page.evaluate(() => document.documentElement.replaceWith(document.createElement('html')));
  await expectOpen(widget);
  await widget.page.evaluate(() => document.querySelector('foyer-widget')?.remove());
  await expectOpen(widget);
});

test('a conversation goes on over the shop’s pages, with what is unread on the launcher, and nothing of it in the shop', async ({
  stage: { hub, shop },
  context,
}) => {
  const counts = `window.foyer = function () { (foyer.q = foyer.q || []).push(arguments) };
foyer('language', 'en'); foyer('onUnread', (count) => { document.documentElement.dataset.unread = count });
addEventListener('message', ({ data }) => { document.documentElement.dataset.heard = (document.documentElement.dataset.heard || '') + JSON.stringify(data) })`;
  const url = shop.serve({ script: counts }, shop.sameSite);
  const widget = await visit(context, url);
  await widget.launcher.click();
  await expectOpen(widget);
  await widget.chat.getByLabel('Your name').fill('Mei Chen');
  await widget.chat.getByRole('button', { name: 'Start chat' }).click();
  const composer = widget.chat.getByRole('textbox', { name: 'Write a message' });
  await composer.fill('Is the lamp in stock?');
  await composer.press('Enter');
  const conversationId = await hub.supervisor.accept();
  await hub.supervisor.send({ op: 'message.send', conversationId, text: 'In blue it is.' });
  await expect(widget.chat.getByText('In blue it is.')).toBeVisible();
  await widget.chat.getByRole('button', { name: 'Close the chat' }).click();
  await expect(widget.dialog).toBeHidden();

  await hub.supervisor.send({ op: 'message.send', conversationId, text: 'Shall I put one aside?' });
  await expect(widget.launcher).toHaveAccessibleName('Open chat, 1 new message');
  await expect(widget.page.getByRole('status')).toContainText('1 new message');
  await expect(widget.page.locator('html')).toHaveAttribute('data-unread', '1');
  // What came while the customer went from page to page is unread, too.
  await widget.page.goto('about:blank');
  await hub.supervisor.send({ op: 'message.send', conversationId, text: 'It is the last one.' });
  await widget.page.goto(url);
  await expect(widget.launcher).toHaveAccessibleName('Open chat, 2 new messages');
  await widget.launcher.click();
  await expect(widget.chat.getByText('It is the last one.')).toBeVisible();
  await expect(widget.page.locator('html')).toHaveAttribute('data-unread', '0');
  expect(await widget.page.locator('html').getAttribute('data-heard')).toBe('{"foyer":"ready"}');
  // Left open, it is open on the next page.
  await widget.page.reload();
  await expect(widget.chat.getByText('It is the last one.')).toBeVisible();
  await expect(widget.page.locator('body')).toBeFocused();
  await widget.chat.getByRole('button', { name: 'End chat' }).click();
  await widget.chat.getByRole('dialog').getByRole('button', { name: 'End chat' }).click();
  await expect(widget.chat.getByText('You ended the chat.')).toBeVisible();
});

test('where the browser stores nothing the chat lasts as long as the page, and says so', async ({
  stage: { shop },
  context,
}) => {
  await context.addInitScript(() => {
    for (const name of ['localStorage', 'sessionStorage'])
      Object.defineProperty(window, name, {
        get() {
          throw new DOMException('forbidden', 'SecurityError');
        },
      });
  });
  const widget = await visit(context, shop.serve({}));
  await widget.launcher.click();
  await expectOpen(widget);
  await expect(widget.chat.getByText('This browser stores nothing for this chat')).toBeVisible();
  await widget.page.keyboard.press('Escape');
  await widget.launcher.click();
  await expectOpen(widget);
});

test('on a phone it fills what is visible, and gives the page back where it was', async ({
  stage: { shop, browser: chrome },
}) => {
  const context = await chrome.newContext({ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true });
  await openShadows(context);
  const widget = await visit(context, shop.serve({}));
  await widget.page.evaluate(() => scrollTo(0, 500));
  const before = await widget.page.screenshot();
  await widget.launcher.tap();
  await expectOpen(widget);
  expect(await widget.dialog.boundingBox()).toEqual({ x: 0, y: 0, width: 390, height: 844 });
  // A keyboard takes the lower half away.
  await widget.page.setViewportSize({ width: 390, height: 440 });
  await expect.poll(async () => (await widget.dialog.boundingBox())?.height).toBe(440);
  await widget.chat.getByLabel('Your name').fill('Mei');
  await expect(widget.chat.getByLabel('Your name')).toBeInViewport();
  await widget.page.setViewportSize({ width: 390, height: 844 });
  await expect.poll(async () => (await widget.dialog.boundingBox())?.height).toBe(844);
  await widget.chat.getByRole('button', { name: 'Close the chat' }).tap();
  await expect(widget.dialog).toBeHidden();
  expect(await widget.page.evaluate(() => [scrollY, getComputedStyle(document.documentElement).overflow])).toEqual([
    500,
    'visible',
  ]);
  const corner = { x: 390 - 140, y: 844 - 150, width: 140, height: 150 };
  await expectSamePixels(context, before, await widget.page.screenshot(), corner);
  await context.close();
});

test('a site that the office does not name shows no chat, and stays as it was', async ({
  stage: { hub, shop },
  context,
}) => {
  await setWidget(hub, shop, { sites: ['https://another.example'] });
  const widget = await visit(context, shop.serve({}));
  await widget.launcher.click();
  await expect(widget.page.getByRole('status')).toContainText('We can’t be reached right now');
  await expect(widget.dialog).toBeHidden();
  await expect(widget.page.locator('foyer-widget iframe')).toHaveCount(0);
  await setWidget(hub, shop);
});

test('forged frames and messages are not listened to', async ({ stage: { hub, shop }, context }) => {
  // The shop's own frame announces itself as the chat, and a stranger's page greets the real one.
  const widget = await visit(
    context,
    shop.serve({
      script: `addEventListener('load', () => { const own = document.createElement('iframe'); own.srcdoc = '<script>parent.postMessage({foyer:"ready"}, "*")<\\/script>'; document.body.append(own); addEventListener('message', (event) => { if (event.data.foyer === 'hello') document.title = 'greeted' }) })`,
    }),
  );
  await widget.launcher.click();
  await expectOpen(widget);
  await expect(widget.page).toHaveTitle('Desk lamps');
  // In a page of its own, which nothing embeds, the chat's address with the mark is the chat as ever.
  const alone = await context.newPage();
  await alone.goto(`${hub.origin}/chat#widget`);
  await expect(alone.getByRole('button', { name: 'Start chat' })).toBeVisible();
  await expect(alone.getByRole('button', { name: 'Close the chat' })).toBeHidden();
});

for (const [size, viewport] of [
  ['on a desk', { width: 1000, height: 760 }],
  ['on a phone', { width: 390, height: 844 }],
] as const)
  test(`anybody can use it, ${size}: by axe, closed, open and with a bubble`, async ({
    stage: { hub, shop, browser: chrome },
  }) => {
    await setWidget(hub, shop, { greetAfterSeconds: 0 });
    const context = await chrome.newContext({ locale: 'en-GB', viewport });
    await openShadows(context);
    const widget = await visit(context, shop.serve({}));
    await expect(widget.page.getByRole('status')).toContainText('Hello, how can we help?');
    await expectUsable(widget.page);
    await widget.launcher.click();
    await expectOpen(widget);
    await expectUsable(widget.page);
    await widget.chat.getByLabel('Your name').fill('Mei Chen');
    await widget.chat.getByRole('button', { name: 'Start chat' }).click();
    await expect(widget.chat.getByRole('textbox', { name: 'Write a message' })).toBeVisible();
    await expectUsable(widget.page);
    await context.close();
    await setWidget(hub, shop);
  });

/** The widget in its shadow root, and the chat in its frame; the shop's own faults are none of ours. */
async function expectUsable(page: Page): Promise<void> {
  const { violations } = await new AxeBuilder({ page }).include('foyer-widget').analyze();
  expect(violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)])).toEqual([]);
}

test('the hub’s own page to try it, and both languages', async ({ stage: { hub }, context }) => {
  const widget = await visit(context, `${hub.origin}/try`);
  await widget.launcher.click();
  await expectOpen(widget);
  await widget.chat.getByRole('button', { name: '中文' }).click();
  await expect(widget.dialog).toHaveAccessibleName('在线咨询');
  await widget.chat.getByRole('button', { name: '收起聊天窗口' }).click();
  await expect(widget.launcher).toHaveAccessibleName('打开在线咨询');
});

test('greets once, after the seconds that are set', async ({ stage: { hub, shop }, context }) => {
  await setWidget(hub, shop, { greetAfterSeconds: 0 });
  const url = shop.serve({});
  const widget = await visit(context, url);
  await expect(widget.page.getByRole('status')).toContainText('Hello, how can we help?');
  await widget.page.getByRole('button', { name: 'Dismiss' }).click();
  await widget.page.reload();
  await expect(widget.launcher).toBeVisible();
  await expect(widget.page.getByText('Hello, how can we help?')).toBeHidden();
  await setWidget(hub, shop);
});

test('without a hub the shop is as it was, and the launcher offers to write later or goes', async ({
  stage: { hub, shop },
  context,
}) => {
  const url = shop.serve({});
  const widget = await visit(context, url);
  await setWidget(hub, shop, { whenAway: 'hide' });
  const hiding = await visit(await contextLike(context), shop.serve({}));
  await expect(hiding.launcher).toBeVisible();
  await hub.kill();

  await widget.launcher.click();
  await expect(widget.page.getByRole('status')).toContainText('Please write to us a little later.');
  await expect(widget.dialog).toBeHidden();
  await hiding.launcher.click();
  await expect(hiding.page.locator('foyer-widget')).toHaveCount(0);
  const atLoad = await visit(await contextLike(context), shop.serve({}));
  await expect(atLoad.page.getByRole('heading', { name: 'Desk lamps' })).toBeVisible();
  await expect(atLoad.page.locator('foyer-widget')).toHaveCount(0);

  await hub.startAgain();
  await widget.page.getByText('Try again').click();
  await expectOpen(widget);
  // Down again while it is open: what is written is kept in the form.
  await hub.kill();
  await expect(widget.chat.getByText('Reconnecting, nothing is lost')).toBeVisible();
  await hub.startAgain();
  await expect(widget.chat.getByText('Reconnecting, nothing is lost')).toBeHidden();
});

async function contextLike(context: BrowserContext): Promise<BrowserContext> {
  const another = await context.browser()!.newContext({ locale: 'en-GB', viewport: { width: 1000, height: 760 } });
  await openShadows(another);
  return another;
}
