/**
 * How a command's subject relates to its sender: the sender or a conversation they hold (`own`), a conversation in one
 * of their groups (`group`), anything else (`other`), or the office as a whole (`office`).
 */
export type Relation = 'own' | 'group' | 'other' | 'office';
