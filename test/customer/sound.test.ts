// @vitest-environment happy-dom
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createStage, type Stage, settled } from './page-stage';

describe('the sound of an answer', () => {
  let stage: Stage;
  let isHidden = false;
  Object.defineProperty(document, 'hidden', { get: () => isHidden, configurable: true });
  const tones = () => stage.audio.counts.tones;
  const touch = () => document.dispatchEvent(new Event('pointerup'));
  const open = async () => {
    stage.welcome();
    stage.conversation();
    stage.message({ text: 'Hello' });
    await settled();
  };
  beforeEach(async () => {
    stage = createStage();
    await open();
    isHidden = true;
  });
  afterEach(() => {
    isHidden = false;
  });

  it('is heard while the chat is out of sight, once for each answer, and counted in the title', () => {
    touch();
    stage.message({ text: 'Still there?' });
    expect(tones()).toBe(1);
    expect(document.title).toBe('(1) Li · Nordlys');
    stage.message({ text: 'Your own', from: { kind: 'customer' } });
    stage.conversation({ seenByAgent: 'm12' });
    expect(tones()).toBe(1);
    stage.message({ text: 'Another' });
    expect(tones()).toBe(2);
  });

  it('is not heard while it is in sight', () => {
    isHidden = false;
    touch();
    stage.message({ text: 'You see this' });
    expect(tones()).toBe(0);
  });

  it('is not even tried before somebody has done something on the page', () => {
    stage.message({ text: 'Too early' });
    expect(stage.audio.counts).toEqual({ made: 0, tones: 0 });
  });

  it('is switched off, which is remembered over a reload', async () => {
    isHidden = false;
    touch();
    const button = stage.button('Sound for new messages');
    expect(button.getAttribute('aria-pressed')).toBe('true');
    button.click();
    expect(button.getAttribute('aria-pressed')).toBe('false');
    stage.reload();
    await open();
    isHidden = true;
    touch();
    stage.message({ text: 'Quiet' });
    expect(tones()).toBe(0);
    expect(stage.button('Sound for new messages').getAttribute('aria-pressed')).toBe('false');
  });

  it('is not made by what was there before', async () => {
    touch();
    stage.message({ text: 'one' });
    stage.reload();
    await open();
    touch();
    expect(tones()).toBe(1);
  });
});

describe('[RO1] taking up again', () => {
  it('is offered with its time, and no longer than that, without anything else happening', async () => {
    const stage = createStage();
    stage.welcome();
    stage.conversation();
    await settled();
    const until = stage.clock.now() + 600_000;
    stage.conversation({ stage: 'closed', closedBy: 'agent', reopenUntil: until });
    const time = new Intl.DateTimeFormat('en', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(until);
    expect(stage.text()).toContain(`You can go on with this chat until ${time}.`);
    expect(stage.text()).toContain('Go on with this chat');
    stage.clock.move(599_999);
    expect(stage.text()).toContain('Go on with this chat|');
    stage.clock.move(1);
    expect(stage.text()).not.toContain('Go on with this chat');
    expect(stage.text()).not.toContain('You can go on');
  });
});
