import { SegmentedControl, Select } from '@mantine/core';
import { useEffect, useRef, useState } from 'react';
import type { ChatPage } from '../../../../shared/protocol/chat-page';
import type { Language } from '../../../../shared/protocol/fields';
import { useText } from '../../ui/text';
import classes from './ChatPage.module.css';
import { startPreview } from './preview-page';
import { type PreviewState, previewStates } from './sample-hub';

interface PreviewProps {
  office: string;
  page: ChatPage;
  state: PreviewState;
  onState: (state: PreviewState) => void;
  language: Language;
}

/** What customers will see: their page itself, with sample data. */
export function Preview({ office, page, state, onState, language }: PreviewProps) {
  const t = useText();
  const [width, setWidth] = useState<'phone' | 'desktop'>('phone');
  const frame = useRef<HTMLIFrameElement>(null);
  const running = useRef<ReturnType<typeof startPreview>>(null);
  const shown = useRef(page);
  shown.current = page;
  useEffect(() => {
    if (frame.current === null) return;
    const preview = startPreview(frame.current, { name: office, nowMs: Date.now(), language, state }, shown.current);
    running.current = preview;
    return () => {
      running.current = null;
      preview?.stop();
    };
  }, [office, language, state]);
  useEffect(() => running.current?.show(page), [page]);
  return (
    <section className={classes.preview} aria-label={t('chatPage.preview')}>
      <div className={classes.choices}>
        <Select
          size="xs"
          aria-label={t('chatPage.previewState')}
          data={previewStates.map((value) => ({ value, label: t(`chatPage.preview.${value}`) }))}
          value={state}
          allowDeselect={false}
          onChange={(next) => onState(previewStates.find((each) => each === next) ?? 'form')}
        />
        <SegmentedControl
          size="xs"
          aria-label={t('chatPage.previewWidth')}
          data={[
            { value: 'phone', label: t('chatPage.phone') },
            { value: 'desktop', label: t('chatPage.desktop') },
          ]}
          value={width}
          onChange={(next) => setWidth(next === 'desktop' ? 'desktop' : 'phone')}
        />
      </div>
      <div className={classes.screen} data-width={width}>
        <iframe key={`${office} ${language} ${state}`} ref={frame} title={t('chatPage.preview')} />
      </div>
    </section>
  );
}
