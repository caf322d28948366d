// @vitest-environment happy-dom
import { act, useState } from 'react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ChatPagePage } from '../../renderer/workstation/settings/chat-page/ChatPagePage';
import { changesCount, savedPage, withSentence } from '../../renderer/workstation/settings/chat-page/page-draft';
import { noDrafts } from '../../renderer/workstation/settings/settings-drafts';
import { asksDefault } from '../../shared/protocol/asks';
import { type ChatPage, chatPageDefault } from '../../shared/protocol/chat-page';
import { defaultSettings } from '../../shared/routing/settings';
import { Stage } from './stage';

function Drafted() {
  const [drafts, setDrafts] = useState(noDrafts);
  return <ChatPagePage drafts={drafts} onDrafts={setDrafts} />;
}

describe('the settings of the customers’ page', () => {
  let stage: Stage;
  const tell = (chatPage: ChatPage, texts: object = {}) => {
    const settings = defaultSettings();
    stage.tell({ name: 'settings.changed', settings: { ...settings, texts: { ...settings.texts, ...texts } } });
    const others = {
      sample: false,
      diskSpace: 'plenty',
      retentionDays: 365,
      tags: [],
      wrapUpCodes: [],
      dateJump: null,
    };
    stage.tell({ name: 'office.changed', office: { name: 'Nordlys', asks: asksDefault, chatPage, ...others } });
  };
  const field = (label: string) =>
    [...stage.host.querySelectorAll('label')]
      .filter((each) => each.textContent === label)
      .map((each) => document.getElementById(each.htmlFor) as HTMLTextAreaElement)[0]!;
  const type = (label: string, text: string) =>
    act(() => {
      const target = field(label);
      const { set } = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(target), 'value')!;
      set!.call(target, text);
      target.dispatchEvent(new Event('input', { bubbles: true }));
    });
  beforeEach(() => {
    stage = new Stage(<Drafted />);
    tell(chatPageDefault);
  });
  afterEach(() => stage.close());

  it('show the built-in sentences, and have nothing to save', () => {
    expect(field('Welcome').placeholder).toMatch(/^How can we help/);
    expect(stage.host.querySelector('[data-save-bar]')).toBeNull();
  });

  it('are saved as a whole, and say at the field what cannot stand there', () => {
    type('An agent joined', '{agnet} is here');
    expect(stage.host.textContent).toContain('{agnet} means nothing here. Write {agent} {office}, or no braces.');
    expect(stage.named<HTMLButtonElement>('Save').disabled).toBe(true);
    type('An agent joined', '{agent} is here');
    stage.press('Save');
    expect(stage.sent('chatPage.put')).toMatchObject({
      chatPage: { ...chatPageDefault, words: { en: { 'line.joined': '{agent} is here' }, zh: {} } },
    });
  });

  it('begin with what a setting said in all languages before', () => {
    tell(chatPageDefault, { redirected: 'One moment.' });
    expect(field('Redirected').value).toBe('One moment.');
    expect(stage.host.querySelector('[data-save-bar]')).toBeNull();
  });
});

describe('a draft', () => {
  const saved = savedPage(chatPageDefault, defaultSettings());
  it('counts what differs, and nothing once it is as it was', () => {
    const worded = withSentence(saved, 'zh', 'form.intro', '您好');
    expect(changesCount(worded, saved)).toBe(1);
    expect(changesCount({ ...worded, look: { ...worded.look, color: '#ffdd00' } }, saved)).toBe(2);
    expect(changesCount(withSentence(worded, 'zh', 'form.intro', ''), saved)).toBe(0);
  });
});
