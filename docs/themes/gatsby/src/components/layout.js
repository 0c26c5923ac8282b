import { Link } from "gatsby";
import React from "react";
import Search from "./search";

export default function Layout({ children }) {
  return (
    <>
      <header><Link to="/">My blog</Link> <Search /></header>
      <main>{children}</main>
    </>
  );
}
