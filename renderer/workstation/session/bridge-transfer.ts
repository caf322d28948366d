import { type Transfer, TransferFailed } from '../../../shared/client/transfer';
import type { DesktopApi, FileResult } from '../../../shared/desktop-api';

/** Transfers on the desktop, made by the main process. They report no progress. */
export function createBridgeTransfer(desktop: DesktopApi): Transfer {
  return {
    async upload(file) {
      const bytes = new Uint8Array(await file.arrayBuffer());
      return answered(desktop.call('attachment.upload', bytes));
    },
    async download(conversationId, attachmentId) {
      const bytes = await answered(desktop.call('attachment.download', conversationId, attachmentId));
      return new Blob([bytes as Uint8Array<ArrayBuffer>]);
    },
  };
}

async function answered<T>(asked: Promise<FileResult<T>>): Promise<T> {
  const result = await asked.catch((): FileResult<T> => ({ ok: false, code: 'linkLost' }));
  if (!result.ok) throw new TransferFailed(result.code);
  return result.value;
}
