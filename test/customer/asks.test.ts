// @vitest-environment happy-dom
import { beforeEach, describe, expect, it } from 'vitest';
import { type Asks, asksDefault } from '../../shared/protocol/asks';
import { closedGroup, createStage, openGroup, type Stage } from './page-stage';

const groups = [openGroup, { ...openGroup, groupId: 'g2', name: 'Service' }];
let stage: Stage;
beforeEach(() => {
  stage = createStage();
});

const come = (asks: Partial<Asks>, fields: object = {}) =>
  stage.welcome({ asks: { ...asksDefault, ...asks }, ...fields });
const start = () => stage.button('Start chat').click();

describe('the form', () => {
  it('asks for nothing but the words, where the office wants no more', () => {
    come({ name: 'off', group: false }, { groups });
    for (const each of ['Your name', 'How can we reach you?', 'What is it about?'])
      expect(stage.text()).not.toContain(each);
    stage.fill('Your message', 'Hello');
    start();
    const { op, text, ...others } = stage.lastCommand();
    expect([op, text]).toEqual(['conversation.open', 'Hello']);
    for (const each of ['name', 'contact', 'groupId']) expect(others).not.toHaveProperty(each);
  });

  it('says what may stay empty, and leaves that out', () => {
    come({ name: 'optional', contact: 'optional' });
    expect(stage.text()).toContain('Your name|optional');
    expect(stage.text()).toContain('How can we reach you?|e-mail or phone, optional');
    start();
    expect(stage.lastCommand()).not.toHaveProperty('name');
    expect(stage.lastCommand()).not.toHaveProperty('contact');
  });

  it('asks for a contact that is required, and sends it', () => {
    come({ contact: 'required' });
    stage.fill('Your name', 'Mei');
    start();
    expect(stage.text()).toContain('Please tell us how to reach you.');
    expect(stage.commands()).toEqual([]);
    stage.fill('How can we reach you?', ' 0123 ');
    start();
    expect(stage.lastCommand()).toMatchObject({ op: 'conversation.open', name: 'Mei', contact: '0123' });
  });

  it('follows at once when the office asks for something else', () => {
    come({}, { groups });
    stage.fill('Your name', 'Mei');
    stage.fill('What is it about?', 'g2');
    stage.asks({ name: 'off', contact: 'off', group: false });
    expect(stage.text()).not.toMatch(/Your name|What is it about/);
    start();
    expect(stage.lastCommand()).not.toHaveProperty('name');
    expect(stage.lastCommand()).not.toHaveProperty('groupId');
  });

  it('says what the hub misses', () => {
    come({ name: 'off' });
    start();
    stage.refuse('nameNeeded');
    expect(stage.text()).toContain('Please tell us your name.');
  });

  it('needs a contact for a message that is left, whatever is asked else', () => {
    come({ name: 'off', contact: 'off' }, { groups: [closedGroup] });
    stage.fill('Your message', 'Call me');
    stage.button('Leave a message').click();
    expect(stage.text()).toContain('Please tell us how to reach you.');
    stage.fill('How can we reach you?', '0123');
    stage.button('Leave a message').click();
    expect(stage.lastCommand()).toMatchObject({ op: 'message.leave', contact: '0123', text: 'Call me' });
    expect(stage.lastCommand()).not.toHaveProperty('name');
  });
});
