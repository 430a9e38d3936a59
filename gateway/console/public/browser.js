/* SPDX-License-Identifier: Apache-2.0 */
/* A browser before Chromium 86 and its like is told so, in words that it can show: no module of ours runs there. */
(function () {
  if ('noModule' in document.createElement('script') && window.Promise && Promise.any && window.WeakRef) return;
  window.onload = function () {
    document.getElementById('console').innerHTML =
      '<div style="max-width:34em;margin:4em auto;font:16px/1.7 sans-serif">' +
      '<h1>浏览器版本过旧</h1><p>请使用 Chrome 或 Edge 86 以上版本、360 安全浏览器极速模式，或联系系统管理员。</p>' +
      '<p>This browser is too old: Chromium 86 or later is needed.</p></div>';
  };
})();
