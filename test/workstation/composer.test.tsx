// @vitest-environment happy-dom
import { MantineProvider } from '@mantine/core';
import { act } from 'react';
import { createRoot, type Root } from 'react-dom/client';
import { I18nextProvider } from 'react-i18next';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Composer } from '../../renderer/workstation/chat/composer/Composer';
import { createPageStorage, type PageStorage } from '../../renderer/workstation/services/page-storage';
import { type Services, ServicesProvider } from '../../renderer/workstation/services/services';
import { createSession, type Session } from '../../renderer/workstation/session/session';
import { SessionProvider } from '../../renderer/workstation/session/session-context';
import { createWords } from '../../renderer/workstation/ui/text';
import { createFakeTransfer } from '../client/fake-transfer';
import { countingRandom, FakeTransport, HandClock } from '../client/wire';

let root: Root;
let host: HTMLElement;
let session: Session;
let transport: FakeTransport;
let transfer: ReturnType<typeof createFakeTransfer>;

function open(storage: PageStorage = createPageStorage(null)) {
  transport = new FakeTransport();
  transfer = createFakeTransfer();
  session = createSession({
    transport,
    transfer,
    clock: new HandClock(),
    random: countingRandom(),
    storage,
    url: 'ws://127.0.0.1:1/ws',
    deviceId: 'd1',
    deviceLabel: 'test',
    token: 't'.repeat(20),
    isInFront: () => true,
  });
  session.start();
  transport.line.welcome({ agentId: 'me', role: 'agent', token: null, customerUrl: '' });
  act(() =>
    root.render(
      <MantineProvider>
        <I18nextProvider i18n={createWords('en')}>
          <ServicesProvider services={{} as Services}>
            <SessionProvider session={session}>
              <Composer conversationId="c1" customerName="Mei Chen" kinds={['reply', 'note']} />
            </SessionProvider>
          </ServicesProvider>
        </I18nextProvider>
      </MantineProvider>,
    ),
  );
}

const box = () => host.querySelector('textarea')!;

function type(text: string) {
  act(() => {
    const set = Object.getOwnPropertyDescriptor(HTMLTextAreaElement.prototype, 'value')?.set;
    set?.call(box(), text);
    box().dispatchEvent(new Event('input', { bubbles: true }));
  });
}

function press(init: KeyboardEventInit & { keyCode?: number }) {
  const event = new KeyboardEvent('keydown', { bubbles: true, cancelable: true, key: 'Enter', ...init });
  if (init.keyCode !== undefined) Object.defineProperty(event, 'keyCode', { value: init.keyCode });
  if (init.isComposing) Object.defineProperty(event, 'isComposing', { value: true });
  act(() => {
    box().dispatchEvent(event);
  });
}

const said = () =>
  transport.line
    .commands()
    .filter((frame) => frame.op === 'message.send')
    .map((frame) => frame.text);

beforeEach(() => {
  Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
  window.matchMedia ??= (() => ({ matches: false, addEventListener() {}, removeEventListener() {} })) as never;
  host = document.createElement('div');
  document.body.append(host);
  root = createRoot(host);
});

afterEach(() => {
  act(() => root.unmount());
  host.remove();
  session.stop();
});

describe('the composer', () => {
  it('sends on Enter and is empty afterwards', () => {
    open();
    type('Good morning');
    press({});
    expect(said()).toEqual(['Good morning']);
    expect(box().value).toBe('');
  });

  it('never sends while a word is being composed: by the flag, or by the old key code', () => {
    open();
    type('nihao');
    press({ isComposing: true });
    press({ keyCode: 229 });
    expect(said()).toEqual([]);
    expect(box().value).toBe('nihao');
    type('你好');
    press({});
    expect(said()).toEqual(['你好']);
  });

  it('starts a line on Shift Enter, and leaves Ctrl Enter to accepting', () => {
    open();
    type('one');
    press({ shiftKey: true });
    press({ ctrlKey: true });
    expect(said()).toEqual([]);
  });

  it('sends neither nothing nor too much', () => {
    open();
    type('   ');
    press({});
    type('x'.repeat(4_001));
    press({});
    expect(said()).toEqual([]);
    expect(host.querySelector('[role="alert"]')?.textContent).toBe('1 character too many');
  });

  it('keeps a draft over a reload', () => {
    const storage = createPageStorage(null);
    open(storage);
    type('It is, I have put one');
    act(() => root.unmount());
    root = createRoot(host);
    session.stop();
    open(storage);
    expect(box().value).toBe('It is, I have put one');
  });

  it('keeps the draft of a note over a reload, apart from the reply’s', () => {
    const storage = createPageStorage(null);
    const toNote = () => act(() => host.querySelector<HTMLElement>('[data-command="composer.switch"]')?.click());
    open(storage);
    type('It is, I have put one');
    toNote();
    type('Three are left');
    act(() => root.unmount());
    root = createRoot(host);
    session.stop();
    open(storage);
    expect(box().value).toBe('It is, I have put one');
    toNote();
    expect(box().value).toBe('Three are left');
  });
});

it('takes back words that did not fit one frame, to be edited', async () => {
  open();
  type('below');
  act(() => session.reply('c1', '\u001b'.repeat(11_000)));
  await act(async () => {});
  const [failed] = session.store.getState().sending;
  expect(failed).toMatchObject({ state: 'failed', code: 'frameTooLarge' });
  act(() => session.editReply(failed!.cid));
  expect(box().value).toHaveLength(11_000);
  expect(session.store.getState().sending).toEqual([]);
});
