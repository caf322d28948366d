import * as crypto from 'node:crypto';

type OneShot = (algorithm: string, text: string, encoding: 'hex') => string;
/** A third of the cost of a `Hash` object; Node 18 does not have it. */
const { hash } = crypto as { hash?: OneShot };

/** Of a text in UTF-8, in hexadecimal. */
export const sha256: (text: string) => string = hash
  ? (text) => hash('sha256', text, 'hex')
  : (text) => crypto.createHash('sha256').update(text, 'utf8').digest('hex');
