import { navigate } from "gatsby";
import React, { useEffect, useRef } from "react";

export default function Search() {
  const box = useRef(null);
  useEffect(() => {
    const element = box.current;
    const go = (e) => {
      const to = new URL(e.detail.url);
      if (!e.cancelable || e.detail.what === "all" || to.origin !== location.origin) return;
      e.preventDefault();
      navigate(to.pathname + to.search + to.hash);
    };
    element.addEventListener("chaja-select", go);
    return () => element.removeEventListener("chaja-select", go);
  }, []);
  return <chaja-search ref={box} highlight="" />;
}
