import { useEffect, useState } from 'react';
import type { AttachmentView } from '../../../shared/protocol/attachments';
import { useSession } from '../session/session-context';

interface ShownPicture {
  /** For `<img>` only; null while it is fetched, with this agent's rights. */
  url: string | null;
  failed: boolean;
  fail(): void;
  retry(): void;
}

export function usePicture(conversationId: string, { attachmentId, type }: AttachmentView): ShownPicture {
  const { transfer } = useSession();
  const [url, setUrl] = useState<string | null>(null);
  const [tries, setTries] = useState(1);
  const [failedTry, setFailedTry] = useState(0);
  useEffect(() => {
    let made: string | null = null;
    let wanted = true;
    const show = (file: Blob) => {
      if (!wanted) return;
      made = URL.createObjectURL(new Blob([file], { type }));
      setUrl(made);
    };
    transfer.download(conversationId, attachmentId).then(show, () => {
      if (wanted) setFailedTry(tries);
    });
    return () => {
      wanted = false;
      setUrl(null);
      if (made !== null) URL.revokeObjectURL(made);
    };
  }, [transfer, conversationId, attachmentId, type, tries]);
  return {
    url,
    failed: failedTry === tries,
    fail: () => setFailedTry(tries),
    retry: () => setTries(tries + 1),
  };
}
