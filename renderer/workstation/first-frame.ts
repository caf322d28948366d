/** Paints the static text of index.html before loading the app, which takes several frames. */
function begin() {
  import('./main').catch((error: unknown) => {
    // No component that could show the error is loaded yet.
    document.querySelector('.starting')?.replaceChildren(String(error));
  });
}

// A hidden page gets no animation frame.
if (document.hidden) begin();
else requestAnimationFrame(() => setTimeout(begin));
