// @vitest-environment happy-dom
import { act } from 'react';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { AuditPage } from '../../renderer/workstation/settings/audit/AuditPage';
import { toCsv } from '../../renderer/workstation/settings/audit/csv';
import { type AuditEntry, auditedAction } from '../../shared/protocol/audit';
import { workstationEn } from '../../shared/text/workstation-text';
import { Stage } from './stage';

let stage: Stage;
afterEach(() => {
  stage.close();
  vi.restoreAllMocks();
});

const entry = (auditId: string, fields: Partial<AuditEntry> = {}): AuditEntry => ({
  auditId,
  at: 1_800_000_000_000,
  by: { kind: 'agent', agentId: 'a1', name: 'Sam', device: 'Reception PC' },
  action: 'agent.put',
  subject: 'Ben',
  changes: [{ field: 'capacity', before: 3, after: 5 }],
  ...fields,
});

async function open(entries: AuditEntry[], { isLast = true, language = 'en' as 'en' | 'zh' } = {}) {
  stage = new Stage(<AuditPage />, { language });
  stage.tell();
  await stage.answer('audit.list', { type: 'ack', seq: 11, result: { entries, isLast } });
}

describe('the audit log', () => {
  it.each([
    ['en', 'Saved the agent Ben', 'Chats at a time: 3 → 5', 'Time for wrapping up: 0 s → 7 s'],
    ['zh', '保存了客服 Ben', '同时会话数：3 → 5', '→ 7'],
  ] as const)(
    'says who did what, from which device, before and after (%s)',
    async (language, what, change, setting) => {
      const changes = [{ field: 'wrapUpSeconds', before: 0, after: 7 }];
      await open([entry('2.1'), entry('1.1', { action: 'settings.update', subject: null, changes })], { language });
      for (const words of ['Sam', 'Reception PC', what, change, setting]) expect(stage.text).toContain(words);
    },
  );

  it.each([
    ['en', 'Reasons for a break: – → Lunch'],
    ['zh', '小休原因：– → Lunch'],
  ] as const)('has words for the office’s lists, and a sign for an empty one (%s)', async (language, said) => {
    const changes = [{ field: 'breakReasons', before: '', after: 'Lunch' }];
    await open([entry('1.1', { action: 'office.put', subject: null, changes })], { language });
    expect(stage.text).toContain(said);
  });

  it.each([
    ['en', 'Blocked Buy Now (customer-6up)', 'Ended the block of customer-7xy'],
    ['zh', '屏蔽了 Buy Now (customer-6up)', '解除了对 customer-7xy 的屏蔽'],
  ] as const)(
    'names a customer while they are blocked and their name is kept, else by their id alone (%s)',
    async (language, ...said) => {
      await open(
        [
          entry('2.1', { action: 'customer.block', subject: 'customer-6up', changes: [] }),
          entry('1.1', { action: 'block.lift', subject: 'customer-7xy', changes: [] }),
        ],
        { language },
      );
      const by = { agentId: 'ana', name: 'Ana' };
      const block = { blockId: 'b1', customerId: 'customer-6up', customerName: 'Buy Now', address: null, note: '', by };
      const nameless = { ...block, blockId: 'b2', customerId: 'customer-7xy', customerName: null };
      const blocks = [block, nameless].map((each) => ({ ...each, at: 1, until: null }));
      stage.tell({ name: 'blocks.changed', blocks });
      // Names are set apart from the words around them.
      for (const words of said) expect(stage.text.replace(/[\u2066-\u2069]/g, '')).toContain(words);
    },
  );

  it.each([
    ['en', '12 times, until', 'words of 2 conversations', 'Several addresses'],
    ['zh', '共 12 次', '2 个会话', '多个地址'],
  ] as const)('counts what was done again, and says whose words a search has shown (%s)', async (language, ...said) => {
    const again = { count: 12, lastAt: 1_800_000_300_000, changes: [] };
    const found = entry('2.1', {
      action: 'conversation.find',
      subject: null,
      changes: [],
      conversationIds: ['a', 'b'],
    });
    const stranger = { kind: 'unknown', address: '' } as const;
    await open([found, entry('1.1', { ...again, action: 'signIn.delayed', subject: null, by: stranger })], {
      language,
    });
    for (const words of said) expect(stage.text).toContain(words);
  });

  it('has words for everything that is noted', () => {
    for (const action of auditedAction.options) expect(workstationEn).toHaveProperty([`audit.action.${action}`]);
  });

  it('shows older ones page by page', async () => {
    await open([entry('2.1')], { isLast: false });
    stage.press('Show older ones');
    expect(stage.sent('audit.list')).toMatchObject({ before: { at: 1_800_000_000_000, auditId: '2.1' } });
    await stage.answer('audit.list', { type: 'ack', seq: 11, result: { entries: [entry('1.1')], isLast: true } });
    expect(stage.host.querySelectorAll('tbody tr')).toHaveLength(2);
    expect(stage.text).not.toContain('Show older ones');
  });

  it('is saved only when that has been noted', async () => {
    await open([entry('2.1')]);
    const before = stage.sent('audit.list')?.cid;
    stage.press('Save as CSV');
    expect(stage.sent('audit.export')).toBeDefined();
    expect(stage.sent('audit.list')?.cid).toBe(before);
    await stage.answer('audit.export', { type: 'ack', seq: 12 });
    await vi.waitFor(() => expect(stage.sent('audit.list')).toMatchObject({ length: 200 }));
    await stage.answer('audit.list', { type: 'ack', seq: 12, result: { entries: [entry('3.1')], isLast: true } });
    await vi.waitFor(() => expect(stage.saved).toHaveLength(1));
    const text = await stage.saved[0]!.file.text();
    expect(text).toContain('Sam,Reception PC,Saved the agent Ben,1,Chats at a time: 3 → 5');
  });
});

describe('CSV', () => {
  it('is UTF-8 with a mark, quotes what has to be, and no cell becomes a formula', () => {
    const cells = [
      '=1+1',
      '+1',
      '-1',
      '@a',
      '\tb',
      '\rc',
      '\n=1',
      '＝1',
      '＋1',
      '－1',
      '＠a',
      'a"b',
      'a,b',
      'a\nb',
      'a=b',
      '你好',
    ];
    const text = toCsv([cells]);
    const expected = `'=1+1,'+1,'-1,'@a,'\tb,"'\rc","'\n=1",'＝1,'＋1,'－1,'＠a,"a""b","a,b","a\nb",a=b,你好`;
    expect(text).toBe(`\uFEFF${expected}\r\n`);
  });

  it('asks for one agent or one action, and reads on where a page holds none', async () => {
    await open([entry('2.1')]);
    const what = stage.named<HTMLSelectElement>('What');
    act(() => {
      what.value = 'office.put';
      what.dispatchEvent(new Event('change', { bubbles: true }));
    });
    expect(stage.sent('audit.list')).toMatchObject({ before: null, action: 'office.put' });
    const next = { at: 5, auditId: '1.1' };
    await stage.answer('audit.list', { type: 'ack', seq: 12, result: { entries: [], isLast: false, next } });
    await stage.settle();
    expect(stage.sent('audit.list')).toMatchObject({ before: next, action: 'office.put' });
    await stage.answer('audit.list', { type: 'ack', seq: 12, result: { entries: [], isLast: true } });
    await stage.settle();
    expect(stage.text).toContain('Nothing like that is in the log.');
  });
});
