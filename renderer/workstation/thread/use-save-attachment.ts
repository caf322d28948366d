import { notifications } from '@mantine/notifications';
import { TransferFailed } from '../../../shared/client/transfer';
import type { AttachmentView } from '../../../shared/protocol/attachments';
import { useServices } from '../services/services';
import { useSession } from '../session/session-context';
import { refusalText } from '../ui/refusal-text';
import { useText } from '../ui/text';

export function useSaveAttachment(conversationId: string, { attachmentId, name }: AttachmentView): () => void {
  const t = useText();
  const { transfer } = useSession();
  const { saveFile } = useServices();
  return () => {
    const saved = transfer.download(conversationId, attachmentId).then((file) => saveFile(file, name));
    saved.catch((error: unknown) => {
      const code = error instanceof TransferFailed ? error.code : 'saveFailed';
      notifications.show({ color: 'red', message: refusalText(t, { code, message: '' }), autoClose: 9_000 });
    });
  };
}
