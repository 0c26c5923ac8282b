"use client";
import { useRouter } from "next/navigation";
import Script from "next/script";
import { useEffect, useRef } from "react";
import type { ChajaSearchElement, ChajaSearchEvents } from "./search-box"; // search-box.d.ts of the server

const chaja = "/search/"; // where chaja serve answers

export function Search() {
  const box = useRef<ChajaSearchElement>(null);
  const router = useRouter();
  useEffect(() => {
    const element = box.current;
    const go = (e: ChajaSearchEvents["chaja-select"]) => {
      const to = new URL(e.detail.url);
      if (!e.cancelable || e.detail.what === "all" || to.origin !== location.origin) return;
      e.preventDefault();
      router.push(to.pathname + to.search + to.hash);
    };
    element?.addEventListener("chaja-select", go);
    return () => element?.removeEventListener("chaja-select", go);
  }, [router]);
  return (
    <>
      <Script src={`${chaja}search-box.js`} />
      <chaja-search ref={box} highlight="">
        <form action={chaja} role="search"><input type="search" name="q" aria-label="Search" /><button>Search</button></form>
      </chaja-search>
    </>
  );
}
