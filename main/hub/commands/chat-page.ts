import type { ChatPage } from '../../../shared/protocol/chat-page';
import type { SentenceKey } from '../../../shared/protocol/sentences';
import { type Facts, factsOf } from '../audit/facts';
import { officeOnly, relationToOffice } from '../rights/rights';
import { done } from '../session/outcome';
import { chatPageOf, logoPath } from '../state/chat-page';
import type { Config } from '../state/config';
import type { AgentCommandSpecs } from './command';
import { routed } from './routed';

/** Sentences that were a setting before, in all languages alike: a group's own stays one. */
const formerSettings = {
  'line.redirected': 'redirected',
  'closed.office': 'outsideHours',
  'line.customerSilent': 'silenceNotice',
} as const satisfies Partial<Record<SentenceKey, string>>;

/** The customers' page. */
export const chatPageCommands: AgentCommandSpecs<'chatPage.put'> = {
  'chatPage.put': {
    rights: officeOnly,
    relation: relationToOffice,
    audit: { subject: () => null, facts: ({ state }) => chatPageFacts(state.config) },
    /** What the office words takes the place of the setting that said it before, which would go first. */
    step(step, { chatPage }) {
      const replaced = Object.entries(formerSettings).filter(
        ([key, setting]) => isWorded(chatPage, key as SentenceKey) && step.state.routing.settings.texts[setting],
      );
      if (replaced.length > 0) {
        const texts = Object.fromEntries(replaced.map(([, setting]) => [setting, null]));
        const outcome = routed(step, { type: 'settings.update', settings: { texts } });
        if (outcome.kind === 'refused') return outcome;
      }
      step.add({ type: 'chatPage.put', chatPage });
      return done;
    },
  },
};

/** Of the logo only which one it is. */
function chatPageFacts(config: Config): Facts {
  const { look, ...others } = chatPageOf(config);
  return factsOf({ chatPage: { ...others, look: { ...look, logo: logoPath(config) } } });
}

function isWorded({ words }: ChatPage, key: SentenceKey): boolean {
  return [words.en[key], words.zh[key]].some((text) => text !== undefined && text !== '');
}
