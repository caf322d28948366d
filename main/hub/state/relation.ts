/**
 * How what a command is about stands to its sender: themselves or what they hold (`own`), what waits or runs in one of
 * their groups (`group`), anything else (`other`), or the office as a whole (`office`).
 */
export type Relation = 'own' | 'group' | 'other' | 'office';
