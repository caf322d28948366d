// @vitest-environment happy-dom
import { act } from 'react';
import { afterEach, expect, test } from 'vitest';
import { MineRow } from '../../renderer/workstation/chat/list/MineRow';
import { ConversationPane } from '../../renderer/workstation/chat/thread/ConversationPane';
import { useSession } from '../../renderer/workstation/session/session-context';
import { conversation, message } from './office';
import { Stage } from './stage';

const png = (name = 'shoe.png') => new File(['picture'], name, { type: 'image/png' });
const picture = {
  attachmentId: '1'.repeat(64),
  type: 'image/png',
  bytes: 7,
  name: 'shoe.png',
  width: 640,
  height: 480,
} as const;
const mine = { stage: 'active', agentId: 'me' } as const;

let stage: Stage;
afterEach(() => stage.close());

/** A conversation of my own is open, and its messages are known. */
function serving(options: ConstructorParameters<typeof Stage>[1] = {}) {
  function Open() {
    const session = useSession();
    return (
      <>
        <button type="button" onClick={() => session.select('c1')}>
          open
        </button>
        <ConversationPane />
      </>
    );
  }
  stage = new Stage(<Open />, options);
  stage.tell({ name: 'conversation.changed', conversation: conversation('c1', mine) });
  stage.press('open');
  said({ text: 'Hello' });
}

function said(fields: Parameters<typeof message>[1]) {
  stage.tell({
    name: 'message.added',
    message: message(`m${stage.transfer.downloads.length}${stage.text.length}`, fields),
  });
}

const turn = () => act(() => new Promise<void>((resolve) => setTimeout(resolve)));

function give(how: 'paste' | 'drop' | 'pick', given: File[], types: string[] = ['Files']): Event {
  const name = { paste: 'paste', drop: 'drop', pick: 'change' }[how];
  const event = new Event(name, { bubbles: true, cancelable: true });
  const carried = { value: { files: given, types }, configurable: true };
  Object.defineProperties(event, { clipboardData: carried, dataTransfer: carried });
  const input = stage.host.querySelector<HTMLInputElement>('input[type=file]')!;
  if (how === 'pick') Object.defineProperty(input, 'files', { value: given, configurable: true });
  const target = { paste: 'Reply to Mei Chen', drop: 'Messages', pick: null }[how];
  act(() => void (target === null ? input : stage.named(target)).dispatchEvent(event));
  return event;
}

test.each(['paste', 'drop', 'pick'] as const)(
  'a file comes by %s, and goes with the reply once it is on the hub',
  async (how) => {
    serving();
    give(how, [png()]);
    expect(stage.text).toContain('shoe.png');
    expect(stage.host.querySelector('img')?.src).toMatch(/^blob:/);
    stage.type('Reply to Mei Chen', 'Like this?');
    stage.press('Send');
    expect(stage.sent('message.send')).toBeUndefined();
    act(() => stage.transfer.uploads[0]!.progress(0.5));
    expect(stage.text).toContain('50 %');
    stage.transfer.uploads[0]!.resolve();
    await turn();
    stage.press('Send');
    const ref = { attachmentId: picture.attachmentId, name: 'shoe.png' };
    expect(stage.sent('message.send')).toMatchObject({ text: 'Like this?', attachments: [ref] });
    expect(stage.has('Files to send')).toBe(false);
    expect(stage.text).toContain('Like this?\nshoe.png');
    // Its echo takes the place of the own one; the same words of another desk's do not.
    const me = { kind: 'agent', agentId: 'me', name: 'Ana' } as const;
    said({ text: 'Like this?', from: me });
    expect(stage.text).toContain('sending …');
    const { cid } = stage.sent('message.send') as { cid: string };
    said({ cid, text: 'Like this?', from: me, attachments: [picture] });
    await turn();
    expect(stage.text).not.toContain('sending …');
  },
);

test('words that are dragged stay with the text box; a file that nobody may send here does nothing', () => {
  serving();
  expect(give('drop', [], ['text/plain']).defaultPrevented).toBe(false);
  expect(give('drop', [png()]).defaultPrevented).toBe(true);
  expect(stage.transfer.uploads).toHaveLength(1);
  stage.tell({ name: 'conversation.changed', conversation: conversation('c1', { ...mine, agentId: 'other' }) });
  expect(give('drop', [png()]).defaultPrevented).toBe(true);
  expect(stage.transfer.uploads).toHaveLength(1);
});

test('a file that is dropped while a note is written leads to the reply it goes with', () => {
  serving();
  stage.press('Note');
  expect(stage.has('Reply to Mei Chen')).toBe(false);
  give('drop', [png()]);
  expect(stage.has('Reply to Mei Chen')).toBe(true);
  expect(stage.text).toContain('shoe.png');
});

test('words that office programs copy with a picture of themselves are pasted as words', () => {
  serving();
  give('paste', [png()], ['text/plain', 'text/rtf', 'Files']);
  expect(stage.transfer.uploads).toEqual([]);
});

test('a file that fails says why, goes up again or away; what waits for one is not sent', async () => {
  serving();
  give('pick', [png()]);
  stage.transfer.uploads[0]!.reject('noRoom');
  await turn();
  expect(stage.text).toContain('The disk of the hub has too little room for files. Messages still work.');
  expect(stage.named<HTMLButtonElement>('Send').disabled).toBe(true);
  stage.press('Retry shoe.png');
  stage.transfer.uploads[1]!.reject('linkLost');
  await turn();
  expect(stage.text).toContain('The link to the hub was lost.');
  stage.press('Discard shoe.png');
  expect(stage.has('Files to send')).toBe(false);
});

test('a file that can never be taken is only offered to be discarded', async () => {
  serving();
  give('pick', [png()]);
  stage.transfer.uploads[0]!.reject('pictureTooLarge');
  await turn();
  expect(stage.text).toContain('This picture has more than 40 megapixels.');
  expect(stage.has('Retry shoe.png')).toBe(false);
  stage.press('Discard shoe.png');
  expect(stage.has('Files to send')).toBe(false);
});

test('what waits to be sent goes with a conversation that leaves the desk', () => {
  serving();
  give('pick', [png()]);
  expect(stage.has('Files to send')).toBe(true);
  stage.tell(
    { name: 'conversation.removed', conversationId: 'c1' },
    { name: 'conversation.changed', conversation: conversation('c1', mine) },
  );
  expect(stage.has('Reply to Mei Chen')).toBe(true);
  expect(stage.has('Files to send')).toBe(false);
});

test('a refused reply keeps its files, and takes them along when it is sent again', async () => {
  serving();
  give('pick', [png()]);
  stage.transfer.uploads[0]!.resolve();
  await turn();
  stage.press('Send');
  await stage.answer('message.send', { type: 'refused', code: 'notYours', message: 'not yours' });
  const first = stage.sent('message.send');
  stage.press('Retry');
  expect(stage.sent('message.send')).toMatchObject({ text: '', attachments: first?.attachments });
  expect(stage.sent('message.send')?.cid).not.toBe(first?.cid);
});

test('a picture is shown in the room its size asks for, from fetched bytes; another file is a row that saves it', async () => {
  serving();
  const pdf = { attachmentId: '2'.repeat(64), type: 'application/pdf', bytes: 20_480, name: 'invoice.pdf' } as const;
  said({ text: '', attachments: [picture, pdf] });
  const image = stage.host.querySelector('img')!;
  expect([image.getAttribute('width'), image.getAttribute('height')]).toEqual(['320', '240']);
  await turn();
  expect(image.src).toMatch(/^blob:/);
  expect(stage.transfer.downloads).toEqual([`c1/${picture.attachmentId}`]);
  expect(stage.host.querySelectorAll('img')).toHaveLength(1);
  expect(stage.named('Save invoice.pdf').textContent).toBe('invoice.pdf20 kB');
  stage.press('Save invoice.pdf');
  await turn();
  expect(stage.saved).toMatchObject([{ name: 'invoice.pdf' }]);
});

test('in the list a picture without words is named', () => {
  stage = new Stage(<MineRow conversationId="c1" />);
  stage.tell({ name: 'conversation.changed', conversation: conversation('c1', mine) });
  said({ text: 'Hello' });
  said({ text: '', attachments: [picture] });
  expect(stage.text).toContain('shoe.png');
});

test('a picture of many pixels is shown when somebody asks for it, with what it is', async () => {
  serving();
  said({ attachments: [{ ...picture, width: 5_000, height: 4_000, bytes: 20_480 }] });
  await turn();
  expect(stage.transfer.downloads).toEqual([]);
  expect(stage.text).toContain('5000 × 4000 pixels · 20 kB');
  stage.press('Show the picture “shoe.png”');
  await turn();
  expect(stage.transfer.downloads).toHaveLength(1);
  expect(stage.host.querySelector('img')?.alt).toBe('shoe.png');
});

test('on an old Electron customers’ pictures wait for a click, colleagues’ do not', async () => {
  serving({ outdatedRuntime: '25.1.1' });
  said({ attachments: [picture] });
  await turn();
  expect(stage.transfer.downloads).toEqual([]);
  expect(stage.has('Show the picture “shoe.png”')).toBe(true);
  said({ attachments: [{ ...picture, name: 'ours.png' }], from: { kind: 'agent', agentId: 'me', name: 'Me' } });
  await turn();
  expect(stage.transfer.downloads).toHaveLength(1);
});
