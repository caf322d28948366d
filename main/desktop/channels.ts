/** The only two IPC channels. */
export const callChannel = 'foyer.call';
export const eventChannel = 'foyer.event';
