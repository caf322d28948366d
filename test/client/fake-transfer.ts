import { type Transfer, TransferFailed } from '../../shared/client/transfer';
import type { UploadedFile } from '../../shared/protocol/attachments';

/** Uploads that end when the test says so; every download gives the same few bytes. */
export function createFakeTransfer() {
  const uploads: { file: Blob; progress(fraction: number): void; resolve(): void; reject(code: string): void }[] = [];
  const downloads: string[] = [];
  const transfer: Transfer = {
    upload: (file, { progress }) =>
      new Promise<UploadedFile>((resolve, reject) => {
        const attachmentId = String(uploads.length + 1).repeat(64);
        uploads.push({
          file,
          progress,
          resolve: () => resolve({ attachmentId, type: 'image/png', bytes: file.size }),
          reject: (code) => reject(new TransferFailed(code)),
        });
      }),
    async download(conversationId, attachmentId) {
      downloads.push(`${conversationId}/${attachmentId}`);
      return new Blob(['bytes']);
    },
  };
  return { ...transfer, uploads, downloads };
}
