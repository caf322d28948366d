import { dialog } from 'electron';
import type { QuitQuestion } from './ports';

/** The system's own dialog. */
export async function confirmQuit({ title, body, go, stay }: QuitQuestion): Promise<boolean> {
  const { response } = await dialog.showMessageBox({
    type: 'question',
    message: title,
    detail: body,
    buttons: [go, stay],
    defaultId: 1,
    cancelId: 1,
  });
  return response === 0;
}
