/** How often it is put back: against a page that removes it on purpose there is no winning. */
const returnsMax = 20;

/** Puts the element beside the body, and back when the page has replaced what holds it. Returns the end of that. */
export function stayInPage(document: Document, element: Element): () => void {
  let returns = 0;
  const place = () => {
    if (element.isConnected || document.documentElement === null) return;
    document.documentElement.append(element);
    // A page written anew has another root.
    observer.observe(document.documentElement, { childList: true });
  };
  const observer = new MutationObserver(() => {
    if (element.isConnected) return;
    returns += 1;
    if (returns > returnsMax) observer.disconnect();
    else place();
  });
  observer.observe(document, { childList: true });
  place();
  return () => {
    observer.disconnect();
    element.remove();
  };
}
