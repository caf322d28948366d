import { expect, test } from 'vitest';
import { createHubFiles } from '../../main/desktop/hub-files';
import { AttachmentOffice } from '../support/attachment-office';
import { files } from '../support/files';

const token = 't'.repeat(43);
const hub = createHubFiles({ of: (url) => url, lookAnew: () => undefined }, () => []);

async function served() {
  const desk = await AttachmentOffice.open();
  const ana = await desk.office.online('Ana');
  await desk.office.customer('Mei', { text: 'Hello' });
  ana.command({ op: 'offer.accept', offerId: ana.conversation.offerId });
  return { desk, ana, url: `ws://127.0.0.1:${desk.ports.agent}` };
}

test('an agent’s file goes up and comes back by the page’s own address and token', async () => {
  const { desk, ana, url } = await served();
  const up = await desk.flushed(hub.upload(url, ana.welcome.token, files.pdf));
  expect(up).toMatchObject({ ok: true, value: { type: 'application/pdf' } });
  const { attachmentId } = (up as { value: { attachmentId: string } }).value;
  const { conversationId } = ana.conversation;
  const attachments = [{ attachmentId, name: 'a.pdf' }];
  expect(ana.command({ op: 'message.send', conversationId, text: '', attachments }).type).toBe('ack');
  const down = await hub.download(url, ana.welcome.token, conversationId, attachmentId);
  expect(down).toEqual({ ok: true, value: new Uint8Array(files.pdf) });
});

test('the hub’s refusal comes by its code; nobody there, or another address than a hub’s, is a lost link', async () => {
  const { url, ana } = await served();
  expect(await hub.upload(url, token, files.pdf)).toEqual({ ok: false, code: 'signInNeeded' });
  expect(await hub.download(url, ana.welcome.token, 'conversation-1', 'a'.repeat(64))).toEqual({
    ok: false,
    code: 'unknownAttachment',
  });
  for (const nowhere of ['ws://127.0.0.1:1', 'ws://192.0.2.1:80', 'https://example.com', `${url}/x#y`])
    expect(await hub.upload(nowhere, token, files.pdf)).toEqual({ ok: false, code: 'linkLost' });
});
