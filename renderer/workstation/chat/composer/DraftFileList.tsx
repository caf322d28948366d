import { Button, Loader } from '@mantine/core';
import { IconAlertCircle, IconCheck } from '@tabler/icons-react';
import { useEffect, useState } from 'react';
import { canGoUpAgain, type DraftFile, type DraftFiles } from '../../../../shared/client/draft-files';
import { refusalText } from '../../ui/refusal-text';
import { useText } from '../../ui/text';
import classes from './DraftFileList.module.css';

/** The files of the draft: uploading, uploaded, or failed with the reason. */
export function DraftFileList({ draft }: { draft: DraftFiles }) {
  const t = useText();
  if (draft.files.length === 0) return null;
  return (
    <ul className={classes.list} aria-label={t('files.label')}>
      {draft.files.map((file) => (
        <One key={file.key} file={file} draft={draft} />
      ))}
    </ul>
  );
}

function One({ file, draft }: { file: DraftFile; draft: DraftFiles }) {
  const t = useText();
  const { key, name, state, fraction, code, picture } = file;
  return (
    <li className={classes.file} data-state={state}>
      {picture && code !== 'pictureTooLarge' ? <Thumbnail picture={picture} /> : null}
      {state === 'uploading' ? <Loader size={14} aria-hidden="true" /> : null}
      {state === 'ready' ? <IconCheck size={14} aria-hidden="true" /> : null}
      {state === 'failed' ? <IconAlertCircle size={14} aria-hidden="true" /> : null}
      <span className={classes.name} dir="auto">
        {name}
      </span>
      {state === 'uploading' && fraction > 0 ? (
        <span>{t('files.progress', { percent: Math.floor(fraction * 100) })}</span>
      ) : null}
      {state === 'failed' ? <span role="alert">{refusalText(t, { code: code ?? '', message: '' })}</span> : null}
      {canGoUpAgain(file) ? (
        <Button
          size="compact-xs"
          variant="subtle"
          aria-label={t('files.retry', { name })}
          onClick={() => draft.retry(key)}
        >
          {t('message.retry')}
        </Button>
      ) : null}
      <Button
        size="compact-xs"
        variant="subtle"
        color="gray"
        aria-label={t('files.remove', { name })}
        onClick={() => draft.remove(key)}
      >
        {t('message.discard')}
      </Button>
    </li>
  );
}

/** Its name stands beside it. */
function Thumbnail({ picture }: { picture: Blob }) {
  const [url, setUrl] = useState<string | null>(null);
  useEffect(() => {
    const made = URL.createObjectURL(picture);
    setUrl(made);
    return () => URL.revokeObjectURL(made);
  }, [picture]);
  return <img className={classes.thumbnail} src={url ?? undefined} alt="" />;
}
