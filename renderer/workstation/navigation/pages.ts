/** The pages, of which one is shown beside the rail. */
export type Page = 'chats' | 'history' | 'team' | 'settings';

/** The dialogs that can be opened over any page. */
export type Dialog = 'palette' | 'keys' | 'machine';
