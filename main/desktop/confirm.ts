import { dialog } from 'electron';
import type { Question } from './ports';

/** Asks by a dialog of the system. */
export async function confirm({ title, body, go, stay }: Question): Promise<boolean> {
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
