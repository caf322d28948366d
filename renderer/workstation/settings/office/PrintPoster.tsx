import { Button } from '@mantine/core';
import { useEffect, useState } from 'react';
import { createPortal } from 'react-dom';
import { parsedUrl } from '../../../../shared/parsed-url';
import { FormRow } from '../../ui/FormRow';
import { Qr } from '../../ui/Qr';
import { useText } from '../../ui/text';
import classes from './Widget.module.css';

/** A sheet for the counter: the chat's address to scan with a phone. */
export function PrintPoster({ office, url }: { office: string; url: string }) {
  const t = useText();
  const [isPrinting, setPrinting] = useState(false);
  useEffect(() => {
    if (!isPrinting) return;
    const done = () => setPrinting(false);
    window.addEventListener('afterprint', done);
    window.print();
    return () => window.removeEventListener('afterprint', done);
  }, [isPrinting]);
  const { hostname } = parsedUrl(url) ?? { hostname: 'localhost' };
  const isReachable = !/^(localhost|127\..*|\[::1\])$/.test(hostname);
  return (
    <FormRow title={t('widget.poster')} help={t(isReachable ? 'widget.posterHelp' : 'widget.posterLocal')}>
      <div>
        <Button size="xs" variant="default" disabled={!isReachable} onClick={() => setPrinting(true)}>
          {t('widget.posterPrint')}
        </Button>
      </div>
      {isPrinting
        ? createPortal(
            <section className={classes.poster} aria-label={t('widget.poster')}>
              <h1>{office}</h1>
              <p>{t('widget.posterScan')}</p>
              <Qr value={url} label={t('widget.posterQr')} />
              <p className={classes.address}>{url.replace(/^https?:\/\//, '')}</p>
            </section>,
            document.body,
          )
        : null}
    </FormRow>
  );
}
