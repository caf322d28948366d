// @vitest-environment happy-dom
import { beforeEach, describe, expect, it } from 'vitest';
import { closedGroup, createStage, openGroup, type Stage } from './page-stage';

let stage: Stage;
beforeEach(() => {
  stage = createStage();
});

const contact = 'How can we reach you?';
const thanks = 'Thank you, we have your message.';

function fillIn() {
  stage.fill('Your name', 'Mei');
  stage.fill(contact, 'mei@example.com');
  stage.fill('Your message', 'Please call me');
}

describe('a message that is left', () => {
  it('needs a name, a way to reach the customer, and words', () => {
    stage.welcome({ groups: [closedGroup] });
    stage.fill('Your message', '  ');
    stage.button('Leave a message').click();
    for (const problem of ['tell us your name', 'tell us how to reach you', 'write your message'])
      expect(stage.text()).toContain(problem);
    expect(stage.field(contact).getAttribute('aria-invalid')).toBe('true');
    expect(document.activeElement).toBe(stage.field('Your name'));
    fillIn();
    expect(stage.text()).not.toMatch(/Please (tell|write)/);
    expect(stage.commands()).toEqual([]);
  });

  it('is thanked for only once the hub has it, and shown to whoever reloads', () => {
    stage.welcome({ groups: [closedGroup] });
    fillIn();
    stage.button('Leave a message').click();
    expect(stage.button('Sending …').disabled).toBe(true);
    expect(stage.text()).not.toContain(thanks);
    stage.ack();
    expect(stage.text()).toContain(`${thanks}|We will reply to mei@example.com|Please call me`);
    stage.reload();
    stage.welcome({ groups: [closedGroup] });
    expect(stage.text()).toContain(thanks);
    stage.button('Write another message').click();
    expect(stage.field('Your message').value).toBe('');
    expect(stage.field(contact).value).toBe('mei@example.com');
    stage.reload();
    stage.welcome({ groups: [closedGroup] });
    expect(stage.text()).not.toContain(thanks);
  });

  it('waits for the line, says so, and goes out once, also after a reload', () => {
    stage.welcome({ groups: [closedGroup] });
    fillIn();
    stage.line.lose();
    stage.button('Leave a message').click();
    expect(stage.text()).toContain('Not sent yet. It is kept here');
    expect(() => stage.button('Sending …')).toThrow();
    expect(stage.text()).not.toContain(thanks);
    stage.reload();
    // It opened meanwhile; the message that is on its way stays one.
    stage.welcome({ groups: [openGroup] });
    expect(stage.commands()).toHaveLength(1);
    expect(stage.text()).not.toContain('Not sent yet');
    expect(stage.button('Sending …').disabled).toBe(true);
    stage.ack();
    expect(stage.text()).toContain(thanks);
    expect(stage.button('Start a new conversation')).toBeTruthy();
  });

  it('keeps its words when it is refused, and can be sent again', () => {
    stage.welcome({ groups: [closedGroup] });
    fillIn();
    stage.button('Leave a message').click();
    stage.refuse('hubReadOnly');
    expect(stage.text()).toContain('Your message was not sent. We cannot take messages right now.');
    expect(stage.field('Your message').value).toBe('Please call me');
    stage.button('Send again').click();
    expect(stage.commands()).toHaveLength(2);
    expect(stage.text()).not.toContain('was not sent');
    stage.ack();
    expect(stage.text()).toContain(thanks);
  });

  it('is left in Chinese as well', () => {
    stage = createStage({ browserLanguage: 'zh-CN' });
    stage.welcome({ groups: [closedGroup] });
    stage.fill('您的称呼', '陈梅');
    stage.button('留言').click();
    expect(stage.text()).toContain('请填写您的联系方式。');
    stage.fill('您的联系方式', '13800000000');
    stage.fill('您的留言', '请回电');
    stage.button('留言').click();
    stage.ack();
    expect(stage.text()).toContain('谢谢，我们已收到您的留言。|我们会通过 13800000000 回复您|请回电');
  });
});

describe('[HR2] in line while nobody is online', () => {
  const waits = (mayLeaveMessage: boolean) =>
    stage.conversation({ stage: 'waiting', position: 1, estimatedWaitSeconds: 60, mayLeaveMessage });
  beforeEach(() => {
    stage.welcome({ customerName: 'Mei' });
    waits(true);
  });

  it('offers the choice, and promises no time', () => {
    expect(stage.text()).toContain('1st|Nobody is here at the moment.');
    expect(stage.text()).not.toContain('about 1 minute');
    expect(stage.text()).toContain('You can keep waiting, or leave a message');
    stage.button('Keep waiting').click();
    expect(stage.text()).not.toContain('You can keep waiting');
    expect(stage.button('Leave a message instead')).toBe(document.activeElement);
    expect(stage.field('Write a message')).toBeTruthy();
  });

  it('says in one sentence that nobody is here where the office has everybody wait, and nothing of being next', () => {
    stage.conversation({ stage: 'waiting', position: 1, estimatedWaitSeconds: null, nobodyHere: true });
    expect(stage.text()).toContain('1st|Nobody is here at the moment: you keep your place');
    expect(stage.text()).not.toContain('You are next');
    expect(stage.text()).not.toContain('Leave a message');
    stage.conversation({ stage: 'waiting', position: 1, estimatedWaitSeconds: null });
    expect(stage.text()).toContain('You are next');
  });

  it('[QU5] says that it is longer than usual, and offers to leave a message', () => {
    stage.conversation({
      ...{ stage: 'waiting', position: 2, estimatedWaitSeconds: null },
      ...{ longerThanUsual: true, mayLeaveMessage: true },
    });
    expect(stage.text()).toContain('2nd|It is taking longer than usual.');
    expect(stage.text()).not.toContain('Nobody is here');
    stage.button('Leave a message').click();
    expect(stage.text()).toContain('It is taking longer than usual.');
  });

  it('takes the offer away when somebody is there, and makes it anew when they are gone', () => {
    stage.button('Keep waiting').click();
    waits(false);
    expect(stage.text()).toContain('about 1 minute');
    expect(stage.text()).not.toContain('Leave a message');
    waits(true);
    expect(stage.button('Keep waiting')).toBeTruthy();
  });

  it('begins with what was written in line, and leaves it for the group of the conversation', () => {
    stage.message({ from: { kind: 'customer' }, text: 'Hello' });
    stage.message({ from: { kind: 'customer' }, text: 'Is my order on its way?' });
    stage.button('Leave a message').click();
    expect(stage.text()).toContain('Once it is sent you no longer wait in line.');
    expect(stage.field('Your message').value).toBe('Hello\nIs my order on its way?');
    expect(document.activeElement).toBe(stage.field(contact));
    stage.fill(contact, '555');
    stage.button('Leave a message').click();
    expect(stage.lastCommand()).toMatchObject({ name: 'Mei', contact: '555' });
    expect(stage.lastCommand()).not.toHaveProperty('groupId');
    stage.ack();
    stage.conversation({ stage: 'closed', closedBy: 'customer' });
    expect(stage.text()).toContain(thanks);
    stage.button('Start a new conversation').click();
    expect(stage.button('Start chat')).toBeTruthy();
    expect(stage.field('Your message').value).toBe('');
  });

  it('goes back to the line on request', () => {
    stage.button('Leave a message').click();
    stage.button('Keep waiting').click();
    expect(stage.text()).toContain('1st');
    expect(stage.commands()).toEqual([]);
  });

  it('goes back to the line by itself when somebody is there, unless the message has begun', () => {
    stage.button('Leave a message').click();
    waits(false);
    expect(stage.text()).toContain('1st');
    waits(true);
    stage.button('Leave a message').click();
    stage.fill('Your message', 'Please c');
    waits(false);
    expect(stage.text()).toContain('Somebody is here again');
    expect(stage.field('Your message').value).toBe('Please c');
    stage.reload();
    stage.welcome({}, () => waits(false));
    expect(stage.field('Your message').value).toBe('Please c');
    stage.button('Keep waiting').click();
    expect(stage.text()).toContain('1st');
  });

  it('gives an agent who comes what was typed, as words to send', () => {
    stage.fill('Write a message', 'And');
    stage.button('Leave a message').click();
    stage.fill('Your message', 'please call me');
    stage.conversation({ agentName: 'Li' });
    expect(stage.field('Write a message').value).toBe('And\nplease call me');
    stage.conversation({ stage: 'closed', closedBy: 'agent' });
    stage.button('Start a new conversation').click();
    expect(stage.field('Your message').value).toBe('');
  });

  it('on its way when an agent comes is not doubled, and not lost when it is refused', () => {
    for (const answer of [() => stage.ack(), () => stage.refuse('hubReadOnly')]) {
      stage = createStage();
      stage.welcome({ customerName: 'Mei' });
      waits(true);
      stage.button('Leave a message').click();
      fillIn();
      stage.button('Leave a message').click();
      stage.conversation({ agentName: 'Li' });
      expect(stage.field('Write a message').value).toBe('');
      answer();
      expect(stage.text()).not.toContain(thanks);
    }
    expect(stage.field('Write a message').value).toBe('Please call me');
  });
});

describe('[QU6] the longest wait is over', () => {
  it('asks for a message, with the words nobody answered', () => {
    stage.welcome({ customerName: 'Mei' });
    stage.conversation({ stage: 'waiting' });
    stage.message({ from: { kind: 'customer' }, text: 'Hello' });
    stage.conversation({ stage: 'closed', closedBy: 'system', mayLeaveMessage: true });
    expect(stage.text()).toContain('We are sorry, nobody was free for you in time.|Leave a message and');
    expect(document.activeElement?.textContent).toContain('nobody was free');
    expect(stage.field('Your message').value).toBe('Hello');
    stage.fill(contact, '555');
    stage.button('Leave a message').click();
    stage.ack();
    expect(stage.text()).toContain(thanks);
  });

  it('lets the customer begin anew instead', () => {
    stage.welcome();
    stage.conversation({ stage: 'closed', closedBy: 'system', mayLeaveMessage: true });
    stage.button('Start a new conversation').click();
    expect(stage.button('Start chat')).toBeTruthy();
  });

  it('keeps a message that was begun while waiting', () => {
    stage.welcome({ customerName: 'Mei' });
    stage.conversation({ stage: 'waiting', mayLeaveMessage: true });
    stage.button('Leave a message').click();
    stage.fill('Your message', 'Please c');
    stage.conversation({ stage: 'closed', closedBy: 'system' });
    expect(stage.text()).toContain('nobody was free for you in time');
    expect(stage.field('Your message').value).toBe('Please c');
  });
});
