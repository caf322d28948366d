import type { AttachmentType } from '../../../shared/protocol/file-name';
import type { ReadBytes } from './picture-size';

const endSignature = Buffer.from('PK\x05\x06', 'latin1');
const endBytes = 22;
const commentBytesMax = 65_535;
/** Of an office document it is a few kilobytes. */
const directoryBytesMax = 1024 ** 2;

const openXml = 'application/vnd.openxmlformats-officedocument';
const officeFolders = [
  ['word/', `${openXml}.wordprocessingml.document`],
  ['xl/', `${openXml}.spreadsheetml.sheet`],
  ['ppt/', `${openXml}.presentationml.presentation`],
] as const satisfies [string, AttachmentType][];

const openDocument = /^.{30}mimetype(application\/vnd\.oasis\.opendocument\.(?:text|spreadsheet|presentation))PK/s;
const openDocumentHeadBytes = 128;

/** Office documents are zip files; what they are is said by what they hold. One with macros counts as a zip file. */
export async function zipType(read: ReadBytes, bytes: number): Promise<AttachmentType> {
  const head = (await read(0, openDocumentHeadBytes)).toString('latin1');
  const [, openDocumentType] = openDocument.exec(head) ?? [];
  if (openDocumentType !== undefined) return openDocumentType as AttachmentType;
  const names = await namesIn(read, bytes);
  const isOffice = names.includes('[Content_Types].xml') && !names.some((name) => name.endsWith('/vbaProject.bin'));
  const [, type] = officeFolders.find(([folder]) => isOffice && names.some((name) => name.startsWith(folder))) ?? [];
  return type ?? 'application/zip';
}

/** The names of the files in it, from the directory at its end; none if that is not as usual. */
async function namesIn(read: ReadBytes, bytes: number): Promise<string[]> {
  const tail = await read(Math.max(0, bytes - endBytes - commentBytesMax), endBytes + commentBytesMax);
  const end = tail.lastIndexOf(endSignature);
  if (end === -1 || end + endBytes > tail.length) return [];
  const length = tail.readUInt32LE(end + 12);
  if (length > directoryBytesMax) return [];
  const directory = await read(tail.readUInt32LE(end + 16), length);
  const names: string[] = [];
  for (let at = 0; at + 46 <= directory.length && directory.toString('latin1', at, at + 4) === 'PK\x01\x02'; ) {
    const nameEnd = at + 46 + directory.readUInt16LE(at + 28);
    names.push(directory.toString('utf8', at + 46, nameEnd));
    at = nameEnd + directory.readUInt16LE(at + 30) + directory.readUInt16LE(at + 32);
  }
  return names;
}
