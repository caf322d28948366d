import { createHash } from 'node:crypto';
import { refusedCodes } from '../../../shared/protocol/refused-codes';

// biome-ignore lint/suspicious/noExplicitAny: the document's own parts
type Part = any;

const style = `
:root { color-scheme: light dark; font: 15px/1.5 system-ui, sans-serif; }
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
h2 { margin-top: 2.5rem; border-top: 1px solid #8886; padding-top: 1rem; overflow-wrap: anywhere; }
code, pre { font: 13px/1.5 ui-monospace, monospace; }
h2 code { font-size: 17px; font-weight: 600; }
pre { background: #8882; padding: .75rem 1rem; border-radius: .5rem; overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
th, td { text-align: start; vertical-align: top; padding: .25rem 1rem .25rem 0; border-bottom: 1px solid #8884; }
`;

/** The OpenAPI document as a page: plain HTML, without a script. */
export function docsPage(document: Record<string, unknown>) {
  const hash = createHash('sha256').update(style).digest('base64');
  const policy = `default-src 'none'; style-src 'sha256-${hash}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;
  const headers = { 'Content-Security-Policy': policy };
  return { type: 'text/html; charset=utf-8', body: htmlOf(document as Part), headers };
}

function htmlOf({ info, paths, components }: Part): string {
  const operations = Object.entries<Part>(paths).flatMap(([path, methods]) =>
    Object.entries<Part>(methods).map(([method, operation]) => operationOf(path, method, operation, components)),
  );
  const schemas = Object.entries<Part>(components.schemas).map(
    ([name, schema]) => `<h2 id="${escaped(name)}">${escaped(name)}</h2>${jsonOf(schema)}`,
  );
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escaped(info.title)} API</title><style>${style}</style></head><body>
<h1>${escaped(info.title)} API</h1>
<p>${escaped(info.description)} As a document for programs: <a href="/api/v1/openapi.json">openapi.json</a>.</p>
<p>Every request needs <code>Authorization: Bearer</code> and a token, which a supervisor makes in Settings → API.</p>
<ul>${operations.map(({ title, anchor }) => `<li><a href="#${anchor}"><code>${title}</code></a></li>`).join('')}</ul>
${operations.map(({ html }) => html).join('\n')}
<h2 id="problems">Problems</h2>
<p>Everything that is not done is answered with <code>application/problem+json</code> (RFC 9457): <code>title</code> says what is
wrong, <code>detail</code> what to do, and <code>code</code> tells programs apart what happened.</p>
${Object.entries(refusedCodes)
  .filter(([group]) => group !== 'hello')
  .map(([group, codes]) => `<p>${escaped(groupWords[group] ?? group)}: ${codes.map(code).join(', ')}</p>`)
  .join('')}
${schemas.join('\n')}
</body></html>
`;
}

const groupWords: Readonly<Record<string, string>> = {
  over: 'Nothing to send again',
  change: 'To be changed and sent as a new request',
  later: 'To be sent again later',
};

function operationOf(path: string, method: string, operation: Part, components: Part) {
  const anchor = escaped(operation.operationId);
  const title = `${method.toUpperCase()} ${escaped(path)}`;
  const parameters = (operation.parameters ?? []).map((each: Part) =>
    each.$ref ? components.parameters[each.$ref.split('/').at(-1)] : each,
  );
  const rows = parameters.map(
    ({ name, in: place, required, description = '' }: Part) =>
      `<tr><td>${code(name)}</td><td>${escaped(place)}${required ? ', required' : ''}</td><td>${prose(description)}</td></tr>`,
  );
  const body = operation.requestBody?.content['application/json'].schema;
  const [[status, answer]] = Object.entries<Part>(operation.responses) as [[string, Part]];
  const html = `<h2 id="${anchor}"><code>${title}</code></h2>
<p><b>${prose(operation.summary)}.</b> ${prose(operation.description)}</p>
${rows.length > 0 ? `<table>${rows.join('')}</table>` : ''}
${body ? `<p>Body</p>${jsonOf(body)}` : ''}
<p>Answer ${escaped(status)}</p>${jsonOf(answer.content['application/json'].schema)}`;
  return { title, anchor, html };
}

function jsonOf(schema: Part): string {
  return `<pre>${escaped(JSON.stringify(schema, null, 2))}</pre>`;
}

/** What is in backticks is code. */
function prose(text: string): string {
  return escaped(text).replace(/`([^`]+)`/g, '<code>$1</code>');
}

function code(text: string): string {
  return `<code>${escaped(text)}</code>`;
}

function escaped(text: string): string {
  return text.replace(/[&<>"]/g, (each) => `&#${each.charCodeAt(0)};`);
}
