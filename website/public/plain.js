// For browsers that are too old for the display, and for a display that fails: nothing in here is younger than the browsers of 1999.
// The sentence itself stands in index.html, where it is also read without any script.
// biome-ignore-all lint: see above
(function () {
  var SHOW_AFTER = 10;
  var TRY_AGAIN_EVERY = 300;
  var plain = document.getElementById("plain");
  var seconds = 0;

  function isDrawn() {
    var main = document.getElementsByTagName("main")[0];
    return !!main && main.childNodes.length > 0;
  }

  function show(isShown) {
    plain.style.display = isShown ? "block" : "none";
  }

  // A version that cannot draw may be mended by the next one, or draw when the server is back.
  function loadAnew() {
    var request = new XMLHttpRequest();
    request.open("GET", location.href, true);
    request.onreadystatechange = function () {
      if (request.readyState === 4 && request.status === 200) location.reload();
    };
    request.send(null);
  }

  function look() {
    if (isDrawn()) return show(false);
    seconds += 1;
    if (seconds === SHOW_AFTER) show(true);
    if (seconds % TRY_AGAIN_EVERY === 0) loadAnew();
    setTimeout(look, 1000);
  }

  window.onerror = function () {
    if (!isDrawn()) show(true);
  };
  show(false);
  look();
})();
