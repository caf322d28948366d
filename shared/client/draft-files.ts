import type { AttachmentRef } from '../protocol/attachments';
import { fileNameMax } from '../protocol/file-name';
import { attachmentBytesMax, attachmentsPerMessageMax } from '../protocol/limits';
import { type Transfer, TransferFailed } from './transfer';

/** A file picked for the next message. It goes up at once; the message is sent when all have arrived. */
export interface DraftFile {
  key: number;
  name: string;
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
  /** Those that are on the hub: what is kept over a reload. */
  readonly refs: readonly AttachmentRef[];
  /** Every file is on the hub. True also when there is none. */
  readonly ready: boolean;
  /** What the message says of them; they are no draft any more. */
  take(): readonly AttachmentRef[];
}

/** What the file itself is refused for: it would be refused again. */
const lastingCodes: readonly (string | null)[] = [
  'tooLarge',
  'pictureTooLarge',
  'pictureUnreadable',
  'emptyFile',
  'typeRefused',
];

export function canGoUpAgain({ state, code }: DraftFile): boolean {
  return state === 'failed' && !lastingCodes.includes(code);
}

const arrived = { state: 'ready', fraction: 1 } as const;

export interface DraftFilesPorts {
  transfer: Transfer;
  /** A picture's size as it is shown; null for anything else. */
  measure(file: Blob): Promise<{ width: number; height: number } | null>;
  changed(): void;
  /** On the hub since before a reload. */
  kept?: readonly AttachmentRef[];
}

export function createDraftFiles({ transfer, measure, changed, kept = [] }: DraftFilesPorts): DraftFiles {
  let files: readonly DraftFile[] = kept.map(({ name }, at) => ({ ...arrived, key: at + 1, name, code: null }));
  let lastKey = kept.length;
  const picked = new Map<number, File>();
  const refs = new Map(kept.map((ref, at) => [at + 1, ref]));
  const cancels = new Map<number, AbortController>();

  function set(key: number, fields: Partial<DraftFile>): void {
    files = files.map((each) => (each.key === key ? { ...each, ...fields } : each));
    changed();
  }

  async function upload(key: number, file: File): Promise<void> {
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
      set(key, arrived);
    } catch (error) {
      set(key, { state: 'failed', code: error instanceof TransferFailed ? error.code : 'linkLost' });
    }
  }

  /** What can be told without the hub is. */
  function begin(key: number, file: File): void {
    const before = files.filter((each) => each.key < key && each.code !== 'tooManyFiles').length;
    if (before >= attachmentsPerMessageMax) set(key, { state: 'failed', code: 'tooManyFiles' });
    else if (file.size > attachmentBytesMax) set(key, { state: 'failed', code: 'tooLarge' });
    else if (file.size === 0) set(key, { state: 'failed', code: 'emptyFile' });
    else void upload(key, file);
  }

  const refsNow = () => files.flatMap(({ key }) => refs.get(key) ?? []);

  return {
    get files() {
      return files;
    },
    add(added) {
      for (const file of added) {
        lastKey += 1;
        files = [...files, { key: lastKey, name: file.name, state: 'uploading', fraction: 0, code: null }];
        picked.set(lastKey, file);
        begin(lastKey, file);
      }
    },
    retry(key) {
      const file = picked.get(key);
      if (file && files.some((each) => each.key === key && each.state === 'failed')) begin(key, file);
    },
    remove(key) {
      cancels.get(key)?.abort();
      refs.delete(key);
      picked.delete(key);
      files = files.filter((each) => each.key !== key);
      changed();
    },
    get refs() {
      return refsNow();
    },
    get ready() {
      return files.every(({ state }) => state === 'ready');
    },
    take() {
      const taken = refsNow();
      files = [];
      refs.clear();
      picked.clear();
      changed();
      return taken;
    },
  };
}

/** As they are kept over a reload; empty: there is nothing to keep. */
export function writeRefs(refs: readonly AttachmentRef[]): string {
  return refs.length > 0 ? JSON.stringify(refs) : '';
}

/** The inverse of `writeRefs`; nothing where that is something else. */
export function readRefs(text: string): AttachmentRef[] {
  try {
    const refs: unknown = JSON.parse(text);
    const isRef = (each: Partial<AttachmentRef> | null) =>
      typeof each?.attachmentId === 'string' && typeof each.name === 'string';
    return Array.isArray(refs) ? refs.filter(isRef) : [];
  } catch {
    return [];
  }
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
