import type { AttachmentRef, AttachmentView, UploadedFile } from '../../../shared/protocol/attachments';
import { harmlessName } from '../../../shared/protocol/file-name';
import type { MessageView } from '../../../shared/protocol/views';
import type { HubEvent } from './records';

export type Upload = Omit<Extract<HubEvent, { type: 'attachment.uploaded' }>, 'type'>;

/** How long a file may wait for the message that names it. */
const uploadKeptMs = 24 * 60 * 60_000;
/** Of one person; the oldest goes. */
const uploadsPerPersonMax = 20;

/** Files that people have uploaded and may name in a message: each person only their own. */
export class Uploads {
  /** Oldest first. */
  private all: Upload[] = [];
  /** Named by the messages since the snapshot this state began with: they may not all be in the archive yet. */
  readonly named = new Set<string>();

  save(): Upload[] {
    return this.all;
  }

  /** The inverse of `save`, into an empty list. */
  load(saved: readonly Upload[], messages: Iterable<MessageView>): void {
    this.all = [...saved];
    for (const message of messages) this.note(message);
  }

  apply(event: HubEvent): void {
    if (event.type === 'message.added') this.note(event.message);
    if (event.type !== 'attachment.uploaded') return;
    const { type: _type, ...upload } = event;
    const others = this.all.filter(
      ({ by, file, at }) => at > upload.at - uploadKeptMs && !(by === upload.by && sameFile(file, upload.file)),
    );
    const own = others.filter(({ by }) => by === upload.by);
    const dropped = own.length < uploadsPerPersonMax ? null : own[0];
    this.all = [...others.filter((each) => each !== dropped), upload];
  }

  /** What a message by this person says of its files, or null where one is not theirs to name. */
  attachments(by: string, refs: readonly AttachmentRef[]): AttachmentView[] | null {
    const found = refs.map(({ name, ...ref }) => {
      const upload = this.all.find((each) => each.by === by && sameFile(each.file, ref));
      return upload ? { ...ref, ...shown(upload.file, ref), name: harmlessName(name, upload.file.type) } : null;
    });
    return found.every((each) => each !== null) ? found : null;
  }

  /** Those of one person. */
  *of(by: string): Iterable<string> {
    for (const each of this.all) if (each.by === by) yield each.file.attachmentId;
  }

  /** Forgets their uploads, and anyone's uploads of these files, but for files that a remaining message names. */
  erase(by: string, attachmentIds: readonly string[], staying: Iterable<MessageView>): void {
    for (const attachmentId of attachmentIds) this.named.delete(attachmentId);
    for (const message of staying) this.note(message);
    const gone = new Set(attachmentIds.filter((attachmentId) => !this.named.has(attachmentId)));
    this.all = this.all.filter((each) => each.by !== by && !gone.has(each.file.attachmentId));
  }

  /** What earlier messages name is in the archive by now, for as long as that is kept. */
  keepNamed(messages: Iterable<MessageView>): void {
    this.named.clear();
    for (const message of messages) this.note(message);
  }

  /** The files that have to be there, as far as is known here. */
  *needed(): Iterable<string> {
    yield* this.named;
    for (const { file } of this.all) yield file.attachmentId;
  }

  /** Whether a file has to stay, as far as is known here. */
  needs(attachmentId: string): boolean {
    return this.named.has(attachmentId) || this.all.some(({ file }) => sameFile(file, { attachmentId }));
  }

  private note({ attachments = [] }: MessageView) {
    for (const { attachmentId } of attachments) this.named.add(attachmentId);
  }
}

/** The hub's own numbers; the sender may only say that it lies on its side, as photographs do. */
function shown(file: UploadedFile, { width, height }: Omit<AttachmentRef, 'name'>): UploadedFile {
  const isTurned = width !== undefined && height !== undefined && width === file.height && height === file.width;
  return isTurned ? { ...file, width, height } : file;
}

function sameFile(one: Pick<UploadedFile, 'attachmentId'>, other: Pick<UploadedFile, 'attachmentId'>): boolean {
  return one.attachmentId === other.attachmentId;
}
