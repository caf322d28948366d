/** The two IPC channels there are. */
export const callChannel = 'foyer.call';
export const eventChannel = 'foyer.event';
