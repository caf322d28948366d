import { element, setAttribute, setText, show } from '../dom';

/** A control with its label and room for what is wrong with it. */
export function createField(control: HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement) {
  const label = element('label', { for: control.id });
  const hint = element('span', { class: 'hint', id: `${control.id}-hint`, hidden: true });
  const problem = element('p', { class: 'problem', id: `${control.id}-problem`, hidden: true });
  const root = element(
    'div',
    { class: 'field' },
    element('div', { class: 'field-head' }, label, hint),
    control,
    problem,
  );
  return {
    root,
    label(words: string, hintWords = ''): void {
      setText(label, words);
      setText(hint, hintWords);
      show(hint, hintWords !== '');
    },
    problem(words: string): void {
      setText(problem, words);
      show(problem, words !== '');
      setAttribute(control, 'aria-invalid', words === '' ? null : 'true');
      setAttribute(control, 'aria-describedby', words === '' ? (hint.hidden ? null : hint.id) : problem.id);
    },
  };
}
