// @vitest-environment happy-dom
import { describe, expect, it } from 'vitest';
import { createStage, type Stage } from './page-stage';

const joined = { from: { kind: 'system' }, line: { code: 'joined', params: { agentName: 'Li Wei' } } } as const;
const agentSaid = { from: { kind: 'agent', name: 'Li Wei' }, text: 'Bye' } as const;
const customerSaid = { from: { kind: 'customer' }, text: 'Hello' } as const;

const ends = {
  'by the agent': {
    history: [joined, agentSaid],
    closedBy: 'agent',
    en: 'Li Wei ended the chat.',
    zh: 'Li Wei 结束了会话。',
  },
  'by the customer': {
    history: [joined, customerSaid],
    closedBy: 'customer',
    en: 'You ended the chat.',
    zh: '您结束了会话。',
  },
  'by leaving the line': {
    history: [customerSaid],
    closedBy: 'customer',
    en: 'You left the line.',
    zh: '您已放弃排队。',
  },
  '[TR4] by silence': {
    history: [joined, customerSaid, agentSaid],
    closedBy: 'system',
    en: 'The chat ended because there was no answer for a while.',
    zh: '由于长时间没有收到回复，会话已结束。',
  },
  '[QU6] by the longest wait': {
    history: [customerSaid],
    closedBy: 'system',
    en: 'Nobody was free for you in time, so the chat has ended.',
    zh: '未能及时为您安排客服人员，会话已结束。',
  },
} as const;

describe('the end', () => {
  it.each(Object.entries(ends))('%s is said as it was, over a reload too, with a way to begin anew', (_name, end) => {
    for (const language of ['en', 'zh'] as const) {
      const stage = createStage({ browserLanguage: language });
      const tell = () => {
        for (const message of end.history) stage.message(message);
        stage.conversation({ stage: 'closed', closedBy: end.closedBy });
      };
      stage.welcome();
      tell();
      expect(stage.text()).toContain(end[language]);
      stage.reload();
      stage.welcome({}, tell);
      expect(stage.text()).toContain(end[language]);
      beginAnew(stage, language);
    }
  });
});

function beginAnew(stage: Stage, language: 'en' | 'zh') {
  stage.button(language === 'en' ? 'Start a new conversation' : '发起新的会话').click();
  expect(stage.button(language === 'en' ? 'Start chat' : '开始咨询')).toBeTruthy();
}

describe("the hub's lines", () => {
  it("are said in the office's words where it has set some, else in the reader's language", () => {
    const stage = createStage();
    stage.welcome();
    stage.conversation();
    const line = (code: 'redirected' | 'customerSilent', text: string) =>
      stage.message({ from: { kind: 'system' }, line: { code, params: { agentName: 'Li' } }, text });
    line('redirected', '');
    line('redirected', 'One moment, please.');
    line('customerSilent', '');
    line('customerSilent', 'Hello? Anybody there?');
    const said = [...document.querySelectorAll('.line')].map((each) => each.textContent?.replace(/ · .*/, ''));
    expect(said).toEqual([
      'Li was busy, we are passing you to a colleague. You keep your place.',
      'One moment, please.',
      'Are you still there? Without an answer this chat will end soon.',
      'Hello? Anybody there?',
    ]);
  });
});

it('[QU5] moves up in line as it is told', () => {
  const stage = createStage();
  stage.welcome();
  stage.conversation({ stage: 'waiting', position: 3, estimatedWaitSeconds: 300 });
  expect(stage.text()).toContain('3rd|about 5 minutes');
  stage.conversation({ stage: 'waiting', position: 2, estimatedWaitSeconds: 120 });
  expect(stage.text()).toContain('2nd|about 2 minutes');
  stage.conversation({ stage: 'waiting', position: 1 });
  expect(stage.text()).toContain('1st|You are next');
});

describe('[RO1] going on after the end', () => {
  const ended = (stage: Stage, more: object = {}) => {
    stage.message(agentSaid);
    stage.conversation({ stage: 'closed', closedBy: 'agent', reopenUntil: stage.clock.now() + 600_000, ...more });
  };
  const buttons = () =>
    [...document.querySelectorAll<HTMLButtonElement>('.ended button')].filter((each) => !each.closest('[hidden]'));
  const names = () => buttons().map(({ textContent }) => textContent);

  it('is offered first, asked once, and leads back into the chat', () => {
    const stage = createStage();
    stage.welcome();
    ended(stage);
    expect(names()).toEqual(['Go on with this chat', 'Start a new conversation']);
    buttons()[0]!.click();
    expect(stage.lastCommand()).toMatchObject({ op: 'conversation.reopen' });
    expect(buttons()[0]!.disabled).toBe(true);
    stage.ack();
    stage.message({ from: { kind: 'system' }, line: { code: 'reopened', params: {} } });
    stage.conversation({ stage: 'waiting', position: 1 });
    expect(stage.text()).toContain('The chat goes on.');
    expect(names()).toEqual([]);
  });

  it('is not offered where it may not be, when it is too late, or once it was refused, which is said', () => {
    const stage = createStage();
    stage.welcome();
    ended(stage, { reopenUntil: undefined });
    expect(names()).toEqual(['Start a new conversation']);
    ended(stage);
    buttons()[0]!.click();
    stage.refuse('conversationClosed');
    expect(names()).toEqual(['Start a new conversation']);
    expect(stage.text()).toContain('This chat has already ended.');
    const late = createStage();
    late.welcome();
    late.conversation({ stage: 'closed', closedBy: 'agent', reopenUntil: late.clock.now() });
    expect(names()).toEqual(['Start a new conversation']);
  });

  it('by an agent brings the chat back, also where it was put away', () => {
    const stage = createStage();
    stage.welcome();
    ended(stage);
    buttons()[1]!.click();
    stage.conversation({ stage: 'waiting', position: 1 });
    expect(document.querySelector('[data-screen]')?.getAttribute('data-screen')).toBe('queue');
  });
});
