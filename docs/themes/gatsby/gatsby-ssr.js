const React = require("react");

exports.onRenderBody = ({ setHtmlAttributes, setHeadComponents }) => {
  setHtmlAttributes({ lang: "en" });
  setHeadComponents([React.createElement("script", { key: "chaja", type: "module", src: "/search/search-box.js" })]); // where chaja serve answers
};
