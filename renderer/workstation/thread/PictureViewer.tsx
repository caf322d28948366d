import { ActionIcon, Button, Modal } from '@mantine/core';
import { IconChevronLeft, IconChevronRight, IconDownload, IconZoomIn, IconZoomOut } from '@tabler/icons-react';
import { type KeyboardEvent, type ReactNode, useRef, useState } from 'react';
import { sayBytes } from '../../../shared/client/draft-files';
import type { AttachmentView } from '../../../shared/protocol/attachments';
import { useLanguage, useText } from '../ui/text';
import { localeOf } from '../ui/use-times';
import classes from './PictureViewer.module.css';
import { usePicture } from './use-picture';
import { usePictureMenu } from './use-picture-menu';
import { useSaveAttachment } from './use-save-attachment';

export interface ThreadPicture {
  conversationId: string;
  attachment: AttachmentView;
}

interface PictureViewerProps {
  picture: ThreadPicture;
  /** Its place among those that can be gone through. */
  at: number;
  count: number;
  onGo: (to: number) => void;
  onClose: () => void;
}

/** One picture as large as the window has room, or larger. Arrows go on, + and − zoom, Escape closes. */
export function PictureViewer({ picture, at, count, onGo, onClose }: PictureViewerProps) {
  const t = useText();
  const { language } = useLanguage();
  const { attachment, conversationId } = picture;
  const { name, bytes, attachmentId } = attachment;
  const save = useSaveAttachment(conversationId, attachment);
  const zoom = useZoom(attachmentId);
  const pressed = (event: KeyboardEvent) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'ArrowRight' && at + 1 < count) onGo(at + 1);
    else if (event.key === 'ArrowLeft' && at > 0) onGo(at - 1);
    else if (event.key === '+' || event.key === '=') zoom.in();
    else if (event.key === '-') zoom.out();
    else if (event.key === '0') zoom.fit();
    else return;
    event.preventDefault();
  };
  const about = [sayBytes(bytes, localeOf(language)), count > 1 ? t('picture.place', { at: at + 1, count }) : ''];
  return (
    <Modal
      opened
      fullScreen
      onClose={onClose}
      title={<bdi>{name}</bdi>}
      classNames={{ content: classes.content, header: classes.header, title: classes.title, body: classes.body }}
      onKeyDown={pressed}
    >
      <div className={classes.bar}>
        <span className={classes.about}>{about.filter(Boolean).join(' · ')}</span>
        {count > 1 ? <Steps at={at} count={count} onGo={onGo} /> : null}
        <Tool label={t('picture.zoomOut')} disabled={zoom.scale === null} onClick={zoom.out}>
          <IconZoomOut size={18} stroke={1.6} />
        </Tool>
        <Tool label={t('picture.zoomIn')} onClick={zoom.in}>
          <IconZoomIn size={18} stroke={1.6} />
        </Tool>
        <Button
          size="xs"
          variant="default"
          leftSection={<IconDownload size={15} />}
          aria-label={t('files.save', { name })}
          onClick={save}
        >
          {t('common.save')}
        </Button>
      </div>
      <Shown key={attachmentId} picture={picture} zoom={zoom} onSave={save} />
    </Modal>
  );
}

function Steps({ at, count, onGo }: Pick<PictureViewerProps, 'at' | 'count' | 'onGo'>) {
  const t = useText();
  return (
    <>
      <Tool label={t('picture.before')} disabled={at === 0} onClick={() => onGo(at - 1)}>
        <IconChevronLeft size={18} />
      </Tool>
      <Tool label={t('picture.next')} disabled={at + 1 >= count} onClick={() => onGo(at + 1)}>
        <IconChevronRight size={18} />
      </Tool>
    </>
  );
}

interface ToolProps {
  label: string;
  disabled?: boolean;
  onClick: () => void;
  children: ReactNode;
}

function Tool({ label, ...button }: ToolProps) {
  return <ActionIcon variant="default" size={30} aria-label={label} title={label} {...button} />;
}

interface ShownProps {
  picture: ThreadPicture;
  zoom: Zoom;
  onSave: () => void;
}

function Shown({ picture: { conversationId, attachment }, zoom, onSave }: ShownProps) {
  const t = useText();
  const { url, failed, fail, retry } = usePicture(conversationId, attachment);
  usePictureMenu(url, onSave);
  if (failed)
    return (
      <div className={classes.room}>
        <Button variant="default" onClick={retry}>
          {t('files.pictureFailed')}
        </Button>
      </div>
    );
  const { scale } = zoom;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what is larger than the window is scrolled by keys, too
    <div className={classes.room} data-zoomed={scale !== null} tabIndex={0}>
      <img
        ref={zoom.image}
        className={classes.picture}
        src={url ?? undefined}
        alt={attachment.name}
        style={scale === null ? undefined : { width: `${scale * 100}%` }}
        onError={fail}
        onDoubleClick={scale === null ? zoom.in : zoom.fit}
      />
    </div>
  );
}

type Zoom = ReturnType<typeof useZoom>;

const zoomStep = 1.5;
const zoomMax = 8;

/** The picture's width as a share of the room; null: as much of it as there is room for. Each picture begins there. */
function useZoom(attachmentId: string) {
  const image = useRef<HTMLImageElement>(null);
  const [zoomed, setZoomed] = useState<{ of: string; scale: number } | null>(null);
  const scale = zoomed?.of === attachmentId ? zoomed.scale : null;
  /** What it is while it fits. */
  const fitted = useRef(1);
  const fit = () => setZoomed(null);
  return {
    image,
    scale,
    fit,
    in() {
      const { clientWidth = 0, parentElement } = image.current ?? {};
      if (scale === null) fitted.current = clientWidth / (parentElement?.clientWidth || 1) || 1;
      setZoomed({ of: attachmentId, scale: Math.min((scale ?? fitted.current) * zoomStep, zoomMax) });
    },
    out() {
      const less = (scale ?? 0) / zoomStep;
      if (less <= fitted.current * 1.01) fit();
      else setZoomed({ of: attachmentId, scale: less });
    },
  };
}
