import { expect, test } from 'vitest';
import { TestHub } from '../support/hub';

/** Ana serves Mei and has seen her first message. */
async function served() {
  const office = await TestHub.start();
  const ana = await office.online('Ana');
  const mei = await office.customer('Mei');
  const { conversationId } = ana.conversation;
  ana.command({ op: 'offer.accept', offerId: ana.conversation.offerId });
  mei.command({ op: 'message.send', text: 'Is it blue?' });
  const seen = ana.messages.at(-1)!.messageId;
  const say = (text: string) => {
    office.advance(1_000);
    mei.command({ op: 'message.send', text });
    return ana.messages.at(-1)!.at;
  };
  const answer = (fields: object = {}) => ana.command({ op: 'message.send', conversationId, text: 'Yes', ...fields });
  const waiting = () => {
    const thread = office.hub.state.threads.must(conversationId);
    return [thread.unanswered, thread.unansweredSince];
  };
  return { office, ana, mei, seen, say, answer, waiting };
}

test('an answer written before the customer wrote more does not answer that', async () => {
  const { ana, mei, seen, say, answer, waiting } = await served();
  const since = say('And how large?');
  say('And how much?');
  answer({ after: seen });
  expect(waiting()).toEqual([2, since]);
  expect(ana.messages.at(-1)).toMatchObject({ text: 'Yes', unread: { count: 2, since } });
  // How many of her messages were not seen is nothing to her.
  expect(mei.events('message.added').at(-1)!.message).not.toHaveProperty('unread');
  answer();
  expect(waiting()).toEqual([0, null]);
  expect(ana.messages.at(-1)).not.toHaveProperty('unread');
});

test('several of them leave it unanswered, until one that has seen it', async () => {
  const { ana, seen, say, answer, waiting } = await served();
  const since = say('And how large?');
  answer({ after: seen });
  say('And how much?');
  answer({ after: seen });
  expect(waiting()).toEqual([2, since]);
  answer({ after: ana.messages.at(-1)!.messageId });
  expect(waiting()).toEqual([0, null]);
});

test('what the writer of the second had seen is answered, though the first had not seen it', async () => {
  const { ana, seen, say, answer, waiting } = await served();
  say('And how large?');
  const more = ana.messages.at(-1)!.messageId;
  const since = say('And how much?');
  answer({ after: seen });
  answer({ after: more });
  expect(waiting()).toEqual([1, since]);
});

test('it is so after a restart', async () => {
  const { office, seen, say, answer, waiting } = await served();
  const since = say('And how large?');
  answer({ after: seen });
  await office.restart();
  expect(waiting()).toEqual([1, since]);
});
