import { isUtf8 } from 'node:buffer';
import type { IncomingMessage } from 'node:http';
import * as z from 'zod';
import { type Operation, type OperationId, operations } from '../../../shared/api/operations';
import type { HubLimits } from '../limits';
import type { Clock } from '../ports';
import { Problem } from './problem';

const prefix = '/api/v1';
const all = Object.entries<Operation>(operations).map(([id, operation]) => ({
  id: id as OperationId,
  operation,
  parts: operation.path.split('/'),
}));

export interface Matched {
  id: OperationId;
  operation: Operation;
  /** As they stand in the path. */
  params: Record<string, string>;
}

/** The operation at this path. Throws a `Problem` when there is none. */
export function matched(method: string, path: string): Matched {
  const parts = path.slice(prefix.length).split('/');
  const here = path.startsWith(`${prefix}/`) ? all.filter(({ parts: its }) => fits(its, parts)) : [];
  const found = here.find(({ operation }) => operation.method.toUpperCase() === method);
  if (found) return { ...found, params: paramsIn(found.parts, parts) };
  if (here.length === 0) {
    throw new Problem({
      ...{ status: 404, code: 'pathUnknown' },
      title: 'There is nothing at this path.',
      detail: 'The paths are in /api/v1/docs.',
    });
  }
  const allow = here.map(({ operation }) => operation.method.toUpperCase()).join(', ');
  throw new Problem({
    ...{ status: 405, code: 'methodUnknown', headers: { Allow: allow } },
    title: `This path takes ${allow}.`,
    detail: 'The operations are in /api/v1/docs.',
  });
}

function fits(its: readonly string[], parts: readonly string[]): boolean {
  return its.length === parts.length && its.every((each, at) => each.startsWith('{') || each === parts[at]);
}

function paramsIn(its: readonly string[], parts: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    its.flatMap((each, at) => (each.startsWith('{') ? [[each.slice(1, -1), unescaped(parts[at] ?? '')]] : [])),
  );
}

function unescaped(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    throw invalid('path', 'The path is not escaped as it should be.');
  }
}

/** What a request says, by its operation's schemas. Throws a `Problem`. */
export function inputOf({ operation, params }: Matched, query: URLSearchParams, body: string) {
  return {
    params: operation.params ? parsed(operation.params, params) : {},
    query: parsed(operation.query ?? z.strictObject({}), valuesOf(query, operation.query)),
    body: operation.body ? parsed(operation.body, jsonIn(body)) : {},
  };
}

function valuesOf(query: URLSearchParams, schema: z.ZodObject | undefined): Record<string, unknown> {
  const values = new Map<string, unknown>();
  for (const [name, value] of query) {
    if (values.has(name)) throw invalid(name, `The parameter ${name} may be there once only.`);
    values.set(name, isNumber(schema?.shape[name]) && /^-?\d{1,20}$/.test(value) ? Number(value) : value);
  }
  return Object.fromEntries(values);
}

function isNumber(schema: unknown): boolean {
  return (schema instanceof z.ZodOptional ? schema.unwrap() : schema) instanceof z.ZodNumber;
}

function jsonIn(body: string): unknown {
  try {
    return JSON.parse(body === '' ? '{}' : body);
  } catch {
    throw new Problem({
      ...{ status: 400, code: 'notJson' },
      title: 'The body is no JSON.',
      detail: 'Send a JSON object in UTF-8.',
    });
  }
}

function parsed(schema: z.ZodObject, value: unknown): Record<string, unknown> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  const path = issue?.path.map(String) ?? [];
  if (issue?.code === 'unrecognized_keys')
    throw invalid([...path, issue.keys[0]].join('.'), 'There is a field that is not known.');
  throw invalid(path.join('.'), `${path.length > 0 ? `${path.join('.')}: ` : ''}${issue?.message ?? 'invalid'}`);
}

function invalid(field: string, title: string): Problem {
  return new Problem({
    ...{ status: 400, code: 'badRequest', title },
    ...(field === '' ? {} : { field }),
    detail: 'Change it to what /api/v1/docs says, and send it again.',
  });
}

/** Bounded in size and time. Throws a `Problem`, or when its sender is gone. */
export async function bodyOf(
  request: IncomingMessage,
  { bodyBytesMax, bodyTimeoutMs }: HubLimits['api'],
  clock: Clock,
): Promise<string> {
  const announced = Number(request.headers['content-length'] ?? 0);
  if (announced > bodyBytesMax) throw tooLarge(bodyBytesMax);
  const type = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
  if (type !== 'application/json' && (announced > 0 || request.headers['transfer-encoding'] !== undefined)) {
    throw new Problem({
      ...{ status: 415, code: 'notJson' },
      title: 'The body is of another type.',
      detail: 'Send JSON, with `Content-Type: application/json`.',
    });
  }
  // A sender who takes so long gets no answer: nobody may hold a slot by sending slowly.
  const cancel = clock.at(clock.now() + bodyTimeoutMs, () => request.destroy());
  try {
    const chunks: Buffer[] = [];
    let bytes = 0;
    for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      bytes += chunk.length;
      if (bytes > bodyBytesMax) throw tooLarge(bodyBytesMax);
      chunks.push(chunk);
    }
    return textIn(Buffer.concat(chunks));
  } finally {
    cancel();
  }
}

/** Bytes of another encoding are refused: what they say would be lost in `\ufffd`, and different bodies be the same. */
function textIn(bytes: Buffer): string {
  if (isUtf8(bytes)) return bytes.toString('utf8');
  throw new Problem({
    ...{ status: 400, code: 'notUtf8' },
    title: 'The body is not in UTF-8.',
    detail: 'Encode it in UTF-8: as it is, its words would be lost.',
  });
}

function tooLarge(bytesMax: number): Problem {
  return new Problem({
    ...{ status: 413, code: 'bodyTooLarge' },
    title: 'The body is too large.',
    detail: `At most ${bytesMax} bytes.`,
  });
}
