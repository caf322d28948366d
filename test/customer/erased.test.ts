// @vitest-environment happy-dom
import { expect, it } from 'vitest';
import { createStage, type Stage } from './page-stage';

/** In a conversation, with words typed, refused and on their way. */
function talking(): Stage {
  const stage = createStage();
  stage.welcome({ token: 'first-token' });
  stage.conversation();
  stage.message({ text: 'a secret answer' });
  stage.say('secret refused');
  stage.refuse('notNow');
  stage.say('secret on its way');
  stage.fill('Write a message', 'secret draft');
  return stage;
}

const keptWords = () => JSON.stringify([{ ...window.localStorage }, { ...window.sessionStorage }]);

const saysSo = (stage: Stage) => {
  expect(stage.text()).toContain('This chat has been erased.');
  expect(document.body.innerHTML).not.toContain('secret');
  expect(keptWords()).not.toContain('secret');
};

const hello = (stage: Stage) => stage.line.sent.find(({ type }) => type === 'hello');

it('the page says that its customer was erased, forgets them, and begins anew as somebody else', () => {
  const stage = talking();
  expect(keptWords()).toMatch(/first-token[\s\S]*secret/);
  expect(keptWords()).toContain('foyer.seen');
  stage.erased();
  expect(Object.keys(window.localStorage)).toEqual([]);
  stage.welcome({ token: 'second-token', customerId: 'c2' });
  // Another customer from now on, whose page has nothing to send.
  expect(hello(stage)).toMatchObject({ token: null });
  saysSo(stage);
  expect(stage.commands()).toEqual([]);
  stage.reload();
  stage.welcome({ customerId: 'c2' });
  saysSo(stage);
  stage.button('Start a new conversation').click();
  expect(stage.text()).not.toContain('erased');
  stage.reload();
  stage.welcome({ customerId: 'c2' });
  expect(stage.text()).not.toContain('erased');
});

it('a page that was offline finds out by being somebody else, and sends nothing of before', () => {
  const stage = talking();
  stage.reload();
  // Another tab has been told meanwhile, and holds the new token.
  window.localStorage.setItem('foyer.token', 'second-token');
  stage.reload();
  stage.welcome({ customerId: 'c2' });
  expect(window.localStorage.getItem('foyer.token')).toBe('second-token');
  stage.welcome({ customerId: 'c2' });
  saysSo(stage);
  expect(stage.commands()).toEqual([]);
});

it('who was never known is not told of an erasure: a hub that restarts forgets who has said nothing', () => {
  const stage = createStage();
  stage.welcome({ token: 'first-token' });
  stage.fill('Your message', 'Where is my order?');
  stage.reload();
  stage.welcome({ token: 'second-token', customerId: 'c2' });
  expect(stage.text()).not.toContain('erased');
  expect(stage.field('Your message').value).toBe('Where is my order?');
});
