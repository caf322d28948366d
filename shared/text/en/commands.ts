/** The command palette, the sheet of shortcuts, and the commands that no button names. */
export const commands = {
  'palette.label': 'Search or do anything',
  'palette.placeholder': 'A command, a customer, or words from a conversation',
  'palette.found': 'Found',
  'palette.none': 'Nothing found.',

  'keys.title': 'Keyboard shortcuts',
  'keys.group.conversation': 'Conversation',
  'keys.group.moving': 'Moving around',
  'keys.group.status': 'Status',
  'keys.group.pages': 'Pages',
  'keys.group.app': 'Everywhere',
  'keys.group.fixed': 'Writing and window',
  'keys.send': 'Send',
  'keys.line': 'Start a line',
  'keys.zoomIn': 'Larger',
  'keys.zoomOut': 'Smaller',
  'keys.zoomReset': 'Original size',

  'command.accept': 'Accept the first incoming conversation',
  'command.nextRow': 'Next conversation',
  'command.previousRow': 'Previous conversation',
  'command.nextPane': 'Next pane',
  'command.previousPane': 'Previous pane',
  'command.settings': 'Settings: {page}',
} as const;
