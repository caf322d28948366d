import { act, type ReactNode } from 'react';
import { createRoot } from 'react-dom/client';
import { I18nextProvider } from 'react-i18next';
import { VirtuosoMockContext } from 'react-virtuoso';
import { createLinkFinder } from '../../renderer/workstation/services/link-finder';
import { createPageStorage } from '../../renderer/workstation/services/page-storage';
import { type Services, ServicesProvider } from '../../renderer/workstation/services/services';
import { createTicker } from '../../renderer/workstation/services/ticker';
import { createSession } from '../../renderer/workstation/session/session';
import { SessionProvider } from '../../renderer/workstation/session/session-context';
import { StyleProvider } from '../../renderer/workstation/ui/StyleProvider';
import { createWords } from '../../renderer/workstation/ui/text';
import type { Language, Role } from '../../shared/protocol/fields';
import { createFakeTransfer } from '../client/fake-transfer';
import { countingRandom, FakeTransport, HandClock } from '../client/wire';
import { execCommand } from '../support/exec-command';

/** A page without a layout has no sizes of its own. */
const roomForAll = { viewportHeight: 4_000, itemHeight: 40 };

interface StageOptions {
  language?: Language;
  role?: Role;
  outdatedRuntime?: string;
}

/** A part of the workstation on a page, signed in as `me` over a line that the test holds the other end of. */
export class Stage {
  readonly host = document.createElement('div');
  readonly transport = new FakeTransport();
  readonly transfer = createFakeTransfer();
  readonly opened: string[] = [];
  readonly saved: { name: string; file: Blob }[] = [];
  private readonly clock = new HandClock();
  private readonly root = createRoot(this.host);
  private readonly session = createSession({
    transport: this.transport,
    transfer: this.transfer,
    clock: this.clock,
    random: countingRandom(),
    storage: createPageStorage(null),
    url: 'ws://127.0.0.1:1/ws',
    deviceId: 'd1',
    deviceLabel: 'test',
    token: 't'.repeat(20),
    isInFront: () => true,
  });
  private readonly role: Role;
  private readonly outdatedRuntime: string | null;
  private readonly looking = new Set<() => void>();
  private seq = 10;

  constructor(
    private readonly node: ReactNode,
    { language = 'en', role = 'supervisor', outdatedRuntime }: StageOptions = {},
  ) {
    this.role = role;
    this.outdatedRuntime = outdatedRuntime ?? null;
    Object.assign(globalThis, { IS_REACT_ACT_ENVIRONMENT: true });
    window.matchMedia ??= (() => ({ matches: false, addEventListener() {}, removeEventListener() {} })) as never;
    Object.assign(document, { execCommand });
    document.body.append(this.host);
    this.session.start();
    this.welcome();
    this.draw(language);
  }

  private draw(language: Language) {
    const services = {
      ticker: createTicker(this.clock),
      clock: this.clock,
      foreground: {
        isInFront: () => true,
        subscribe: (listen: () => void) => {
          this.looking.add(listen);
          return () => this.looking.delete(listen);
        },
      },
      findLinks: createLinkFinder(),
      openLink: (url: string) => void this.opened.push(url),
      saveFile: async (file: Blob, name: string) => void this.saved.push({ name, file }),
      desktop: null,
      outdatedRuntime: this.outdatedRuntime,
      mac: false,
    } as unknown as Services;
    act(() =>
      this.root.render(
        <I18nextProvider i18n={createWords(language)}>
          <StyleProvider env="test">
            <ServicesProvider services={services}>
              <VirtuosoMockContext.Provider value={roomForAll}>
                <SessionProvider session={this.session}>{this.node}</SessionProvider>
              </VirtuosoMockContext.Provider>
            </ServicesProvider>
          </StyleProvider>
        </I18nextProvider>,
      ),
    );
  }

  now() {
    return this.clock.now();
  }

  /** Events from the hub. */
  tell(...bodies: object[]) {
    act(() => {
      for (const body of bodies) {
        this.seq += 1;
        const frame = { type: 'event', seq: this.seq, prev: this.seq - 1, at: this.clock.now(), ...body };
        this.transport.line.receive(frame);
      }
    });
  }

  /** The person comes back to the window. */
  lookAgain() {
    act(() => {
      for (const listen of this.looking) listen();
    });
  }

  /** What the person is told as a toast. */
  notices() {
    return this.session.store.getState().notices;
  }

  /** The conversation that is open. */
  selected() {
    return this.session.store.getState().selectedId;
  }

  /** Opens a conversation. */
  select(conversationId: string) {
    act(() => this.session.select(conversationId));
  }

  /** What comes a moment later: a popover, a list. */
  async settle() {
    await act(async () => {
      await Promise.resolve();
    });
  }

  /** A signal from the hub. */
  hear(signal: object) {
    act(() => this.transport.line.receive(signal as never));
  }

  private welcome() {
    const { role, clock, seq } = this;
    this.transport.line.welcome({ seq, agentId: 'me', role, token: null, customerUrl: '', serverTime: clock.now() });
  }

  /** The link is back, after as long as it takes at most. */
  comeBack() {
    this.move(30_000);
    act(() => this.welcome());
  }

  /** The link goes. */
  drop() {
    act(() => this.transport.line.lose());
  }

  move(ms: number) {
    act(() => this.clock.move(ms));
  }

  /** The last command of this kind. */
  sent(op: string) {
    return this.transport.line
      .commands()
      .filter((frame) => frame.op === op)
      .at(-1);
  }

  async answer(op: string, answer: object) {
    const cid = this.sent(op)?.cid;
    await act(async () => {
      this.transport.line.receive({ cid, ...answer });
      await Promise.resolve();
    });
  }

  /** By accessible name: `aria-label`, its label, or what stands on it. */
  named<T extends HTMLElement = HTMLElement>(name: string): T {
    const found =
      document.body.querySelector(`[aria-label="${name}"]`) ??
      [...document.body.querySelectorAll('label')].find((each) => each.textContent === name)?.control ??
      [...document.body.querySelectorAll('button')].find((each) => each.textContent === name);
    if (!found) throw new Error(`There is no "${name}" in: ${document.body.textContent}`);
    return found as unknown as T;
  }

  has(name: string): boolean {
    return document.body.querySelector(`[aria-label="${name}"]`) !== null;
  }

  press(name: string) {
    act(() => this.named(name).click());
  }

  type(name: string, text: string) {
    const box = this.named<HTMLInputElement>(name);
    act(() => {
      const prototype = box instanceof HTMLTextAreaElement ? HTMLTextAreaElement.prototype : HTMLInputElement.prototype;
      Object.getOwnPropertyDescriptor(prototype, 'value')?.set?.call(box, text);
      box.dispatchEvent(new Event('input', { bubbles: true }));
    });
  }

  /** A key, where the focus is; `init.isComposing` as from an input method. False when somebody acted on it. */
  key(key: string, init: KeyboardEventInit = {}): boolean {
    const event = new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...init });
    if (init.isComposing) Object.defineProperty(event, 'isComposing', { value: true });
    let passed = true;
    act(() => {
      passed = (document.activeElement ?? document.body).dispatchEvent(event);
    });
    return passed;
  }

  get text(): string {
    return document.body.textContent ?? '';
  }

  close() {
    act(() => this.root.unmount());
    this.host.remove();
    this.session.stop();
  }
}
