import { defineConfig } from "vitepress";

export default defineConfig({
  title: "My docs",
  head: [["script", { type: "module", src: "/search/search-box.js" }]], // where chaja serve answers
  vue: { template: { compilerOptions: { isCustomElement: (tag) => tag === "chaja-search" } } },
});
