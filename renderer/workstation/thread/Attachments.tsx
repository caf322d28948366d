import {
  IconDownload,
  IconFile,
  IconFileTypePdf,
  IconFileTypeTxt,
  IconFileZip,
  IconMovie,
  IconPhoto,
} from '@tabler/icons-react';
import { useState } from 'react';
import { sayBytes } from '../../../shared/client/draft-files';
import { pictureRoom } from '../../../shared/client/picture-room';
import type { AttachmentView } from '../../../shared/protocol/attachments';
import { type AttachmentType, isPicture } from '../../../shared/protocol/file-name';
import { useLanguage, useText } from '../ui/text';
import { localeOf } from '../ui/use-times';
import classes from './Attachments.module.css';
import { useIsHeldBack, useViewPicture } from './PictureViewing';
import { usePicture } from './use-picture';
import { usePictureMenu } from './use-picture-menu';
import { useSaveAttachment } from './use-save-attachment';

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
  const isHeldBack = useIsHeldBack();
  return attachments.map((attachment) => {
    const OfPicture = isHeldBack(attachment, fromCustomer) ? HeldBackPicture : Picture;
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

/** Through `<img>` only, from bytes fetched with this agent's rights. A click shows it in the viewer. */
function Picture({ conversationId, attachment }: AttachmentProps) {
  const t = useText();
  const view = useViewPicture();
  const { url, failed, fail, retry } = usePicture(conversationId, attachment);
  usePictureMenu(url, useSaveAttachment(conversationId, attachment));
  const { attachmentId, name } = attachment;
  if (failed)
    return (
      <button type="button" className={classes.file} onClick={retry}>
        <span className={classes.name} dir="auto">
          {name}
        </span>
        <span className={classes.note}>{t('files.pictureFailed')}</span>
      </button>
    );
  return (
    <button
      type="button"
      className={classes.picture}
      aria-label={t('picture.view', { name })}
      onClick={() => view(attachmentId)}
    >
      <img {...pictureRoom(attachment, pictureSidePx)} src={url ?? undefined} alt={name} onError={fail} />
    </button>
  );
}

const icons: Partial<Record<AttachmentType, typeof IconFile>> = {
  'application/pdf': IconFileTypePdf,
  'text/plain': IconFileTypeTxt,
  'application/zip': IconFileZip,
  'video/mp4': IconMovie,
  'image/heic': IconPhoto,
};

function FileRow({ conversationId, attachment }: AttachmentProps) {
  const t = useText();
  const save = useSaveAttachment(conversationId, attachment);
  const { language } = useLanguage();
  const { name, type, bytes } = attachment;
  const Icon = icons[type] ?? IconFile;
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
