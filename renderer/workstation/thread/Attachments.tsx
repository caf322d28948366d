import { notifications } from '@mantine/notifications';
import { IconDownload, IconFileTypePdf, IconFileTypeTxt, IconPhoto } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { sayBytes } from '../../../shared/client/draft-files';
import { pictureRoom } from '../../../shared/client/picture-room';
import { TransferFailed } from '../../../shared/client/transfer';
import type { AttachmentView } from '../../../shared/protocol/attachments';
import { isPicture } from '../../../shared/protocol/file-name';
import { isShownAtOnce } from '../../../shared/protocol/pictures';
import { useServices } from '../services/services';
import { useSession } from '../session/session-context';
import { refusalText } from '../ui/refusal-text';
import { useLanguage, useText } from '../ui/text';
import { localeOf } from '../ui/use-times';
import classes from './Attachments.module.css';

const pictureSidePx = 320;

interface AttachmentProps {
  conversationId: string;
  attachment: AttachmentView;
}

interface AttachmentsProps {
  conversationId: string;
  fromCustomer: boolean;
  attachments: readonly AttachmentView[];
}

/** The files of one message: pictures are shown, others are named; all can be saved. */
export function Attachments({ conversationId, attachments, fromCustomer }: AttachmentsProps) {
  const { outdatedRuntime } = useServices();
  return attachments.map((attachment) => {
    const isHeldBack = !isShownAtOnce(attachment) || (fromCustomer && outdatedRuntime !== null);
    const OfPicture = isHeldBack ? HeldBackPicture : Picture;
    const One = isPicture(attachment.type) ? OfPicture : FileRow;
    return <One key={attachment.attachmentId} conversationId={conversationId} attachment={attachment} />;
  });
}

/** Shown on request. */
function HeldBackPicture(props: AttachmentProps) {
  const t = useText();
  const { language } = useLanguage();
  const [asked, setAsked] = useState(false);
  if (asked) return <Picture {...props} />;
  const { name, bytes, width, height } = props.attachment;
  return (
    <button
      type="button"
      className={classes.file}
      aria-label={t('files.show', { name })}
      onClick={() => setAsked(true)}
    >
      <IconPhoto size={20} stroke={1.5} aria-hidden="true" />
      <span className={classes.about}>
        <span className={classes.name} dir="auto">
          {t('files.show', { name })}
        </span>
        <span className={classes.note}>
          {width && height ? `${t('files.pixels', { width, height })} · ` : ''}
          {sayBytes(bytes, localeOf(language))}
        </span>
      </span>
    </button>
  );
}

/** Through `<img>` only, from bytes fetched with this agent's rights. */
function Picture({ conversationId, attachment }: AttachmentProps) {
  const t = useText();
  const save = useSave(conversationId, attachment);
  const { transfer } = useSession();
  const { attachmentId, type, name } = attachment;
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
      if (made !== null) URL.revokeObjectURL(made);
    };
  }, [transfer, conversationId, attachmentId, type, tries]);

  if (failedTry === tries)
    return (
      <button type="button" className={classes.file} onClick={() => setTries(tries + 1)}>
        <span className={classes.name} dir="auto">
          {name}
        </span>
        <span className={classes.note}>{t('files.pictureFailed')}</span>
      </button>
    );
  return (
    <button type="button" className={classes.picture} aria-label={t('files.save', { name })} onClick={save}>
      <img
        {...pictureRoom(attachment, pictureSidePx)}
        src={url ?? undefined}
        alt={name}
        onError={() => setFailedTry(tries)}
      />
    </button>
  );
}

function FileRow({ conversationId, attachment }: AttachmentProps) {
  const t = useText();
  const save = useSave(conversationId, attachment);
  const { language } = useLanguage();
  const { name, type, bytes } = attachment;
  const Icon = type === 'application/pdf' ? IconFileTypePdf : IconFileTypeTxt;
  return (
    <button type="button" className={classes.file} aria-label={t('files.save', { name })} onClick={save}>
      <Icon size={20} stroke={1.5} aria-hidden="true" />
      <span className={classes.name} dir="auto">
        {name}
      </span>
      <span className={classes.note}>{sayBytes(bytes, localeOf(language))}</span>
      <IconDownload size={16} stroke={1.5} aria-hidden="true" />
    </button>
  );
}

function useSave(conversationId: string, { attachmentId, name }: AttachmentView): () => void {
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
