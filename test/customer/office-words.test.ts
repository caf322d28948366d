// @vitest-environment happy-dom
import { beforeEach, describe, expect, it } from 'vitest';
import { createStage, type Stage } from './page-stage';

let stage: Stage;
beforeEach(() => {
  stage = createStage();
});
/** The office words its page while it is open. */
async function word(words: Record<string, string>, revision = 'r2') {
  stage.serve({ revision, words });
  stage.pageChanged(revision);
  await Promise.resolve();
}

describe('the office’s own words', () => {
  it('are said in place of the built-in ones, as text and never markup', async () => {
    stage.welcome();
    await word({ 'form.intro': '<b>Hi</b> & welcome' });
    expect(stage.text()).toContain('<b>Hi</b> & welcome');
    expect(stage.text()).not.toContain('How can we help?');
    expect(document.querySelector('.intro b')).toBeNull();
  });

  it('know the agent by name, and are also said of one without, when they need none', async () => {
    stage.welcome();
    stage.conversation({ agentName: 'Li' });
    const joined = (agentName?: string) => ({
      ...{ from: { kind: 'system' } as const, text: '' },
      line: { code: 'joined' as const, params: agentName === undefined ? {} : { agentName } },
    });
    stage.message(joined('Li'));
    stage.message(joined());
    await word({ 'line.joined': '{agent} takes care of you' });
    expect(stage.text()).toMatch(/Li takes care of you/);
    expect(stage.text()).toMatch(/Somebody joined/);
    await word({ 'line.joined': 'Here we are' }, 'r3');
    expect(stage.text().match(/Here we are/g)).toHaveLength(2);
  });

  it('have the place and the minutes in line', async () => {
    stage.welcome();
    stage.conversation({ stage: 'waiting', position: 2, estimatedWaitSeconds: 200 });
    await word({ 'queue.place': 'You are {place}', 'wait.minutes': '{minutes} min left' });
    expect(stage.text()).toContain('You are 2nd');
    expect(stage.text()).toContain('4 min left');
  });

  it('are fetched once for what the hub serves, also when the line comes back', async () => {
    let fetched = 0;
    const comeBack = (fields: object) => {
      stage.line.lose();
      stage.clock.move(60_000);
      stage.welcome({ mode: 'resume', ...fields });
    };
    stage.welcome();
    stage.fetched(() => (fetched += 1));
    await word({ 'form.intro': 'Hi' });
    stage.pageChanged('r2');
    expect(fetched).toBe(1);
    stage.serve({ revision: 'r3', words: { 'form.intro': 'Hi again' } });
    comeBack({ office: { name: 'Nordlys', pageRevision: 'r3' } });
    await Promise.resolve();
    expect(stage.text()).toContain('Hi again');
  });

  it('are fetched anew with the other language, when they have changed since', async () => {
    stage.welcome();
    stage.button('中文').click();
    await Promise.resolve();
    stage.button('English').click();
    await word({ 'form.intro': 'Hi' });
    stage.button('中文').click();
    await Promise.resolve();
    await Promise.resolve();
    expect(stage.text()).toContain('Hi');
  });
});
