import type { AttachmentRef } from '../protocol/attachments';
import { fileNameMax } from '../protocol/file-name';
import { attachmentBytesMax, attachmentsPerMessageMax } from '../protocol/limits';
import { type Transfer, TransferFailed } from './transfer';

/** A file picked for the next message. It is uploaded at once; the message can be sent when all uploads are done. */
export interface DraftFile {
  key: number;
  name: string;
  state: 'uploading' | 'ready' | 'failed';
  /** Progress of the upload, 0 to 1. */
  fraction: number;
  /** To be shown; null for any other file, and after a reload. */
  picture: Blob | null;
  /** Why it failed: the hub's code, `linkLost` or `tooManyFiles`. */
  code: string | null;
}

export interface DraftFiles {
  readonly files: readonly DraftFile[];
  add(files: Iterable<File>): void;
  retry(key: number): void;
  remove(key: number): void;
  /** The uploaded files, which survive a reload. */
  readonly refs: readonly AttachmentRef[];
  /** All files are uploaded; true also if there are none. */
  readonly ready: boolean;
  /** The uploaded files for the message, removed from the draft. */
  take(): readonly AttachmentRef[];
}

/** Codes about the file itself: uploading it again would fail again. */
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

/** As browsers show them. */
const pictureTypes = /^image\/(png|jpeg|gif|webp)$/;

const arrived = { state: 'ready', fraction: 1 } as const;

export interface DraftFilesPorts {
  transfer: Transfer;
  /** A picture's size in pixels; null for any other file. */
  measure(file: Blob): Promise<{ width: number; height: number } | null>;
  changed(): void;
  /** Uploaded before a reload. */
  kept?: readonly AttachmentRef[];
}

export function createDraftFiles({ transfer, measure, changed, kept = [] }: DraftFilesPorts): DraftFiles {
  let files: readonly DraftFile[] = kept.map(({ name }, at) => ({
    ...arrived,
    ...{ key: at + 1, name, picture: null, code: null },
  }));
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

  /** Starts the upload, unless it would certainly be refused. */
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
        const picture = pictureTypes.test(file.type) ? file : null;
        const begun = { state: 'uploading', fraction: 0, code: null } as const;
        files = [...files, { key: lastKey, name: file.name, picture, ...begun }];
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

/** Serialised for storage across reloads; empty if there are none. */
export function writeRefs(refs: readonly AttachmentRef[]): string {
  return refs.length > 0 ? JSON.stringify(refs) : '';
}

/** The inverse of `writeRefs`; empty if the text is anything else. */
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

/**
 * The pasted files; none if words were pasted, because office programs add a picture of the cells or slides they copy.
 * Words come with their formatting there; beside a file, a file manager puts its name alone, and a browser no plain text.
 */
export function pastedFiles(pasted: DataTransfer | null): File[] {
  const { types = [], files = [] } = pasted ?? {};
  const areWords = types.includes('text/plain') && (types.includes('text/html') || types.includes('text/rtf'));
  return areWords ? [] : [...files];
}

/** False for dragged text, which belongs to the text box. */
export function dragsFiles(dragged: DataTransfer | null): boolean {
  return dragged?.types.includes('Files') ?? false;
}

/** The size of a picture in pixels; null if the browser cannot decode it. */
export async function measurePicture(file: Blob): Promise<{ width: number; height: number } | null> {
  if (!pictureTypes.test(file.type)) return null;
  try {
    const bitmap = await createImageBitmap(file);
    const { width, height } = bitmap;
    bitmap.close();
    return { width, height };
  } catch {
    return null;
  }
}

/** `12 kB`, `3.4 MB` with the decimal sign of the locale. */
export function sayBytes(bytes: number, locale: string): string {
  const inMegabytes = bytes >= 1_000_000;
  const amount = inMegabytes ? bytes / 1_000_000 : Math.max(1, Math.round(bytes / 1_000));
  return `${amount.toLocaleString(locale, { maximumFractionDigits: 1 })} ${inMegabytes ? 'MB' : 'kB'}`;
}
