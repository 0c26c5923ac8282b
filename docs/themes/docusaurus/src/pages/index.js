import Layout from "@theme/Layout";

export default function Home() {
  return <Layout><main className="container margin-vert--lg"><h1>My docs</h1></main></Layout>;
}
