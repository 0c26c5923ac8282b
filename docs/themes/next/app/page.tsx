export default function Home() {
  return <h1>My blog</h1>;
}
