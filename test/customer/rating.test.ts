// @vitest-environment happy-dom
import { beforeEach, describe, expect, it } from 'vitest';
import { createStage, type Stage, settled } from './page-stage';

const hourMs = 3_600_000;

describe('the rating', () => {
  let stage: Stage;
  const closed = { stage: 'closed', closedBy: 'agent' } as const;
  const end = (more: object = {}) =>
    stage.conversation({ ...closed, rateUntil: stage.clock.now() + 12 * hourMs, ...more });
  beforeEach(async () => {
    stage = createStage();
    stage.welcome();
    stage.conversation();
    stage.message({ text: 'Bye' });
    await settled();
  });
  const star = (score: number) => document.querySelector<HTMLInputElement>(`input[value="${score}"]`)!;
  const choose = (score: number) => {
    star(score).checked = true;
    star(score).dispatchEvent(new Event('change', { bubbles: true }));
  };
  const comment = (text: string) => {
    document.querySelector<HTMLTextAreaElement>('.rating textarea')!.value = text;
  };
  const send = () => document.querySelector('.rating form')!.dispatchEvent(new Event('submit', { cancelable: true }));

  it('is asked for once it has ended and not before, and where the hub takes one', () => {
    expect(stage.text()).not.toContain('How was it?');
    stage.conversation(closed);
    expect(stage.text()).not.toContain('How was it?');
    end();
    expect(stage.text()).toContain('How was it?');
    expect(stage.text()).not.toContain('Send rating');
  });

  it('is five named radio buttons of one group, sent with a comment by a button', () => {
    end();
    const radios = [...document.querySelectorAll<HTMLInputElement>('fieldset input[type=radio]')];
    expect(radios.map((each) => each.closest('label')?.textContent)).toEqual([
      '1 of 5: very bad',
      '2 of 5: bad',
      '3 of 5: all right',
      '4 of 5: good',
      '5 of 5: very good',
    ]);
    expect(new Set(radios.map(({ name }) => name)).size).toBe(1);
    choose(4);
    comment('Quick');
    send();
    expect(stage.lastCommand()).toMatchObject({
      op: 'conversation.rate',
      conversationId: 'k1',
      score: 4,
      comment: 'Quick',
    });
    expect(stage.text()).toContain('Sending …');
  });

  it('is thanked for, changed once, and then stays', () => {
    end();
    choose(2);
    send();
    stage.ack({ rateUntil: stage.clock.now() + 11 * hourMs });
    expect(stage.text()).toContain('Thank you for your rating.|2 of 5: bad · You can change it once.');
    stage.button('Change').click();
    choose(5);
    send();
    stage.ack({ rateUntil: null });
    expect(stage.text()).toContain('Thank you for your rating.|5 of 5: very good');
    expect(() => stage.button('Change')).toThrow();
  });

  it('says why it was not taken, and lets it be tried again where that helps', () => {
    end();
    choose(3);
    send();
    stage.refuse('hubReadOnly');
    expect(stage.text()).toContain('We cannot take messages right now.');
    send();
    stage.refuse('ratingLate');
    expect(stage.text()).toContain('It is too late to rate this chat');
    expect(stage.text()).not.toContain('Send rating');
  });

  it('is not asked for once the time is over, and what was said stays', () => {
    end({ rateUntil: stage.clock.now() - 1 });
    expect(stage.text()).not.toContain('How was it?');
    end({ rateUntil: undefined, rating: { score: 1, comment: 'Too slow' } });
    expect(stage.text()).toContain('1 of 5: very bad · Too slow');
  });

  it('keeps a comment that turns the direction from turning the words after it', () => {
    end({ rating: { score: 2, comment: 'slow \u202eאיטי' } });
    expect(stage.text()).toContain('2 of 5: bad · \u2068slow איטי\u2069 · You can change it once.');
    end({ rating: { score: 2, comment: '\u202eslow' } });
    expect(stage.text()).toContain('2 of 5: bad · slow · You can change it once.');
  });

  it('speaks the language of the page', () => {
    end();
    stage.button('中文').click();
    return settled().then(() => expect(stage.text()).toContain('请为本次服务评分'));
  });

  it('begins anew when the conversation goes on and ends again', () => {
    end();
    choose(1);
    stage.conversation();
    expect(stage.text()).not.toContain('How was it?');
    end();
    expect(star(1).checked).toBe(false);
  });
});
