import type { AttachmentRef, attachmentBytesMax, attachmentsPerMessageMax } from '../protocol/attachments';
import { fileNameMax } from '../protocol/file-name';
import { type Transfer, TransferFailed } from './transfer';

// Types only from the schemas: the customer's page must stay small.
const bytesMax: typeof attachmentBytesMax = 10 * 1024 ** 2;
const filesMax: typeof attachmentsPerMessageMax = 5;

/** A file picked for the next message. It goes up at once; the message is sent when all have arrived. */
export interface DraftFile {
  key: number;
  file: File;
  state: 'uploading' | 'ready' | 'failed';
  /** Of the upload, 0 to 1. */
  fraction: number;
  /** Why it failed: the hub's code, `linkLost` or `tooManyFiles`. */
  code: string | null;
}

export interface DraftFiles {
  readonly files: readonly DraftFile[];
  add(files: Iterable<File>): void;
  retry(key: number): void;
  remove(key: number): void;
  /** Every file is on the hub. True also when there is none. */
  readonly ready: boolean;
  /** What the message says of them; they are no draft any more. */
  take(): AttachmentRef[];
}

export interface DraftFilesPorts {
  transfer: Transfer;
  /** A picture's size as it is shown; null for anything else. */
  measure(file: Blob): Promise<{ width: number; height: number } | null>;
  changed(): void;
}

export function createDraftFiles({ transfer, measure, changed }: DraftFilesPorts): DraftFiles {
  let files: readonly DraftFile[] = [];
  let lastKey = 0;
  const refs = new Map<number, AttachmentRef>();
  const cancels = new Map<number, AbortController>();

  function set(key: number, fields: Partial<DraftFile>): void {
    files = files.map((each) => (each.key === key ? { ...each, ...fields } : each));
    changed();
  }

  async function upload({ key, file }: DraftFile): Promise<void> {
    const cancel = new AbortController();
    cancels.set(key, cancel);
    set(key, { state: 'uploading', fraction: 0, code: null });
    try {
      const progress = (fraction: number) => set(key, { fraction });
      const [{ attachmentId }, size] = await Promise.all([
        transfer.upload(file, { progress, signal: cancel.signal }),
        measure(file),
      ]);
      refs.set(key, { attachmentId, name: [...file.name].slice(0, fileNameMax / 2).join(''), ...size });
      set(key, { state: 'ready', fraction: 1 });
    } catch (error) {
      set(key, { state: 'failed', code: error instanceof TransferFailed ? error.code : 'linkLost' });
    }
  }

  /** What can be told without the hub is. */
  function begin(draft: DraftFile): void {
    const before = files.filter(({ key, code }) => key < draft.key && code !== 'tooManyFiles').length;
    if (before >= filesMax) set(draft.key, { state: 'failed', code: 'tooManyFiles' });
    else if (draft.file.size > bytesMax) set(draft.key, { state: 'failed', code: 'tooLarge' });
    else if (draft.file.size === 0) set(draft.key, { state: 'failed', code: 'emptyFile' });
    else void upload(draft);
  }

  return {
    get files() {
      return files;
    },
    add(added) {
      for (const file of added) {
        lastKey += 1;
        const draft: DraftFile = { key: lastKey, file, state: 'uploading', fraction: 0, code: null };
        files = [...files, draft];
        begin(draft);
      }
    },
    retry(key) {
      const found = files.find((each) => each.key === key);
      if (found?.state === 'failed') begin(found);
    },
    remove(key) {
      cancels.get(key)?.abort();
      refs.delete(key);
      files = files.filter((each) => each.key !== key);
      changed();
    },
    get ready() {
      return files.every(({ state }) => state === 'ready');
    },
    take() {
      const taken = files.flatMap(({ key }) => refs.get(key) ?? []);
      files = [];
      refs.clear();
      changed();
      return taken;
    },
  };
}

/** What was pasted as files. Office programs add a picture to the words they copy: there the words are meant. */
export function pastedFiles(pasted: DataTransfer | null): File[] {
  return pasted === null || pasted.types.includes('text/rtf') ? [] : [...pasted.files];
}

/** Words are dragged too: they belong to the text box. */
export function dragsFiles(dragged: DataTransfer | null): boolean {
  return dragged?.types.includes('Files') ?? false;
}

/** By the browser's own decoder; what it can't show is no picture. */
export async function measurePicture(file: Blob): Promise<{ width: number; height: number } | null> {
  if (!/^image\/(png|jpeg|gif|webp)$/.test(file.type)) return null;
  try {
    const bitmap = await createImageBitmap(file);
    const { width, height } = bitmap;
    bitmap.close();
    return { width, height };
  } catch {
    return null;
  }
}

/** `12 kB`, `3.4 MB` with the reader's own decimal sign. */
export function sayBytes(bytes: number, locale: string): string {
  const inMegabytes = bytes >= 1_000_000;
  const amount = inMegabytes ? bytes / 1_000_000 : Math.max(1, Math.round(bytes / 1_000));
  return `${amount.toLocaleString(locale, { maximumFractionDigits: 1 })} ${inMegabytes ? 'MB' : 'kB'}`;
}
