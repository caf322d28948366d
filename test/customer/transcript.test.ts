// @vitest-environment happy-dom
import { beforeEach, describe, expect, it } from 'vitest';
import { createStage, type Stage, settled } from './page-stage';

describe('the transcript', () => {
  let stage: Stage;
  const ana = { from: { kind: 'agent', name: 'Ana Silva' } } as const;
  const mei = { from: { kind: 'customer' } } as const;
  const at = new Date(2026, 10, 24, 14, 2).getTime();
  async function talked({ browserLanguage = 'en-GB' } = {}) {
    stage = createStage({ browserLanguage });
    stage.welcome();
    stage.conversation();
    const joined = { line: { code: 'joined', params: { agentName: 'Ana Silva' } }, from: { kind: 'system' } } as const;
    stage.message({ ...mei, at, text: 'Does it come in <b>blue</b>?\nOr "red" & white?' });
    stage.message({ ...joined, at });
    stage.message({ ...ana, at: at + 60_000, text: 'כן, בכחול' });
    const file = { attachmentId: 'a1', name: 'lamp.pdf', bytes: 20_000, type: 'application/pdf' };
    stage.message({ ...ana, at: at + 86_400_000, text: '', attachments: [file] as never });
    const ended = {
      line: { code: 'endedByAgent', params: { agentName: 'Ana Silva' } },
      from: { kind: 'system' },
    } as const;
    stage.message({ ...ended, at: at + 86_460_000 });
    await settled();
  }
  const closed = { stage: 'closed', closedBy: 'agent' } as const;
  const text = async () => (await stage.files.at(-1)!.text()).replaceAll('\r\n', '\n');
  beforeEach(() => talked());

  it('is offered after the end, not before', () => {
    expect(stage.text()).not.toContain('Save transcript');
    stage.conversation(closed);
    expect(stage.text()).toContain('Save transcript|Print');
  });

  it('is a text: the office, the times and their zone, who said what, files by name', async () => {
    stage.conversation(closed);
    stage.button('Save transcript').click();
    expect(stage.saved).toEqual(['conversation-2026-11-24.txt']);
    const { timeZone } = new Intl.DateTimeFormat().resolvedOptions();
    const said = await text();
    expect(said).toContain('Conversation with Nordlys\n');
    expect(said).toContain(`times of ${timeZone}\n`);
    expect(said).toContain(
      [
        'Tuesday, November 24, 2026',
        '[14:02] You: Does it come in <b>blue</b>?',
        '    Or "red" & white?',
        '[14:02] Ana Silva joined',
        '[14:03] Ana Silva: \u2068כן, בכחול\u2069',
        '',
        'Wednesday, November 25, 2026',
        '[14:02] Ana Silva:',
        '    File: lamp.pdf',
        '[14:03] Ana Silva ended the chat.',
        '',
      ].join('\n'),
    );
  });

  it('is printed as text that is never markup, and gone from the page after that', () => {
    stage.conversation(closed);
    stage.button('Print').click();
    const page = stage.printed[0]!;
    expect(page).toContain('&lt;b&gt;blue&lt;/b&gt;');
    expect(page).toContain('<p dir="auto">כן, בכחול</p>');
    expect(document.querySelector('.transcript')).toBeNull();
  });

  it('speaks the language of the page', async () => {
    await talked({ browserLanguage: 'zh-CN' });
    stage.conversation(closed);
    stage.button('保存聊天记录').click();
    expect(await text()).toContain('与Nordlys的会话\n');
    expect(await text()).toContain('[14:03] Ana Silva 结束了会话。');
  });

  describe('of more than the page has', () => {
    const earlier = () => stage.commands().filter(({ op }) => op === 'conversation.earlier');
    beforeEach(() => {
      stage.history(['of late'], true);
      stage.conversation(closed);
    });

    it('waits for the rest', async () => {
      stage.button('Save transcript').click();
      expect(stage.text()).toContain('Fetching the rest …');
      const before = { messageId: '1.0', conversationId: 'k1', at, ...mei, text: 'at first', line: null };
      stage.ack({ messages: [before], earlier: true });
      stage.ack({ messages: [{ ...before, messageId: '0.1', text: 'before that' }], earlier: false });
      expect(earlier()).toHaveLength(2);
      expect(stage.files).toHaveLength(1);
      expect(await text()).toMatch(/before that[\s\S]*at first[\s\S]*of late/);
    });

    it('says so when the rest can’t be had any more, and is saved once', async () => {
      stage.button('Save transcript').click();
      stage.refuse('conversationClosed');
      expect(earlier()).toHaveLength(1);
      expect(stage.files).toHaveLength(1);
      expect(await text()).toContain('Earlier messages are not in this transcript');
    });
  });
});
