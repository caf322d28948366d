import { join } from 'node:path';
import electronLog from 'electron-log/main';
import type { Log } from '../hub/ports';
import { jsonLog } from '../hub/system/log';

const fileBytesMax = 2 * 1024 * 1024;

/** The app's log, one JSON line per event in `logs/foyer.log`. Callers never log message text, tokens or codes. */
export function openLogFile(folder: string): Log {
  const logger = electronLog.create({ logId: 'foyer' });
  logger.transports.console.level = false;
  logger.transports.ipc.level = false;
  logger.transports.file.level = 'info';
  logger.transports.file.maxSize = fileBytesMax;
  logger.transports.file.format = '{text}';
  logger.transports.file.resolvePathFn = () => join(folder, 'logs', 'foyer.log');
  return jsonLog((line) => logger.info(line.trimEnd()));
}
