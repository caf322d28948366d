/** The page's few words are drawn before the rest is read, which takes several frames. */
function begin() {
  import('./main').catch((error: unknown) => {
    // The page is still without everything that shows an error.
    document.querySelector('.starting')?.replaceChildren(String(error));
  });
}

// A page out of sight draws no frame.
if (document.hidden) begin();
else requestAnimationFrame(() => setTimeout(begin));
