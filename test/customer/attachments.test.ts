// @vitest-environment happy-dom
import { expect, test } from 'vitest';
import { createStage } from './page-stage';

const turn = () => new Promise((resolve) => setTimeout(resolve));
const png = (name = 'shoe.png') => new File(['picture'], name, { type: 'image/png' });
const view = {
  attachmentId: '1'.repeat(64),
  type: 'image/png',
  bytes: 7,
  name: 'shoe.png',
  width: 40,
  height: 30,
} as const;

function chatting() {
  const stage = createStage();
  stage.welcome({}, () => stage.conversation({ agentName: 'Li' }));
  const input = document.querySelector<HTMLInputElement>('input[type=file]')!;
  const pick = (...files: File[]) => {
    Object.defineProperty(input, 'files', { value: files, configurable: true });
    input.dispatchEvent(new Event('change'));
  };
  return { stage, pick };
}

test('a picture is sent when it is on the hub and not before, and shown in the room it takes', async () => {
  const { stage, pick } = chatting();
  pick(png());
  stage.transfer.uploads[0]!.progress(0.5);
  expect(stage.text()).toContain('shoe.png|50 %');
  stage.say('look');
  expect(stage.commands().filter(({ op }) => op === 'message.send')).toEqual([]);
  stage.transfer.uploads[0]!.resolve();
  await turn();
  stage.press({ key: 'Enter' });
  const { type: _type, bytes: _bytes, ...ref } = view;
  expect(stage.lastCommand()).toMatchObject({ op: 'message.send', text: 'look', attachments: [ref] });
  expect(stage.text()).toContain('Sending …');
  stage.ack();
  const cid = String(stage.lastCommand().cid);
  stage.message({ cid, from: { kind: 'customer' }, text: 'look', attachments: [view] });
  await turn();
  expect(stage.transfer.downloads).toEqual([`k1/${view.attachmentId}`]);
  const image = document.querySelector('img')!;
  expect([image.getAttribute('width'), image.getAttribute('height'), image.src.slice(0, 5)]).toEqual([
    '40',
    '30',
    'blob:',
  ]);
  expect(document.querySelectorAll('.message')).toHaveLength(1);
});

test('a file is pasted, or dropped anywhere on the page; dragged words stay with the text box', () => {
  const { stage } = chatting();
  const give = (name: string, target: EventTarget, data: object) => {
    const event = new Event(name, { bubbles: true, cancelable: true });
    Object.defineProperty(event, name === 'paste' ? 'clipboardData' : 'dataTransfer', { value: data });
    target.dispatchEvent(event);
    return event.defaultPrevented;
  };
  const box = document.querySelector('#composer-text')!;
  expect(give('paste', box, { files: [png('pasted.png')], types: ['Files'] })).toBe(true);
  expect(give('paste', box, { files: [png()], types: ['text/plain', 'text/rtf', 'Files'] })).toBe(false);
  expect(give('drop', document.body, { files: [png('dropped.png')], types: ['Files'] })).toBe(true);
  expect(give('drop', box, { files: [], types: ['text/plain'] })).toBe(false);
  expect(stage.transfer.uploads.map(({ file }) => (file as File).name)).toEqual(['pasted.png', 'dropped.png']);
});

test('a file that fails says why and can go up again; without words it is a message of its own', async () => {
  const { stage, pick } = chatting();
  pick(png());
  stage.transfer.uploads[0]!.reject('noRoom');
  await turn();
  expect(stage.text()).toContain('We cannot take files right now. You can still write.');
  stage.button('Try shoe.png again').click();
  stage.transfer.uploads[1]!.resolve();
  await turn();
  stage.press({ key: 'Enter' });
  expect(stage.lastCommand()).toMatchObject({ op: 'message.send', text: '', attachments: [{ name: 'shoe.png' }] });
  stage.refuse('attachmentUnknown');
  expect(stage.text()).toContain('Not sent. A file has not been kept for so long. Please attach it again.');
});

test('what can never be taken is not offered to go up again, only to be discarded', async () => {
  const { stage, pick } = chatting();
  pick(png());
  stage.transfer.uploads[0]!.reject('pictureTooLarge');
  await turn();
  expect(stage.text()).toContain('This picture has more than 40 megapixels.');
  expect(stage.text()).not.toContain('Send again');
  stage.button('Remove shoe.png').click();
  expect(stage.text()).not.toContain('shoe.png');
});

test('what is no picture is a row with name and size that is saved, never shown', async () => {
  const { stage } = chatting();
  const file = { ...view, type: 'application/pdf', name: 'invoice.pdf', bytes: 20_480 } as const;
  stage.message({ attachments: [file] });
  expect(stage.text()).toContain('invoice.pdf|20 kB');
  expect(stage.transfer.downloads).toEqual([]);
  stage.button('Save invoice.pdf').click();
  await turn();
  expect(stage.saved).toEqual(['invoice.pdf']);
  expect(document.querySelector('img')).toBeNull();
});

test('a picture opens over the page, where it can be saved, and closes with its message', async () => {
  const { stage } = chatting();
  stage.message({ attachments: [view] });
  await turn();
  const open = async () => {
    stage.button('Show the picture “shoe.png”').click();
    await turn();
  };
  const viewer = () => document.querySelector<HTMLDialogElement>('dialog[aria-label="shoe.png"]');
  await open();
  expect([viewer()?.open, viewer()?.querySelector('img')?.src.slice(0, 5)]).toEqual([true, 'blob:']);
  stage.button('Save picture').click();
  expect(stage.saved).toEqual(['shoe.png']);
  viewer()?.querySelector('button')?.click();
  expect(viewer()).toBeNull();
  await open();
  viewer()?.dispatchEvent(new Event('click'));
  expect(viewer()).toBeNull();
  await open();
  stage.button('中文').click();
  expect(viewer()).toBeNull();
});

test('a picture of many pixels is shown when it is asked for, and then it can be opened', async () => {
  const { stage } = chatting();
  stage.message({ attachments: [{ ...view, width: 5_000, height: 4_000 }] });
  await turn();
  expect(stage.transfer.downloads).toEqual([]);
  stage.button('Show the picture “shoe.png”').click();
  await turn();
  expect(stage.transfer.downloads).toHaveLength(1);
  expect(document.querySelector('img')?.alt).toBe('shoe.png');
  expect(stage.saved).toEqual([]);
  stage.button('Show the picture “shoe.png”').click();
  await turn();
  expect(document.querySelectorAll('img')).toHaveLength(2);
});
