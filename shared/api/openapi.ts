import * as z from 'zod';
import { type Operation, operations, problem } from './operations';

/** The OpenAPI 3.1 document of the API, made from the schemas that its requests are decoded by. */
export function openApiDocument(): Record<string, unknown> {
  const schemas: Record<string, unknown> = {};
  const schemaOf = (schema: z.ZodType, io: 'input' | 'output') => named(schema, io, schemas);
  const paths: Record<string, Record<string, unknown>> = {};
  for (const [operationId, operation] of Object.entries<Operation>(operations)) {
    paths[operation.path] = {
      ...paths[operation.path],
      [operation.method]: described(operationId, operation, schemaOf),
    };
  }
  const problems = schemaOf(problem, 'output');
  return {
    openapi: '3.1.0',
    info: {
      title: 'Foyer',
      version: '1',
      description: 'Conversations of a Foyer hub, for other programs of the office. The guide: docs/api.md.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/api/v1' }],
    security: [{ token: [] }],
    paths,
    components: {
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'Made in Settings → API; shown once.' },
      },
      parameters: {
        IdempotencyKey: {
          name: 'Idempotency-Key',
          in: 'header',
          required: false,
          description:
            'A repeat with the same key and body within 24 hours gets the first answer, and nothing is done twice.',
          schema: { type: 'string', pattern: '^[\\x21-\\x7e]{1,100}$' },
        },
      },
      responses: Object.fromEntries(
        Object.entries(failures).map(([status, description]) => [
          `E${status}`,
          {
            description,
            ...(status === '429' || status === '503' ? { headers: retryAfter } : {}),
            content: { 'application/problem+json': { schema: problems } },
          },
        ]),
      ),
      schemas,
    },
  };
}

const retryAfter = { 'Retry-After': { description: 'In seconds.', schema: { type: 'integer' } } };

const failures: Readonly<Record<string, string>> = {
  400: 'The request can’t be read: a parameter, the body or a header is not as it should be.',
  401: 'There is no token, or it is not valid (any more).',
  403: 'The token does not allow this, or the request comes from a web page.',
  404: 'There is no such thing.',
  409: 'As things stand it can’t be done.',
  413: 'The body is too large.',
  415: 'The body is no JSON.',
  422: 'A value does not fit the office, or the idempotency key was used for something else.',
  429: 'Too much at once.',
  500: 'The hub met an error, and has not done it.',
  503: 'The hub takes nothing just now.',
};

/** Of what only a body can be. */
const ofBodies = ['413', '415'];

type SchemaOf = (schema: z.ZodType, io: 'input' | 'output') => unknown;

function described(operationId: string, operation: Operation, schemaOf: SchemaOf) {
  const { summary, about, scope: needed, params, query, body, status, result } = operation;
  const scopeText = needed === null ? 'Any token may.' : `Scope: \`${needed}\`.`;
  const parameters = [
    ...parametersOf(params, 'path'),
    ...parametersOf(query, 'query'),
    ...(body ? [{ $ref: '#/components/parameters/IdempotencyKey' }] : []),
  ];
  const statuses = Object.keys(failures).filter((each) => body !== undefined || !ofBodies.includes(each));
  return {
    operationId,
    summary,
    description: [about, scopeText].filter((each) => each !== undefined).join(' '),
    ...(needed === null ? {} : { 'x-scope': needed }),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(body
      ? { requestBody: { required: true, content: { 'application/json': { schema: schemaOf(body, 'input') } } } }
      : {}),
    responses: {
      [status]: {
        description: 'Done, and on disk.',
        content: { 'application/json': { schema: schemaOf(result, 'output') } },
      },
      ...Object.fromEntries(statuses.map((each) => [each, { $ref: `#/components/responses/E${each}` }])),
    },
  };
}

function parametersOf(schema: z.ZodObject | undefined, place: 'path' | 'query') {
  if (!schema) return [];
  const { properties = {}, required = [] } = jsonSchema(schema, 'input');
  return Object.entries<Json>(properties).map(([name, { description, ...rest }]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    ...(description === undefined ? {} : { description }),
    schema: rest,
  }));
}

// biome-ignore lint/suspicious/noExplicitAny: any JSON Schema
type Json = any;

/** Answers may get more fields later, so their schemas do not forbid them. */
function jsonSchema(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _, ...made } = z.toJSONSchema(schema, {
    io,
    override: ({ jsonSchema: each }) => {
      if (io === 'output' && each.additionalProperties === false) delete each.additionalProperties;
    },
  }) as Json;
  return made;
}

/** Schemas with an id go among the components. */
function named(schema: z.ZodType, io: 'input' | 'output', schemas: Record<string, unknown>): unknown {
  const { $defs = {}, ...own } = jsonSchema(schema, io);
  for (const [name, each] of Object.entries<Json>($defs)) schemas[name] = component(each);
  if (own.id === undefined) return component(own);
  schemas[own.id] = component(own);
  return { $ref: `#/components/schemas/${own.id}` };
}

function component({ id: _, ...schema }: Json): unknown {
  return JSON.parse(JSON.stringify(schema).replaceAll('#/$defs/', '#/components/schemas/'));
}
