/**
 * Every sentence of the customers' page that the office may word, by its key among the texts, with the variables that
 * mean something in it; `{office}` does in all. `widget.greeting` is said by the launcher on a shop's page. Must not
 * import zod: the settings list them.
 */
const sentences = {
  'form.intro': [],
  'widget.greeting': [],
  'closed.office': [],
  'closed.group': ['group'],
  'closed.backToday': ['time'],
  'closed.backOn': ['day', 'time'],
  'link.connecting': [],
  'link.lost': [],
  'queue.place': ['place'],
  'queue.waiting': [],
  'queue.next': [],
  'queue.soon': [],
  'wait.minutes': ['minutes'],
  'queue.longer': [],
  'queue.nobodyHere': [],
  'queue.keepWriting': [],
  'offer.question': [],
  'leave.nobodyHere': [],
  'leave.nobodyFree': [],
  'leave.intro': [],
  'left.thanks': [],
  'line.joined': ['agent'],
  'line.redirected': ['agent'],
  'line.transferred': ['agent'],
  'line.returned': [],
  'line.agentLeft': ['agent'],
  'line.reopened': [],
  'line.customerSilent': [],
  'line.assisted': ['assistant'],
  'line.askedForPerson': [],
  'line.handedOver': ['assistant'],
  'line.passedBy': ['assistant'],
  'line.handedBack': ['assistant'],
  'ended.byAgent': ['agent'],
  'ended.byCustomer': [],
  'ended.leftLine': [],
  'ended.silence': [],
  'ended.waitLimit': [],
  'ended.thanks': [],
  'ended.sorry': [],
} as const satisfies Readonly<Record<string, readonly string[]>>;

export type SentenceKey = keyof typeof sentences;

export const sentenceKeys = Object.keys(sentences) as SentenceKey[];

export function isSentence(key: string): key is SentenceKey {
  return Object.hasOwn(sentences, key);
}

/** What a sentence may hold in braces. */
export function variablesOf(key: SentenceKey): readonly string[] {
  return [...sentences[key], 'office'];
}

/** The first part in braces that means nothing in this sentence; null: there is none. */
export function unknownVariableIn(key: SentenceKey, text: string): string | null {
  const known = variablesOf(key);
  for (const [whole, name = ''] of text.matchAll(/\{([^{}]*)\}/g)) if (!known.includes(name)) return whole;
  return null;
}
