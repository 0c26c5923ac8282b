import { useHistory } from "@docusaurus/router";
import { useEffect, useRef } from "react";

export default function SearchBar() {
  const box = useRef(null);
  const history = useHistory();
  useEffect(() => {
    const element = box.current;
    const go = (e) => {
      const to = new URL(e.detail.url);
      if (!e.cancelable || e.detail.what === "all" || to.origin !== location.origin) return;
      e.preventDefault();
      history.push(to.pathname + to.search + to.hash);
    };
    element.addEventListener("chaja-select", go);
    return () => element.removeEventListener("chaja-select", go);
  }, [history]);
  return <chaja-search ref={box} highlight="" style={{ "--chaja-accent": "var(--ifm-color-primary)", "--chaja-font": "var(--ifm-font-family-base)" }} />;
}
