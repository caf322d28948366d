import { sayBytes } from '../../../shared/client/draft-files';
import { pictureRoom } from '../../../shared/client/picture-room';
import type { Transfer } from '../../../shared/client/transfer';
import type { AttachmentRef, AttachmentView } from '../../../shared/protocol/attachments';
import { isPicture } from '../../../shared/protocol/file-name';
import { isShownAtOnce } from '../../../shared/protocol/pictures';
import { element, setAttribute, setText, show } from '../dom';
import type { Entry } from '../reading';
import type { Words } from '../words';
import { viewPicture } from './picture-viewer';

/** As in the style sheet. */
const sidePx = 260;

export interface AttachmentPorts {
  transfer: Transfer;
  saveFile(file: Blob, name: string): void;
}

/** The files of one message: pictures in the room their size asks for, to be opened, others by name, to be saved. */
export function createAttachments(ports: AttachmentPorts) {
  const root = element('ul', { class: 'attachments' });
  let shown = '';

  function update({ attachments, conversationId }: Entry, words: Words): void {
    const now = JSON.stringify([conversationId, attachments, words.locale]);
    if (now === shown) return;
    shown = now;
    const rows = attachments.map((each) => {
      const row = element('li');
      row.append(one(each, conversationId, words, row));
      return row;
    });
    root.replaceChildren(...rows);
    show(root, attachments.length > 0);
  }

  function one(
    attachment: AttachmentRef | AttachmentView,
    conversationId: string | null,
    words: Words,
    row: HTMLElement,
  ): HTMLElement {
    const { name } = attachment;
    if (conversationId === null || !('type' in attachment))
      return element('span', { class: 'file', dir: 'auto' }, name);
    const button = element('button', { type: 'button' });
    const label = words.say('files.show', { name });
    const load = () => ports.transfer.download(conversationId, attachment.attachmentId);
    const problem = () => setText(button, words.say('files.gone'));
    const offerSaving = () => {
      setAttribute(button, 'aria-label', words.say('files.save', { name }));
      button.addEventListener('click', () => void load().then((file) => ports.saveFile(file, name), problem));
    };
    const asRow = (text: string) => {
      button.className = 'file';
      const size = sayBytes(attachment.bytes, words.locale);
      button.append(
        element('span', { class: 'file-name', dir: 'auto' }, text),
        element('span', { class: 'note' }, size),
      );
    };
    const asPicture = () => {
      button.replaceChildren();
      picture(button, attachment, load, problem);
      setAttribute(button, 'aria-label', label);
      const open = (file: Blob) =>
        viewPicture(row, { file: typed(file, attachment), name, save: () => ports.saveFile(file, name) }, words);
      button.addEventListener('click', () => void load().then(open, problem));
    };
    if (!isPicture(attachment.type)) {
      asRow(name);
      offerSaving();
    } else if (isShownAtOnce(attachment)) asPicture();
    else {
      asRow(label);
      setAttribute(button, 'aria-label', label);
      button.addEventListener('click', asPicture, { once: true });
    }
    return button;
  }

  return { root, update };
}

/** Through `<img>` only, from bytes the page has fetched itself. */
function picture(
  button: HTMLElement,
  attachment: AttachmentView,
  load: () => Promise<Blob>,
  problem: () => void,
): void {
  const { name } = attachment;
  const { width, height } = pictureRoom(attachment, sidePx);
  const image = element('img', { alt: name, width: String(width), height: String(height) });
  button.className = 'picture';
  button.append(image);
  image.addEventListener('error', problem);
  load().then((file) => {
    const url = URL.createObjectURL(typed(file, attachment));
    image.addEventListener('load', () => URL.revokeObjectURL(url), { once: true });
    image.src = url;
  }, problem);
}

/** As a picture of the kind that the hub has found it to be. */
function typed(file: Blob, { type }: AttachmentView): Blob {
  return new Blob([file], { type });
}
