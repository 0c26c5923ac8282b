import type { NextConfig } from "next";

export default { output: "export", trailingSlash: true } satisfies NextConfig;
