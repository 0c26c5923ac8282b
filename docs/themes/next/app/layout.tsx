import Link from "next/link";
import type { ReactNode } from "react";
import { Search } from "./search";

export const metadata = { title: "My blog" };

export default function Layout({ children }: { children: ReactNode }) {
  return (
    <html lang="en">
      <body>
        <header><Link href="/">My blog</Link> <Search /></header>
        <main>{children}</main>
      </body>
    </html>
  );
}
