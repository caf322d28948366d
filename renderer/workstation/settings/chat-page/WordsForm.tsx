import { Textarea } from '@mantine/core';
import { Fragment } from 'react';
import type { ChatPage } from '../../../../shared/protocol/chat-page';
import type { Language } from '../../../../shared/protocol/fields';
import { sentenceMax } from '../../../../shared/protocol/limits';
import { type SentenceKey, sentenceKeys, variablesOf } from '../../../../shared/protocol/sentences';
import { customerEn } from '../../../../shared/text/customer-en';
import { customerZh } from '../../../../shared/text/customer-zh';
import { widgetEn } from '../../../../shared/text/widget-en';
import { widgetZh } from '../../../../shared/text/widget-zh';
import { Card } from '../../ui/Card';
import { Row } from '../../ui/FormRow';
import { SectionTitle } from '../../ui/Headings';
import { useText } from '../../ui/text';
import classes from './ChatPage.module.css';
import { unknownVariable, withSentence } from './page-draft';

/** Sentences by the first part of their key, in the order in which a customer meets them. */
const sections = [
  { name: 'start', of: ['form', 'widget', 'closed', 'link'] },
  { name: 'waiting', of: ['queue', 'wait', 'offer', 'leave', 'left'] },
  { name: 'talk', of: ['line'] },
  { name: 'end', of: ['ended'] },
] as const;

interface WordsFormProps {
  page: ChatPage;
  language: Language;
  onPage: (page: ChatPage) => void;
  onFocus: (key: SentenceKey) => void;
}

/** Every sentence in one language; the built-in one stands where the office has none. */
export function WordsForm({ page, language, onPage, onFocus }: WordsFormProps) {
  const t = useText();
  return sections.map(({ name, of }) => (
    <Fragment key={name}>
      <SectionTitle title={t(`chatPage.section.${name}`)} />
      <Card label={t(`chatPage.section.${name}`)}>
        {sentenceKeys
          .filter((key) => of.some((part) => key.startsWith(`${part}.`)))
          .map((key) => {
            const unknown = unknownVariable(page, language, key);
            const variables = variablesOf(key).map((each) => `{${each}}`);
            return (
              <Row key={key}>
                <Textarea
                  flex={1}
                  rows={1}
                  classNames={{ input: classes.sentence ?? '' }}
                  label={t(`chatPage.sentence.${key}`)}
                  description={
                    variables.length > 1 ? t('chatPage.variables', { variables: variables.join(' ') }) : null
                  }
                  placeholder={builtIn(key, language)}
                  maxLength={sentenceMax}
                  lang={language === 'zh' ? 'zh-CN' : 'en'}
                  dir="auto"
                  value={page.words[language][key] ?? ''}
                  error={
                    unknown === null ? null : t('chatPage.unknownVariable', { unknown, known: variables.join(' ') })
                  }
                  onFocus={() => onFocus(key)}
                  onChange={(event) => onPage(withSentence(page, language, key, event.currentTarget.value))}
                />
              </Row>
            );
          })}
      </Card>
    </Fragment>
  ));
}

function builtIn(key: SentenceKey, language: Language): string {
  if (key === 'widget.greeting') return (language === 'zh' ? widgetZh : widgetEn).greeting;
  return (language === 'zh' ? customerZh : customerEn)[key];
}
