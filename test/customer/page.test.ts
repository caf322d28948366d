// @vitest-environment happy-dom
import { beforeEach, describe, expect, it } from 'vitest';
import { createStage, openGroup, type Stage } from './page-stage';

let stage: Stage;
beforeEach(() => {
  stage = createStage();
});

describe('the form', () => {
  it('asks for a name and says what is missing', () => {
    stage.welcome();
    stage.button('Start chat').click();
    expect(stage.text()).toContain('Please tell us your name.');
    expect(stage.field('Your name').getAttribute('aria-invalid')).toBe('true');
    expect(document.activeElement).toBe(stage.field('Your name'));
    expect(stage.commands()).toEqual([]);

    stage.fill('Your name', '  Jonas ');
    expect(stage.text()).not.toContain('Please tell us your name.');
    stage.button('Start chat').click();
    expect(stage.lastCommand()).toMatchObject({ op: 'conversation.open', name: 'Jonas' });
    expect(stage.lastCommand()).not.toHaveProperty('text');
  });

  it('asks what it is about only when there is a choice', () => {
    stage.welcome();
    expect(stage.text()).not.toContain('What is it about?');
    stage.reload();
    stage.welcome({ groups: [openGroup, { ...openGroup, groupId: 'g2', name: 'Service' }] });
    stage.fill('Your name', 'Jonas');
    stage.button('Start chat').click();
    expect(stage.text()).toContain('Please choose what it is about.');
    stage.fill('What is it about?', 'g2');
    stage.fill('Your message', ' Hello ');
    stage.button('Start chat').click();
    expect(stage.lastCommand()).toMatchObject({ name: 'Jonas', groupId: 'g2', text: 'Hello' });
  });

  it('cannot be sent twice, and gives the words back when it is refused', () => {
    stage.welcome();
    stage.fill('Your name', 'Jonas');
    stage.fill('Your message', 'Hello');
    stage.button('Start chat').click();
    expect(stage.button('Starting …').disabled).toBe(true);
    stage.refuse('rateLimited');
    expect(stage.text()).toContain('a little fast');
    expect(stage.field('Your message').value).toBe('Hello');
    stage.button('Start chat').click();
    expect(stage.commands()).toHaveLength(2);
  });

  it('keeps what is typed over a reload, and the name for the next time', () => {
    stage.welcome();
    stage.fill('Your name', 'Jonas');
    stage.fill('Your message', 'Hel');
    stage.reload();
    stage.welcome();
    expect(stage.field('Your name').value).toBe('Jonas');
    expect(stage.field('Your message').value).toBe('Hel');
  });

  it('begins the next conversation with no words of the last', () => {
    stage.welcome();
    stage.fill('Your name', 'Jonas');
    stage.fill('Your message', 'Hello');
    stage.button('Start chat').click();
    stage.ack();
    stage.conversation({ stage: 'waiting' });
    stage.conversation({ stage: 'closed', closedBy: 'system' });
    stage.button('Start a new conversation').click();
    expect(stage.field('Your message').value).toBe('');
    expect(stage.field('Your name').value).toBe('Jonas');
  });

  it('knows the customer by name', () => {
    stage.welcome({ customerName: 'Jonas Berg' });
    expect(stage.field('Your name').value).toBe('Jonas Berg');
  });
});

describe('the queue', () => {
  it('says place and wait, and lets the customer write', () => {
    stage.welcome();
    stage.conversation({ stage: 'waiting', position: 2, estimatedWaitSeconds: 60 });
    expect(stage.text()).toContain('2nd|about 1 minute');
    stage.say('Hello');
    stage.ack({ messageId: 'm1' });
    expect(stage.text()).toContain('Sent · you can keep writing');
  });

  it('says so when there is no place to say', () => {
    stage.welcome();
    stage.conversation({ stage: 'waiting' });
    expect(stage.text()).toContain('You are in line|Somebody will be with you shortly.');
  });
});

describe('the conversation', () => {
  beforeEach(() => {
    stage.welcome();
    stage.conversation({ agentName: 'Li Wei' });
  });

  it('shows who is there, what happened and what was said', () => {
    stage.message({ from: { kind: 'system' }, line: { code: 'joined', params: { agentName: 'Li Wei' } } });
    stage.message({ from: { kind: 'agent', name: 'Li Wei' }, text: 'Hi!' });
    expect(document.querySelector('h1')?.textContent).toBe('Li Wei');
    expect(document.querySelector('.avatar')?.textContent).toBe('LW');
    expect(stage.text()).toMatch(/Li Wei joined · \d\d:\d\d\|Li Wei\|Hi!/);
  });

  it('keeps text text: names and messages are never markup', () => {
    const nasty = '<img src=x onerror=alert(1)><script>alert(2)</script>';
    stage.conversation({ agentName: nasty });
    stage.message({ text: nasty, from: { kind: 'agent', name: nasty } });
    stage.say(nasty);
    expect(document.querySelectorAll('main img, main script')).toHaveLength(0);
    const bubbles = [...document.querySelectorAll('.bubble')].map((bubble) => bubble.textContent);
    expect(bubbles).toEqual([nasty, nasty]);
    expect(document.querySelector('h1')?.textContent).toBe(nasty);
  });

  it('sends on Enter, breaks the line on Shift+Enter, and leaves Enter to the input method while it composes', () => {
    stage.fill('Write a message', 'ni hao');
    stage.press({ key: 'Enter', isComposing: true });
    stage.press({ key: 'Enter', keyCode: 229 });
    stage.press({ key: 'Enter', shiftKey: true });
    expect(stage.commands()).toEqual([]);
    stage.press({ key: 'Enter' });
    expect(stage.commands()).toHaveLength(1);
    expect(stage.field('Write a message').value).toBe('');
  });

  it('sends nothing empty and nothing too long', () => {
    stage.say(' \n ');
    stage.say('x'.repeat(4_003));
    expect(stage.commands()).toEqual([]);
    expect(stage.text()).toContain('3 characters too many');
    expect(stage.field('Write a message').value).toHaveLength(4_003);
  });

  it('keeps the bubble on screen the same element from sending to sent', () => {
    stage.say('Hello');
    expect(stage.text()).toContain('Hello|Sending …');
    const bubble = document.querySelector('.bubble');
    stage.ack();
    stage.message({ messageId: 'm7', cid: String(stage.lastCommand().cid), from: { kind: 'customer' }, text: 'Hello' });
    expect(document.querySelectorAll('.bubble')).toHaveLength(1);
    expect(document.querySelector('.bubble')).toBe(bubble);
    expect(stage.text()).toMatch(/\d\d:\d\d · Sent/);
  });

  it('offers to send again what was refused, also after a reload', () => {
    stage.say('Hello');
    stage.refuse('rateLimited');
    expect(stage.text()).toContain('Not sent.');
    stage.reload();
    stage.welcome({}, () => stage.conversation());
    expect(stage.text()).toContain('Hello');
    stage.button('Send again').click();
    expect(stage.lastCommand()).toMatchObject({ op: 'message.send', text: 'Hello' });
    stage.ack();
    expect(stage.text()).not.toContain('Not sent.');
  });

  it('keeps unsent text over a reload', () => {
    stage.fill('Write a message', 'half a sen');
    stage.reload();
    stage.welcome({}, () => stage.conversation());
    expect(stage.field('Write a message').value).toBe('half a sen');
  });

  it('ends only after asking', () => {
    stage.message({ text: 'Hi' });
    stage.button('End chat').click();
    expect(stage.text()).toContain('End this chat?');
    stage.button('Keep chatting').click();
    expect(stage.commands()).toEqual([]);
    stage.button('End chat').click();
    [...document.querySelectorAll('dialog button')].at(-1)?.dispatchEvent(new Event('click'));
    expect(stage.lastCommand()).toMatchObject({ op: 'conversation.leave' });
    stage.ack();
    stage.conversation({ stage: 'closed', closedBy: 'customer' });
    expect(stage.text()).toContain('You ended the chat.');
    stage.button('Start a new conversation').click();
    expect(stage.text()).toContain('Your name');
    stage.reload();
    stage.welcome({}, () => stage.conversation({ stage: 'closed', closedBy: 'customer' }));
    expect(stage.text()).toContain('Your name');
  });
});
