export default {
  title: "My docs",
  url: "https://docs.example.org",
  baseUrl: "/",
  presets: [["classic", { docs: false, blog: false }]],
  scripts: [{ src: "/search/search-box.js", type: "module" }], // where chaja serve answers
  themeConfig: { navbar: { title: "My docs", items: [{ type: "search", position: "right" }] } },
};
