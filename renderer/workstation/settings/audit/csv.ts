/** A spreadsheet would take a cell that starts like this for a formula, full-width characters included. */
const startsFormula = /^[=+\-@\t\r\n＝＋－＠]/;

function cell(text: string): string {
  const plain = startsFormula.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}

/** As RFC 4180 has it, with a byte order mark, without which spreadsheets don't read UTF-8. */
export function toCsv(rows: readonly (readonly string[])[]): string {
  return `\uFEFF${rows.map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
}
