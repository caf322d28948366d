import { Button, FileButton } from '@mantine/core';
import { useState } from 'react';
import { Fields, FormRow } from '../../ui/FormRow';
import { useText } from '../../ui/text';
import classes from './ChatPage.module.css';
import { pickedLogos, readLogo } from './read-logo';

interface LogoFieldProps {
  /** A PNG in base64; null: none. */
  logo: string | null;
  onLogo: (logo: string | null) => void;
}

/** The picture beside the office's name. */
export function LogoField({ logo, onLogo }: LogoFieldProps) {
  const t = useText();
  const [isWrong, setWrong] = useState(false);
  const pick = async (file: File | null) => {
    if (file === null) return;
    const read = await readLogo(file);
    setWrong(read === null);
    if (read !== null) onLogo(read);
  };
  return (
    <FormRow title={t('chatPage.logo')} help={t('chatPage.logoHelp')}>
      <Fields>
        {logo === null ? null : (
          <img className={classes.logo} src={`data:image/png;base64,${logo}`} alt={t('chatPage.logo')} />
        )}
        <FileButton accept={pickedLogos} onChange={(file) => void pick(file)}>
          {(props) => (
            <Button {...props} size="xs" variant="default">
              {t('chatPage.logoPick')}
            </Button>
          )}
        </FileButton>
        {logo === null ? null : (
          <Button size="xs" variant="subtle" onClick={() => onLogo(null)}>
            {t('chatPage.logoRemove')}
          </Button>
        )}
      </Fields>
      {isWrong ? <p role="alert">{t('chatPage.logoWrong')}</p> : null}
    </FormRow>
  );
}
