import { Button, SegmentedControl } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Language } from '../../../shared/protocol/fields';
import logo from '../ui/foyer.svg?no-inline';
import { useLanguage, useText } from '../ui/text';
import classes from './FirstRun.module.css';

interface CardProps {
  title: string;
  lead?: string;
  foot?: string | undefined;
  onBack?: (() => void) | undefined;
  children: ReactNode;
}

/** The frame of every step before the workstation opens; the language can be changed on each. */
export function Card({ title, lead, foot, onBack, children }: CardProps) {
  const t = useText();
  const { language, setLanguage } = useLanguage();
  return (
    <div className={classes.frame}>
      <header className={classes.top}>
        <span className={classes.brand}>
          <img src={logo} width={22} height={22} alt="" />
          {t('app.name')}
        </span>
        <SegmentedControl
          size="xs"
          aria-label={t('first.language')}
          value={language}
          onChange={(value) => setLanguage(value as Language)}
          data={[
            { value: 'en', label: t('me.languageEn') },
            { value: 'zh', label: t('me.languageZh') },
          ]}
        />
      </header>
      <main className={classes.card}>
        {onBack ? (
          <Button
            className={classes.back}
            variant="subtle"
            size="compact-sm"
            leftSection={<IconArrowLeft size={15} />}
            onClick={onBack}
          >
            {t('common.back')}
          </Button>
        ) : null}
        <h1 className={classes.title}>{title}</h1>
        {lead ? <p className={classes.lead}>{lead}</p> : null}
        {children}
        {foot ? <p className={classes.foot}>{foot}</p> : null}
      </main>
    </div>
  );
}
