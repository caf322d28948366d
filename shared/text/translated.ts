/** The same keys in another language. English has two plural forms (`_one`, `_other`), Chinese one. */
export type Translated<English> = {
  readonly [K in Exclude<keyof English, `${string}_one`>]: string;
};
