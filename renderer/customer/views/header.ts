import type { Language } from '../../../shared/protocol/fields';
import { element, icon, setAttribute, setText, show } from '../dom';
import { lastAgentName, type Screen, screenOf } from '../reading';
import type { PageState } from '../state';
import { initials, type Words } from '../words';

export interface HeaderActions {
  chooseLanguage(language: Language): void;
  askToEnd(): void;
  /** Null: the page stands alone. */
  close: (() => void) | null;
}

const avatarTones = 6;
const withoutGroup: readonly Screen[] = ['connecting', 'form', 'left'];

/** Who the customer is talking to: the office, then the agent. */
export function createHeader(actions: HeaderActions) {
  // The name beside it says what it is.
  const logo = element('img', { class: 'logo', alt: '' });
  const avatar = element('div', { class: 'avatar', 'aria-hidden': 'true', hidden: true });
  const title = element('h1', { dir: 'auto' });
  const subtitle = element('p', { dir: 'auto', hidden: true });
  const english = languageButton('en', 'EN', 'English');
  const chinese = languageButton('zh', '中文', '中文');
  const languages = element('div', { class: 'languages', role: 'group' }, english, chinese);
  const end = element('button', { type: 'button', class: 'end', hidden: true });
  end.addEventListener('click', actions.askToEnd);
  const { close } = actions;
  const closing = element('button', { type: 'button', class: 'close', hidden: close === null }, icon('m6 9 6 6 6-6'));
  if (close !== null) closing.addEventListener('click', close);
  const tools = element('div', { class: 'tools' }, languages, end, closing);
  const root = element(
    'header',
    { class: 'header' },
    avatar,
    element('div', { class: 'titles' }, title, subtitle),
    tools,
  );

  function languageButton(language: Language, label: string, name: string) {
    const lang = language === 'zh' ? 'zh-CN' : 'en';
    const button = element('button', { type: 'button', lang, 'aria-label': name }, label);
    button.addEventListener('click', () => actions.chooseLanguage(language));
    return button;
  }

  function update(state: PageState, words: Words): void {
    const screen = screenOf(state);
    const office = state.office?.name ?? words.say('page.title');
    const agent = screen === 'chat' || screen === 'ended' ? lastAgentName(state) : null;
    const several = (state.office?.groups.length ?? 0) > 1;
    const group = several && !withoutGroup.includes(screen) ? state.conversation?.groupName : null;

    show(logo, agent === null);
    show(avatar, agent !== null);
    setText(avatar, agent === null ? '' : initials(agent));
    setAttribute(avatar, 'data-tone', agent === null ? null : String(tone(agent)));
    setText(title, agent ?? office);
    const mark = state.conversation?.assistantName ? words.say('assistant.mark') : null;
    const details = [mark, agent === null ? null : office, group].filter((part) => part);
    setText(subtitle, details.join(' · '));
    show(subtitle, details.length > 0);

    setAttribute(languages, 'aria-label', words.say('language.switch'));
    setAttribute(english, 'aria-pressed', String(words.language === 'en'));
    setAttribute(chinese, 'aria-pressed', String(words.language === 'zh'));

    setAttribute(closing, 'aria-label', words.say('widget.close'));
    show(end, (screen === 'queue' || screen === 'chat') && state.link.state !== 'refused');
    const queue = screen === 'queue';
    const ending = state.leaving !== null && !state.leaving.refused;
    end.disabled = ending;
    setText(end, words.say(ending ? 'end.ending' : queue ? 'end.leave' : 'end.button'));
    setAttribute(end, 'aria-label', words.say(queue ? 'end.leaveLabel' : 'end.buttonLabel'));
  }

  function showLogo(path: string | null): void {
    if (path === null) logo.remove();
    else {
      logo.src = path;
      root.prepend(logo);
    }
  }

  return { root, tools, update, showLogo };
}

/** The same colour for the same name, so that a colleague taking over is seen. */
function tone(name: string): number {
  let sum = 0;
  for (const character of name) sum = (sum * 31 + (character.codePointAt(0) ?? 0)) % 997;
  return sum % avatarTones;
}
