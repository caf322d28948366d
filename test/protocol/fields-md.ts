import * as z from 'zod';

/** A schema that several frames share: described once, and linked by its name. */
export interface NamedSchema {
  name: string;
  schema: z.ZodType;
}

export interface Section {
  title: string;
  frames: readonly z.ZodType[];
  /** What the `ack` of a command holds as `result`, by the command's `op`. */
  results?: Readonly<Record<string, z.ZodType>>;
}

type Json = Record<string, unknown> & {
  type?: string | string[];
  properties?: Record<string, Json>;
  required?: string[];
  anyOf?: Json[];
  oneOf?: Json[];
  allOf?: Json[];
  items?: Json;
  additionalProperties?: boolean | Json;
  propertyNames?: Json;
  const?: unknown;
  enum?: unknown[];
  named?: string;
};

/** Every field of every frame, with what it may be, as Markdown: what the schemas hold, for a reader without them. */
export function fieldsMarkdown(intro: string, named: readonly NamedSchema[], sections: readonly Section[]): string {
  const names = new Map<unknown, string>(named.map(({ name, schema }) => [schema, name]));
  const describe = (schema: z.ZodType, self: unknown = null) =>
    z.toJSONSchema(schema, {
      io: 'input',
      unrepresentable: 'any',
      override: ({ zodSchema, jsonSchema }) => {
        const name = zodSchema === self ? undefined : names.get(zodSchema);
        if (name === undefined) return;
        for (const key of Object.keys(jsonSchema)) delete (jsonSchema as Json)[key];
        (jsonSchema as Json).named = name;
      },
    }) as Json;
  const tables = ({ frames, results = {} }: Section) => [
    ...frames.flatMap(alternatives).map((frame) => frameOf(headOf(frame), describe(frame))),
    ...Object.entries(results).map(([op, result]) => frameOf(`\`result\` of \`${op}\``, describe(result))),
  ];
  const parts = sections.map((section) => [`## ${section.title}`, ...tables(section)].join('\n\n'));
  const views = named.map(({ name, schema }) => viewOf(name, describe(schema, schema)));
  return `${[intro, ...parts, '## What frames carry', ...views].join('\n\n')}\n`;
}

/** The members of a union, each a frame of its own. */
function alternatives(schema: z.ZodType): z.ZodType[] {
  const { options } = schema as { options?: z.ZodType[] };
  return options ? options.flatMap(alternatives) : [schema];
}

function headOf(schema: z.ZodType): string {
  const { shape = {} } = schema as { shape?: Record<string, z.ZodType> };
  const word = (shape.op ?? shape.name ?? shape.type) as { value?: string } | undefined;
  return `\`${word?.value}\``;
}

/** What every command and every event has is said once, in the introduction. */
const commandFields = ['type', 'op', 'cid', 'n'];
const eventFields = ['type', 'name', 'seq', 'prev', 'at'];

function frameOf(head: string, json: Json): string {
  const { properties = {} } = json;
  const said = properties.op ? commandFields : properties.prev ? eventFields : ['type'];
  const own = Object.fromEntries(Object.entries(properties).filter(([field]) => !said.includes(field)));
  return Object.keys(own).length === 0
    ? `${head}: no fields of its own.`
    : tableOf(`${head}:`, { ...json, properties: own });
}

function tableOf(head: string, { properties = {}, required = [] }: Json): string {
  const rows = Object.entries(properties).map(
    ([field, json]) =>
      `| \`${field}${required.includes(field) ? '' : '?'}\` | ${typeOf(json).replaceAll('|', '\\|')} |`,
  );
  return [head, '', '| field | is |', '|---|---|', ...rows].join('\n');
}

function viewOf(name: string, json: Json): string {
  const options = json.anyOf ?? json.oneOf;
  const tables = options?.map((option) => tableOf(`With ${kindOf(option)}:`, option));
  return [`### ${name}`, ...(tables ?? [json.properties ? tableOf('', json).trim() : typeOf(json)])].join('\n\n');
}

function kindOf({ properties = {} }: Json): string {
  const [field, json] = Object.entries(properties).find(([, { const: constant }]) => constant !== undefined)!;
  return `\`${field}\` ${typeOf(json)}`;
}

function typeOf(json: Json): string {
  if (json.named) return `[${json.named}](#${json.named.replaceAll(' ', '-')})`;
  if (json.const !== undefined) return `\`${json.const}\``;
  if (json.enum) return json.enum.map((value) => `\`${value}\``).join(', ');
  const options = json.anyOf ?? json.oneOf;
  if (options) return options.map((option) => (option.type === 'null' ? 'null' : typeOf(option))).join(' or ');
  if (Array.isArray(json.type))
    return json.type.map((type) => (type === 'null' ? 'null' : typeOf({ ...json, type }))).join(' or ');
  if (json.allOf) return json.allOf.map(typeOf).join(' and ');
  switch (json.type) {
    case 'string':
      return `text${lengthOf(json, 'minLength', 'maxLength', 'characters')}${json.pattern ? `, like \`${json.pattern}\`` : ''}`;
    case 'integer':
      return `whole number${rangeOf(json)}`;
    case 'number':
      return `number${rangeOf(json)}`;
    case 'boolean':
      return 'true or false';
    case 'array':
      return `list of: ${typeOf(json.items ?? {})}${lengthOf(json, 'minItems', 'maxItems', 'of them')}`;
    case 'object':
      return inObject(json);
    default:
      return 'anything';
  }
}

function inObject({ properties, required = [], additionalProperties }: Json): string {
  if (!properties) {
    const value = typeof additionalProperties === 'object' ? typeOf(additionalProperties) : 'anything';
    return `object, each value: ${value}`;
  }
  const fields = Object.entries(properties).map(
    ([field, json]) => `\`${field}${required.includes(field) ? '' : '?'}\`: ${typeOf(json)}`,
  );
  return `{ ${fields.join('; ')} }`;
}

function lengthOf(json: Json, least: string, most: string, unit: string): string {
  const min = json[least] as number | undefined;
  const max = json[most] as number | undefined;
  if (min === undefined && max === undefined) return '';
  if (min === max) return `, ${min} ${unit}`;
  if (max === undefined) return `, ${min} or more ${unit}`;
  return min === undefined ? `, at most ${max} ${unit}` : `, ${min} to ${max} ${unit}`;
}

/** Beyond 2^53 no number is whole: that bound says nothing. */
function rangeOf({ minimum, maximum, exclusiveMinimum }: Json): string {
  const least = minimum ?? (exclusiveMinimum === undefined ? undefined : Number(exclusiveMinimum) + 1);
  const min = least === Number.MIN_SAFE_INTEGER ? undefined : least;
  const max = maximum === Number.MAX_SAFE_INTEGER ? undefined : maximum;
  if (min === undefined) return max === undefined ? '' : `, at most ${max}`;
  return max === undefined ? `, ${min} or more` : `, ${min} to ${max}`;
}
