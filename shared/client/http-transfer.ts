import type { UploadedFile } from '../protocol/attachments';
import { refusalCode, type Transfer, TransferFailed } from './transfer';

/** Between a page and the hub that served it. Uploads use XMLHttpRequest, because fetch does not report their progress. */
export function createHttpTransfer(token: () => string | null): Transfer {
  const authorization = () => `Bearer ${token() ?? ''}`;
  return {
    upload: (file, { progress, signal }) =>
      new Promise((resolve, reject) => {
        const request = new XMLHttpRequest();
        request.open('POST', '/attachments');
        request.setRequestHeader('Authorization', authorization());
        request.setRequestHeader('Content-Type', 'application/octet-stream');
        request.upload.onprogress = ({ loaded, total }) => progress(total === 0 ? 0 : loaded / total);
        const lost = () => reject(new TransferFailed('linkLost'));
        request.onerror = lost;
        request.onabort = lost;
        request.onload = () => {
          if (request.status === 201) resolve(JSON.parse(request.responseText) as UploadedFile);
          else reject(new TransferFailed(refusalCode(request.responseText)));
        };
        signal.addEventListener('abort', () => request.abort());
        request.send(file);
      }),
    async download(conversationId, attachmentId) {
      const response = await fetch(`/attachments/${conversationId}/${attachmentId}`, {
        headers: { Authorization: authorization() },
      }).catch(() => {
        throw new TransferFailed('linkLost');
      });
      if (!response.ok) throw new TransferFailed(refusalCode(await response.text()));
      return response.blob();
    },
  };
}
