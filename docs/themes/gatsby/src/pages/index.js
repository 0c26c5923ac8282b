import React from "react";
import Layout from "../components/layout";

export default function Home() {
  return <Layout><h1>My blog</h1></Layout>;
}

export const Head = () => <title>My blog</title>;
