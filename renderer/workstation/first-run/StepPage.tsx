import { Button, SegmentedControl } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { Language } from '../../../shared/protocol/fields';
import logo from '../ui/foyer.svg?no-inline';
import { useLanguage, useText } from '../ui/text';
import classes from './StepPage.module.css';

interface StepPageProps {
  title: string;
  lead?: string;
  foot?: string | undefined;
  onBack?: (() => void) | undefined;
  children: ReactNode;
}

/** The page of every step before the workstation opens; the language can be changed on each. */
export function StepPage({ title, lead, foot, onBack, children }: StepPageProps) {
  const t = useText();
  return (
    <div className={classes.page}>
      <header className={classes.top}>
        <span className={classes.brand}>
          <img src={logo} width={22} height={22} alt="" />
          {t('app.name')}
        </span>
        <LanguageSwitch />
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
        {foot ? <StepFoot>{foot}</StepFoot> : null}
      </main>
    </div>
  );
}

function LanguageSwitch() {
  const t = useText();
  const { language, setLanguage } = useLanguage();
  return (
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
  );
}

export function StepForm({ onSubmit, children }: { onSubmit: () => void; children: ReactNode }) {
  return (
    <form
      className={classes.form}
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        onSubmit();
      }}
    >
      {children}
    </form>
  );
}

/** The buttons of a step, side by side. `isStatus`: changes are read out by screen readers. */
export function StepActions({ isStatus = false, children }: { isStatus?: boolean; children: ReactNode }) {
  return (
    <div className={classes.actions} {...(isStatus ? { role: 'status' } : {})}>
      {children}
    </div>
  );
}

/** A part of a step with a title of its own. */
export function StepBlock({ title, help, children }: { title: string; help: ReactNode; children?: ReactNode }) {
  return (
    <section className={classes.block}>
      <h2>{title}</h2>
      <p>{help}</p>
      {children}
    </section>
  );
}

/** Less important information, in small letters. `isStatus` as for the actions. */
export function StepFoot({ isStatus = false, children }: { isStatus?: boolean; children: ReactNode }) {
  return (
    <p className={classes.foot} {...(isStatus ? { role: 'status' } : {})}>
      {children}
    </p>
  );
}

/** A less important sentence. */
export function StepWords({ children }: { children: ReactNode }) {
  return <p className={classes.words}>{children}</p>;
}
