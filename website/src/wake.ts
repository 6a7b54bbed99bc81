/** Keeps the screen from going dark, where the browser can. */
export function keepAwake(): void {
  const request = () => {
    // Refused on low battery and the like: the display goes on without.
    if (document.visibilityState === "visible") navigator.wakeLock?.request("screen").catch(() => undefined);
  };
  request();
  // The lock is lost whenever the page is hidden.
  document.addEventListener("visibilitychange", request);
}
