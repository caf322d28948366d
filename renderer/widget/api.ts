import type { SignedIdentity } from '../../shared/protocol/identity';
import type { Widget } from './widget';

/** What a shop's page may call before and after the script has loaded. */
export interface Foyer {
  (name: string, ...values: unknown[]): void;
  /** Calls from before. */
  q?: ArrayLike<unknown>[];
  isRunning?: boolean;
}

/** A call that can't be carried out is said in the console: a shop's page must never stop for its chat. */
export function createApi(widget: Widget, warn: (message: string) => void): Foyer {
  const calls: Readonly<Record<string, (value: unknown) => void>> = {
    open: () => widget.open(),
    close: () => widget.close(),
    identify: (value) => widget.identify(value === null ? null : identityOf(value)),
    page: (value) => widget.page(pageOf(value)),
    language: (value) => widget.language(value === 'en' || value === 'zh' ? value : refuse("takes 'en' or 'zh'")),
    onUnread: (value) =>
      widget.onUnread(typeof value === 'function' ? (count) => value(count) : refuse('takes a function')),
  };
  return (name, value) => {
    try {
      if (!Object.hasOwn(calls, name)) refuse(`is not one of ${Object.keys(calls).join(', ')}`);
      calls[name]!(value);
    } catch (error) {
      warn(`foyer('${name}') ${error instanceof Error ? error.message : error}`);
    }
  };
}

function refuse(why: string): never {
  throw new Error(why);
}

function fieldsOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? { ...value } : refuse('takes an object');
}

function identityOf(value: unknown): SignedIdentity {
  const { id, name, contact, issuedAt, signature } = fieldsOf(value);
  const isShort = (text: unknown): text is string => typeof text === 'string' && text.length <= 200;
  return isShort(id) && isShort(name) && isShort(contact) && isShort(signature) && Number.isSafeInteger(issuedAt)
    ? { id, name, contact, issuedAt: Number(issuedAt), signature }
    : refuse(
        'takes { id, name, contact, issuedAt, signature }: strings of at most 200 characters, issuedAt a number; or null',
      );
}

function pageOf(value: unknown = {}): { title?: string; url?: string } {
  const { title, url } = fieldsOf(value);
  return {
    ...(title === undefined ? {} : { title: String(title) }),
    ...(url === undefined ? {} : { url: String(url) }),
  };
}
