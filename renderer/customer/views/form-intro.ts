import type { CustomerTextKey } from '../../../shared/text/customer-en';
import { closedOf, type LeaveReason, leaveReasonOf } from '../reading';
import type { PageState } from '../state';
import { sayOpening, type Words } from '../words';

const reasons: Readonly<Record<LeaveReason, [CustomerTextKey, CustomerTextKey]>> = {
  nobodyHere: ['leave.nobodyHere', 'leave.insteadOfWaiting'],
  backAgain: ['leave.backAgain', 'leave.insteadOfWaiting'],
  longWait: ['queue.longer', 'leave.insteadOfWaiting'],
  nobodyFree: ['leave.nobodyFree', 'leave.intro'],
};

export interface Intro {
  why: string;
  when: string;
  how: string;
}

/** What the form says first: what it is for and, where it leaves a message, why that is not a chat. */
export function formIntro(state: PageState, words: Words, groupId: string, nowMs: number): Intro {
  const reason = leaveReasonOf(state);
  if (reason !== null) {
    const [why, how] = reasons[reason];
    return { why: words.say(why), when: '', how: words.say(how) };
  }
  const closed = closedOf(state, groupId);
  if (closed === null) return { why: words.say('form.intro'), when: '', how: '' };
  const how = words.say('leave.intro');
  if (closed.closedText !== null) return { why: closed.closedText, when: '', how };
  const othersOpen = state.office?.groups.some((group) => group.open) ?? false;
  return {
    why: othersOpen ? words.say('closed.group', { group: closed.name }) : words.say('closed.office'),
    when: closed.opensAt === null ? '' : sayOpening(words, closed.opensAt, nowMs),
    how,
  };
}
