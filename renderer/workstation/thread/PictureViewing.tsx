import { createContext, type ReactNode, use, useMemo, useState } from 'react';
import type { AttachmentView } from '../../../shared/protocol/attachments';
import { isPicture } from '../../../shared/protocol/file-name';
import { isShownAtOnce } from '../../../shared/protocol/pictures';
import type { MessageView } from '../../../shared/protocol/views';
import { useServices } from '../services/services';
import { PictureViewer, type ThreadPicture } from './PictureViewer';

const ViewingContext = createContext<(attachmentId: string) => void>(() => {});

/** Opens a picture of the thread in the viewer. */
export function useViewPicture(): (attachmentId: string) => void {
  return use(ViewingContext);
}

/** Whether a picture is shown on request only. */
export function useIsHeldBack(): (attachment: AttachmentView, fromCustomer: boolean) => boolean {
  const { outdatedRuntime } = useServices();
  return (attachment, fromCustomer) => !isShownAtOnce(attachment) || (fromCustomer && outdatedRuntime !== null);
}

/** The viewer of a thread's pictures. One goes on from each to the next, but for those that are shown on request only. */
export function PictureViewing({ messages, children }: { messages: readonly MessageView[]; children: ReactNode }) {
  const isHeldBack = useIsHeldBack();
  const [viewedId, setViewedId] = useState<string | null>(null);
  const pictures = useMemo(() => picturesOf(messages), [messages]);
  const shown = pictures.filter(
    ({ attachment, fromCustomer }) =>
      attachment.attachmentId === viewedId || (viewedId !== null && !isHeldBack(attachment, fromCustomer)),
  );
  const at = shown.findIndex(({ attachment }) => attachment.attachmentId === viewedId);
  const goTo = (next: number) => setViewedId(shown[next]?.attachment.attachmentId ?? viewedId);
  const viewed = shown[at];
  return (
    <ViewingContext value={setViewedId}>
      {children}
      {viewed ? (
        <PictureViewer picture={viewed} at={at} count={shown.length} onGo={goTo} onClose={() => setViewedId(null)} />
      ) : null}
    </ViewingContext>
  );
}

/** Each once, however often it was sent. */
function picturesOf(messages: readonly MessageView[]): (ThreadPicture & { fromCustomer: boolean })[] {
  const found = messages.flatMap(({ conversationId, from, attachments = [] }) =>
    attachments
      .filter(({ type }) => isPicture(type))
      .map((attachment) => ({ conversationId, attachment, fromCustomer: from.kind === 'customer' })),
  );
  return [...new Map(found.map((each) => [each.attachment.attachmentId, each])).values()];
}
