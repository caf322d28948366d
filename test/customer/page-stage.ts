import { storageKeep } from '../../renderer/customer/keep';
import * as later from '../../renderer/customer/later/later';
import { startPage } from '../../renderer/customer/page';
import type { Shop } from '../../renderer/customer/shop';
import type { Group } from '../../renderer/customer/state';
import { inOfficesWords, type Texts } from '../../renderer/customer/texts';
import { startLanguage } from '../../renderer/customer/words';
import { type Asks, asksDefault } from '../../shared/protocol/asks';
import type { ServedChatPage } from '../../shared/protocol/chat-page';
import type { Language } from '../../shared/protocol/fields';
import type { CustomerConversationView, CustomerMessageView } from '../../shared/protocol/views';
import { customerEn } from '../../shared/text/customer-en';
import { customerZh } from '../../shared/text/customer-zh';
import { createFakeTransfer } from '../client/fake-transfer';
import { countingRandom, FakeTransport, HandClock } from '../client/wire';

export const openGroup: Group = { groupId: 'g1', name: 'Sales', open: true, opensAt: null, closedText: null };
export const closedGroup: Group = { ...openGroup, open: false };

const activeConversation: CustomerConversationView = {
  conversationId: 'k1',
  stage: 'active',
  groupName: 'Sales',
  agentName: null,
  position: null,
  estimatedWaitSeconds: null,
  closedBy: null,
  mayLeaveMessage: false,
  seenByAgent: null,
};

export function agentMessage(text: string): CustomerMessageView {
  return { messageId: text, conversationId: 'k1', at: 0, from: { kind: 'agent', name: 'Li' }, text, line: null };
}

/** Until what the page fetches with its first conversation is there. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

export type Stage = ReturnType<typeof createStage>;

/** The page in happy-dom over a wire flushed by hand, with the hub's sentences as verbs. Only `reload` keeps anything. */
export function createStage({ browserLanguage = 'en-GB', shop = null as Shop | null } = {}) {
  const clock = new HandClock();
  let transport = new FakeTransport();
  let seq = 10;
  let ids = 0;
  const fakeTransfer = createFakeTransfer();
  const saved: string[] = [];
  const files: Blob[] = [];
  const printed: string[] = [];
  const audio = createFakeAudio();
  let served: ServedChatPage = { revision: '', words: {}, styles: '', logo: null };
  let onFetched = () => {};
  const here: Partial<Record<Language, Texts>> = {};
  const texts = (language: Language) => inOfficesWords(language === 'zh' ? customerZh : customerEn, served);
  let running: ReturnType<typeof startPage> | null = null;
  window.localStorage.clear();
  window.sessionStorage.clear();

  function fetchTexts(language: Language): Texts {
    onFetched();
    const fetched = texts(language);
    here[language] = fetched;
    return fetched;
  }

  function open() {
    running?.stop();
    transport = new FakeTransport();
    const kept = storageKeep(() => window.localStorage, 'foyer.');
    const language = shop?.facts.language ?? startLanguage(kept, browserLanguage);
    running = startPage({
      document,
      CSSStyleSheet,
      transport,
      transfer: fakeTransfer,
      measure: async () => ({ width: 40, height: 30 }),
      saveFile: (file, name) => {
        saved.push(name);
        files.push(file);
      },
      clock,
      random: countingRandom(),
      randomId: () => {
        ids += 1;
        return `id-${ids}`;
      },
      url: 'ws://hub/ws',
      language,
      texts: fetchTexts(language),
      textsByLanguage: {
        of: (wanted) => here[wanted] ?? fetchTexts(wanted),
        load: async (wanted) => fetchTexts(wanted),
      },
      kept,
      keptInTab: storageKeep(() => window.sessionStorage, 'foyer.'),
      createAudio: () => audio.create(),
      print() {
        printed.push(document.querySelector('.transcript')?.outerHTML ?? '');
        window.dispatchEvent(new Event('afterprint'));
      },
      loadLater: async () => later,
      hasKeyboard: true,
      shop,
      identity: null,
      reload: open,
    });
  }

  function event(fields: object) {
    const prev = seq;
    seq += 1;
    transport.line.receive({ type: 'event', seq, prev, at: clock.now(), ...fields });
  }

  const stage = {
    clock,
    transfer: fakeTransfer,
    saved,
    files,
    printed,
    audio,
    reload: open,
    woke: () => running?.woke(),
    get line() {
      return transport.line;
    },
    get lines() {
      return transport.lines;
    },
    welcome(fields: object = {}, history: () => void = () => {}) {
      const office = {
        office: { name: 'Nordlys' },
        groups: [openGroup],
        customerId: 'c1',
        customerName: null,
        asks: asksDefault,
        token: null,
      };
      // The page may begin anew on it.
      const { line } = transport;
      line.welcome({ ...office, seq, ...fields }, false);
      history();
      line.receive({ type: 'caughtUp', seq });
    },
    erased: () => event({ name: 'erased' }),
    conversation(fields: Partial<CustomerConversationView> = {}) {
      event({ name: 'conversation.changed', conversation: { ...activeConversation, ...fields } });
    },
    fetched: (on: () => void) => (onFetched = on),
    serve: (page: Partial<ServedChatPage>) => (served = { ...served, ...page }),
    pageChanged: (revision: string) => event({ name: 'chatPage.changed', revision }),
    asks: (asks: Asks) => event({ name: 'asks.changed', asks }),
    groups: (...groups: Group[]) => event({ name: 'groups.changed', groups }),
    message(fields: Partial<CustomerMessageView> = {}) {
      const from = { kind: 'agent', name: 'Li' };
      const message = { messageId: `m${seq}`, conversationId: 'k1', at: clock.now(), from, text: '', line: null };
      event({ name: 'message.added', message: { ...message, ...fields } });
    },
    history(texts: string[], earlier: boolean) {
      event({ name: 'conversation.history', conversationId: 'k1', messages: texts.map(agentMessage), earlier });
    },
    commands: () => transport.line.commands(),
    ack(result: object = {}) {
      transport.line.receive({ type: 'ack', cid: stage.lastCommand().cid, seq, result });
    },
    refuse(code: string) {
      transport.line.receive({ type: 'refused', cid: stage.lastCommand().cid, code, message: 'no' });
    },
    lastCommand() {
      const last = transport.line.commands().at(-1);
      if (last === undefined) throw new Error('no command was sent');
      return last;
    },

    text: () => visibleText(document.body),
    button(name: string) {
      const all = [...document.querySelectorAll('button')].filter(isShown);
      const found = all.find((each) => (each.getAttribute('aria-label') ?? each.textContent) === name);
      if (found === undefined) throw new Error(`no button "${name}"`);
      return found;
    },
    field(label: string) {
      const found = [...document.querySelectorAll('label')].find((each) => each.textContent === label && isShown(each));
      if (found === undefined) throw new Error(`no field "${label}"`);
      return document.getElementById(found.htmlFor) as HTMLInputElement;
    },
    fill(label: string, value: string) {
      const field = stage.field(label);
      field.value = value;
      field.dispatchEvent(new Event(field.tagName === 'SELECT' ? 'change' : 'input', { bubbles: true }));
    },
    press(init: KeyboardEventInit & { keyCode?: number }) {
      const field = stage.field('Write a message');
      const event = new KeyboardEvent('keydown', { bubbles: true, cancelable: true, ...init });
      if (init.keyCode !== undefined) Object.defineProperty(event, 'keyCode', { value: init.keyCode });
      field.dispatchEvent(event);
    },
    say(text: string) {
      stage.fill('Write a message', text);
      stage.press({ key: 'Enter' });
    },
  };
  open();
  return stage;
}

/** Counts what is played; there is none before it is made. */
function createFakeAudio() {
  const counts = { made: 0, tones: 0 };
  const ramp = { setValueAtTime: () => ramp, exponentialRampToValueAtTime: () => ramp };
  const start = () => {
    counts.tones += 1;
  };
  const node = { frequency: ramp, gain: ramp, connect: () => node, start, stop() {} };
  return {
    counts,
    create() {
      counts.made += 1;
      const context = { state: 'running', currentTime: 0, destination: node };
      return { ...context, createOscillator: () => node, createGain: () => node } as unknown as AudioContext;
    },
  };
}

function isShown(element: Element): boolean {
  return element.closest('[hidden], dialog:not([open])') === null;
}

function visibleText(root: Element): string {
  const parts: string[] = [];
  const walk = (node: Node) => {
    if (node instanceof Element && !isShown(node)) return;
    if (node.nodeType === Node.TEXT_NODE && node.textContent) parts.push(node.textContent);
    for (const child of node.childNodes) walk(child);
  };
  walk(root);
  return parts.join('|');
}
