import type { UploadedFile } from '../protocol/attachments';

/** Uploads and downloads: by HTTP in a browser, through the main process on the desktop. */
export interface Transfer {
  /** Rejects with a `TransferFailed`. */
  upload(file: Blob, options: { progress(fraction: number): void; signal: AbortSignal }): Promise<UploadedFile>;
  /** Rejects with a `TransferFailed`. */
  download(conversationId: string, attachmentId: string): Promise<Blob>;
}

/** `code` as in the hub's refusal, or `linkLost`. */
export class TransferFailed extends Error {
  // Declared, not defined: the helper that older browsers need for it is a hundredth of the customers' page.
  declare readonly code: string;

  constructor(code: string) {
    super(code);
    this.code = code;
  }
}

/** The code in a refusal's JSON; `linkLost` for any other body, which is not from a hub. */
export function refusalCode(body: string): string {
  try {
    const { code } = JSON.parse(body) as { code?: unknown };
    return typeof code === 'string' ? code : 'linkLost';
  } catch {
    return 'linkLost';
  }
}
