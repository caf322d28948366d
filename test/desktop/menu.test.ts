import type { MenuItemConstructorOptions } from 'electron';
import { describe, expect, it } from 'vitest';
import { appMenu } from '../../main/desktop/menu';

function itemsOf(platform: NodeJS.Platform, quit = () => undefined): MenuItemConstructorOptions[] {
  const menu = appMenu({ platform, development: false, quitLabel: 'Quit Foyer', quit });
  return menu.flatMap(({ submenu, ...item }) => [item, ...(Array.isArray(submenu) ? submenu : [])]);
}

describe('The application menu', () => {
  it('asks before ⌘Q ends the hub: the role that would quit by itself is not in it', () => {
    let asked = 0;
    const items = itemsOf('darwin', () => {
      asked += 1;
      return undefined;
    });
    expect(items.filter(({ role }) => role === 'quit' || role === 'appMenu' || role === 'fileMenu')).toEqual([]);
    const quit = items.find(({ accelerator }) => accelerator === 'Command+Q');
    expect(quit!.label).toBe('Quit Foyer');
    (quit!.click as () => void)();
    expect(asked).toBe(1);
  });

  it('has no quit of its own elsewhere, where the tray has it', () => {
    expect(itemsOf('linux').some(({ label, role }) => label === 'Quit Foyer' || role === 'quit')).toBe(false);
  });
});
