// @vitest-environment happy-dom
import { beforeEach, describe, expect, it } from 'vitest';
import { closedGroup, createStage, openGroup, type Stage } from './page-stage';

let stage: Stage;
beforeEach(() => {
  stage = createStage();
  // 1 January 2030 is a Tuesday.
  stage.clock.sleep(new Date(2030, 0, 1, 20, 0).getTime() - stage.clock.now());
});

const friday = new Date(2030, 0, 4, 9, 0).getTime();
const service = { ...openGroup, groupId: 'g2', name: 'Service' };
const welcome = (fields: object = {}) => stage.welcome({ serverTime: stage.clock.now(), ...fields });

describe('[HR1] outside the hours', () => {
  it('says so, and when the office is back, and asks for a message instead of a chat', () => {
    welcome({ groups: [{ ...closedGroup, opensAt: friday }] });
    expect(stage.text()).toContain('We are closed at the moment.|We are back on Friday at 09:00.|Leave a message and');
    expect(stage.field('How can we reach you?')).toBeTruthy();
    expect(() => stage.button('Start chat')).toThrow();
    stage.button('中文').click();
    expect(stage.text()).toContain('当前不在服务时间。|我们将于星期五 09:00 恢复服务。|请留言');
    expect(stage.button('留言')).toBeTruthy();
  });

  it("says the office's own words in place of these", () => {
    welcome({ groups: [{ ...closedGroup, opensAt: friday, closedText: 'Gone skiing, back in spring.' }] });
    expect(stage.text()).toContain('Gone skiing, back in spring.|Leave a message and');
    expect(stage.text()).not.toContain('We are');
  });

  it('marks a closed group in the choice, where only a message can be left', () => {
    welcome({ groups: [openGroup, { ...service, open: false, opensAt: friday }] });
    const options = [...document.querySelectorAll('option')].map((option) => option.textContent);
    expect(options).toEqual(['Please choose …', 'Sales', 'Service (closed)']);
    stage.fill('Your name', 'Jonas');
    stage.fill('Your message', 'Hello');
    stage.fill('What is it about?', 'g2');
    expect(stage.text()).toContain('Service is closed at the moment.|We are back on Friday at 09:00.');
    stage.fill('How can we reach you?', 'jonas@example.com');
    stage.button('Leave a message').click();
    expect(stage.lastCommand()).toMatchObject({
      op: 'message.leave',
      name: 'Jonas',
      contact: 'jonas@example.com',
      groupId: 'g2',
      text: 'Hello',
    });
  });

  it('changes with the hours while somebody types, who loses no word and stays in the form', () => {
    welcome();
    stage.fill('Your name', 'Jonas');
    stage.fill('Your message', 'Hel');
    stage.groups(closedGroup);
    expect(stage.text()).toContain('We are closed at the moment.');
    expect(stage.field('Your message').value).toBe('Hel');
    stage.fill('How can we reach you?', '555');
    stage.field('How can we reach you?').focus();
    stage.groups(openGroup);
    expect(stage.text()).not.toContain('How can we reach you?');
    expect(stage.button('Start chat')).toBeTruthy();
    expect(stage.field('Your message').value).toBe('Hel');
    expect(document.activeElement).toBe(stage.field('Your message'));
    stage.groups(closedGroup);
    expect(stage.field('How can we reach you?').value).toBe('555');
  });

  it('asks for a message when the hub closed a moment earlier, with the words typed', () => {
    welcome();
    stage.fill('Your name', 'Jonas');
    stage.fill('Your message', 'Hello');
    stage.button('Start chat').click();
    stage.refuse('groupClosed');
    expect(stage.text()).toContain('We are closed at the moment.');
    expect(stage.field('Your message').value).toBe('Hello');
    expect(stage.button('Leave a message').disabled).toBe(false);
    stage.groups(openGroup);
    expect(stage.text()).not.toContain('closed');
    expect(stage.button('Start chat')).toBeTruthy();
  });

  it('keeps what is typed over a reload', () => {
    welcome({ groups: [closedGroup] });
    stage.fill('How can we reach you?', 'jonas@example.com');
    stage.fill('Your message', 'Hel');
    stage.reload();
    welcome({ groups: [closedGroup] });
    expect(stage.field('How can we reach you?').value).toBe('jonas@example.com');
    expect(stage.field('Your message').value).toBe('Hel');
  });

  it('opens for a customer whose line was lost meanwhile', () => {
    welcome({ groups: [closedGroup] });
    stage.line.lose();
    stage.clock.move(60_000);
    welcome({ groups: [openGroup], mode: 'resume' });
    expect(stage.button('Start chat')).toBeTruthy();
  });
});
