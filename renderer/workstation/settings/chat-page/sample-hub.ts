import type { Transport, TransportListener } from '../../../../shared/client/transport';
import { asksDefault } from '../../../../shared/protocol/asks';
import type { Language } from '../../../../shared/protocol/fields';
import type { SentenceKey } from '../../../../shared/protocol/sentences';
import type { CustomerConversationView, CustomerMessageView } from '../../../../shared/protocol/views';
import { workstationEn, workstationZh } from '../../../../shared/text/workstation-text';

/** What the customer is doing in the preview. */
export const previewStates = ['form', 'closed', 'queue', 'chat', 'ended'] as const;
export type PreviewState = (typeof previewStates)[number];

/** Where a sentence is said; null: in none of them. */
export function previewStateOf(key: SentenceKey): PreviewState | null {
  if (key.startsWith('closed.') || key === 'leave.intro') return 'closed';
  if (key === 'form.intro') return 'form';
  if (/^(queue|wait)\./.test(key)) return 'queue';
  if (key.startsWith('line.')) return 'chat';
  return key.startsWith('ended.') ? 'ended' : null;
}

export interface SampleOffice {
  name: string;
  nowMs: number;
  language: Language;
  state: PreviewState;
}

const minuteMs = 60_000;

/** A hub that stands still: it welcomes the customers' page with a sample of what it may show, and answers nothing. */
export function createSampleHub(office: SampleOffice) {
  let listener: TransportListener | null = null;
  let seq = 0;
  const tell = (frame: object) => listener?.frame(JSON.stringify(frame));
  const event = (fields: object) => {
    const prev = seq;
    seq += 1;
    tell({ type: 'event', seq, prev, at: office.nowMs, ...fields });
  };

  function welcome(): void {
    const isOpen = office.state !== 'closed';
    const opensAt = isOpen ? null : office.nowMs + 14 * 60 * minuteMs;
    tell({
      ...{ type: 'welcome', hubId: 'sample', epoch: 1, seq, mode: 'snapshot', lastN: 0, serverTime: office.nowMs },
      ...{ customerId: 'sample', token: null, office: { name: office.name }, customerName: null, asks: asksDefault },
      groups: [{ groupId: 'sample', name: office.name, open: isOpen, opensAt, closedText: null }],
    });
    const conversation = conversationIn(office.state);
    if (conversation !== null) {
      event({ name: 'conversation.changed', conversation });
      const messages = sampleMessages(office);
      event({ name: 'conversation.history', conversationId: 'sample', messages, earlier: false });
    }
    tell({ type: 'caughtUp', seq });
  }

  const transport: Transport = {
    open(_url, opened) {
      listener = opened;
      // Not before the caller has its line.
      void Promise.resolve().then(() => listener?.opened());
      return {
        send(text) {
          if ((JSON.parse(text) as { type: string }).type === 'hello') welcome();
        },
        close() {
          listener = null;
        },
      };
    },
  };
  return { transport, pageChanged: (revision: string) => event({ name: 'chatPage.changed', revision }) };
}

const agentName = 'Ana Silva';

function conversationIn(state: PreviewState): CustomerConversationView | null {
  if (state === 'form' || state === 'closed') return null;
  const isQueue = state === 'queue';
  return {
    conversationId: 'sample',
    stage: isQueue ? 'waiting' : state === 'ended' ? 'closed' : 'active',
    groupName: '',
    agentName: state === 'chat' ? agentName : null,
    position: isQueue ? 2 : null,
    estimatedWaitSeconds: isQueue ? 240 : null,
    closedBy: state === 'ended' ? 'agent' : null,
    mayLeaveMessage: false,
    seenByAgent: null,
  };
}

function sampleMessages({ state, nowMs, language }: SampleOffice): CustomerMessageView[] {
  const texts = language === 'zh' ? workstationZh : workstationEn;
  const customer = { kind: 'customer' } as const;
  const agent = { kind: 'agent', name: agentName } as const;
  const system = { kind: 'system' } as const;
  const line = (code: 'joined' | 'redirected' | 'transferred', name = agentName) => ({
    ...{ from: system, text: '' },
    line: { code, params: { agentName: name } },
  });
  const question = { from: customer, text: texts['chatPage.sample.question'], line: null };
  const rest = [
    line('redirected', 'Ben Ito'),
    line('joined'),
    { from: agent, text: texts['chatPage.sample.answer'], line: null },
    { from: customer, text: texts['chatPage.sample.thanks'], line: null },
    line('transferred', 'Mei Chen'),
  ];
  const shown =
    state === 'queue' ? [question] : state === 'ended' ? [question, ...rest.slice(1, 4)] : [question, ...rest];
  return shown.map((each, index) => ({
    messageId: `sample-${index}`,
    conversationId: 'sample',
    at: nowMs - (shown.length - index) * minuteMs,
    ...each,
  }));
}
