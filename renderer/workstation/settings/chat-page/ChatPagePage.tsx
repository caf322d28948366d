import { SegmentedControl } from '@mantine/core';
import { useState } from 'react';
import { type ChatPage, chatPage, chatPageDefault } from '../../../../shared/protocol/chat-page';
import type { Language } from '../../../../shared/protocol/fields';
import { sentenceKeys } from '../../../../shared/protocol/sentences';
import type { Settings } from '../../../../shared/routing/types';
import { useOffice, useSession } from '../../session/session-context';
import { PaneLoading } from '../../ui/Pane';
import { useLanguage, useText } from '../../ui/text';
import { Page } from '../Page';
import { SaveBar } from '../SaveBar';
import type { DraftsProps } from '../settings-drafts';
import classes from './ChatPage.module.css';
import { LookForm } from './LookForm';
import { Preview } from './Preview';
import { changesCount, drawable, isColor, pageLanguages, savedPage, unknownVariable } from './page-draft';
import { type PreviewState, previewStateOf } from './sample-hub';
import { WordsForm } from './WordsForm';

/** The customers' page in the office's words and colours, seen as it is changed. */
export function ChatPagePage({ drafts, onDrafts }: DraftsProps) {
  const t = useText();
  const office = useOffice((state) => state.office);
  const settings = useOffice((state) => state.settings);
  return (
    <Page title={t('chatPage.title')} lead={t('chatPage.lead', { office: '{office}' })} isWide>
      {office && settings ? (
        <ChatPageForm
          office={office.name}
          page={office.chatPage ?? chatPageDefault}
          settings={settings}
          draft={drafts.chatPage}
          onDraft={(next) => onDrafts({ ...drafts, chatPage: next })}
        />
      ) : (
        <PaneLoading label={t('settings.loading')} />
      )}
    </Page>
  );
}

interface ChatPageFormProps {
  office: string;
  page: ChatPage;
  settings: Settings;
  /** undefined: as saved. */
  draft: ChatPage | undefined;
  onDraft: (draft: ChatPage | undefined) => void;
}

function ChatPageForm({ office, page, settings, draft, onDraft }: ChatPageFormProps) {
  const t = useText();
  const session = useSession();
  const { language: own } = useLanguage();
  const [language, setLanguage] = useState<Language>(own);
  const [state, setState] = useState<PreviewState>('form');
  const saved = savedPage(page, settings);
  const value = draft ?? saved;
  const isWrong = pageLanguages.some((each) => sentenceKeys.some((key) => unknownVariable(value, each, key) !== null));
  const isTooMuch = !isWrong && isColor(value.look.color) && !chatPage.safeParse(value).success;
  const problem = isTooMuch
    ? t('chatPage.tooMuch')
    : isWrong || !isColor(value.look.color)
      ? t('settings.fixFirst')
      : null;
  const done = () => onDraft(undefined);
  return (
    <div className={classes.frame}>
      <div className={classes.columns}>
        <Preview office={office} page={drawable(value)} state={state} onState={setState} language={language} />
        <div className={classes.forms}>
          <LookForm look={value.look} onLook={(look) => onDraft({ ...value, look })} />
          <SegmentedControl
            my="md"
            aria-label={t('chatPage.language')}
            data={pageLanguages.map((each) => ({ value: each, label: t(`chatPage.language.${each}`) }))}
            value={language}
            onChange={(next) => setLanguage(next === 'zh' ? 'zh' : 'en')}
          />
          <WordsForm
            page={value}
            language={language}
            onPage={onDraft}
            onFocus={(key) => setState(previewStateOf(key) ?? state)}
          />
        </div>
      </div>
      <SaveBar
        changesCount={changesCount(value, saved)}
        problem={problem}
        elsewhere={false}
        effect={t('chatPage.effect')}
        send={() => session.send({ op: 'chatPage.put', chatPage: value })}
        onSaved={done}
        onDiscard={done}
      />
    </div>
  );
}
