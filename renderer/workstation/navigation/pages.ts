/** What is shown beside the rail. */
export type Page = 'chats' | 'history' | 'team' | 'settings';

/** What is opened over any page. */
export type Dialog = 'palette' | 'keys' | 'machine';
