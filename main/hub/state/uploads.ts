import type { AttachmentRef, AttachmentView, UploadedFile } from '../../../shared/protocol/attachments';
import { harmlessName } from '../../../shared/protocol/file-name';
import type { MessageView } from '../../../shared/protocol/views';
import type { HubEvent } from './records';

export type Upload = Omit<Extract<HubEvent, { type: 'attachment.uploaded' }>, 'type'>;

/** How long an upload is kept without a message that names it. */
const uploadKeptMs = 24 * 60 * 60_000;
/** Per person; a further upload drops the oldest. */
const uploadsPerPersonMax = 20;

/** Uploaded files that may be attached to a message, each only by the person who uploaded it. */
export class Uploads {
  /** Oldest first. */
  private all: Upload[] = [];
  /** Files named by messages in the state or since it was loaded, which may not be in the archive yet. */
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

  /** The attachments of a message by this person, or null when one of them is not their upload. */
  attachments(by: string, refs: readonly AttachmentRef[]): AttachmentView[] | null {
    const found = refs.map(({ name, ...ref }) => {
      const upload = this.all.find((each) => each.by === by && sameFile(each.file, ref));
      return upload ? { ...ref, ...shown(upload.file, ref), name: harmlessName(name, upload.file.type) } : null;
    });
    return found.every((each) => each !== null) ? found : null;
  }

  /** The files one person has uploaded. */
  *of(by: string): Iterable<string> {
    for (const each of this.all) if (each.by === by) yield each.file.attachmentId;
  }

  /** Drops this person's uploads, and anyone's uploads of these files unless a remaining message names them. */
  erase(by: string, attachmentIds: readonly string[], staying: Iterable<MessageView>): void {
    for (const attachmentId of attachmentIds) this.named.delete(attachmentId);
    for (const message of staying) this.note(message);
    const gone = new Set(attachmentIds.filter((attachmentId) => !this.named.has(attachmentId)));
    this.all = this.all.filter((each) => each.by !== by && !gone.has(each.file.attachmentId));
  }

  /** Rebuilds `named` from these messages: files of earlier ones are named by the archive by now. */
  keepNamed(messages: Iterable<MessageView>): void {
    this.named.clear();
    for (const message of messages) this.note(message);
  }

  /** The files the state needs on disk; the archive and pages may need more. */
  *needed(): Iterable<string> {
    yield* this.named;
    for (const { file } of this.all) yield file.attachmentId;
  }

  /** Whether the state needs this file on disk; the archive and pages may too. */
  needs(attachmentId: string): boolean {
    return this.named.has(attachmentId) || this.all.some(({ file }) => sameFile(file, { attachmentId }));
  }

  private note({ attachments = [] }: MessageView) {
    for (const { attachmentId } of attachments) this.named.add(attachmentId);
  }
}

/** Uses the size the hub measured; the sender may only swap width and height, for photographs rotated by metadata. */
function shown(file: UploadedFile, { width, height }: Omit<AttachmentRef, 'name'>): UploadedFile {
  const isTurned = width !== undefined && height !== undefined && width === file.height && height === file.width;
  return isTurned ? { ...file, width, height } : file;
}

function sameFile(one: Pick<UploadedFile, 'attachmentId'>, other: Pick<UploadedFile, 'attachmentId'>): boolean {
  return one.attachmentId === other.attachmentId;
}
