// Types of the search box of chaja, for TypeScript and for JSX of React 18 and 19 and Solid, and templates of Vue and
// Svelte.

export {};

/** Attributes of <chaja-search>. Each may be written with data- before it, too. */
export interface ChajaSearchAttributes {
  /** The box stands in the page; without it a button opens a dialog. */
  inline?: boolean | "";
  /** Mark the words in the section that a result opens. */
  highlight?: boolean | "";
  /** Language of the box; else that of the page. */
  lang?: string;
  theme?: "light" | "dark" | "auto";
  placeholder?: string;
  /** "off" keeps no searches, opened posts and favourites in the browser. */
  recent?: "off";
  /** "off": no key opens the box. */
  shortcuts?: "off";
  /** Where chaja answers, if not where the script is from. */
  server?: string;
  /** Where the posts are, if not at the root of the page's address. */
  site?: string;
}

export interface ChajaSearchElement extends HTMLElement {
  /** Opens the dialog, or puts the cursor into the box. */
  open(): void;
  /** Closes the dialog, or what stands below the box. */
  close(): void;
}

export interface ChajaSearchEvents {
  "chaja-open": CustomEvent<null>;
  /** An answer to what was typed is shown; time is in milliseconds. */
  "chaja-search": CustomEvent<{ query: string; total: number; time: number }>;
  /** Something of the list is opened. preventDefault() leaves that to the page, such as a router. */
  "chaja-select": CustomEvent<{ what: "post" | "section" | "suggestion" | "recent" | "all"; query: string; url: string; position: number }>;
  /** Enter without a choice. preventDefault() leaves showing the results to the page. */
  "chaja-submit": CustomEvent<{ query: string; url: string }>;
  "chaja-close": CustomEvent<null>;
}

type Dashed<T> = T & { [K in keyof T & string as `data-${K}`]?: T[K] };

/** What frameworks and HTML give every element. children is any, as each framework has its own type for them. */
interface Common {
  children?: any;
  className?: string;
  class?: string;
  id?: string;
  slot?: string;
  part?: string;
  style?: any;
  title?: string;
  dir?: string;
  role?: any;
  hidden?: any;
  inert?: any;
  tabIndex?: number;
  tabindex?: number | string;
  suppressHydrationWarning?: boolean;
  ref?: any;
  key?: any;
  [listener: `on${string}`]: any;
}

type Camel<T extends string> = T extends `${infer A}-${infer B}` ? `${A}${Capitalize<B>}` : T;

/** Listeners, as React 19 and Svelte, Solid and Vue write them. */
type Listeners = { [K in keyof ChajaSearchEvents as `on${K}` | `on:${K}` | `on${Capitalize<Camel<K>>}`]?: (event: ChajaSearchEvents[K]) => void };

type ChajaSearchProps = Dashed<ChajaSearchAttributes> & Common & Listeners;

declare global {
  interface HTMLElementTagNameMap {
    "chaja-search": ChajaSearchElement;
  }
  interface HTMLElementEventMap extends ChajaSearchEvents {}
  interface DocumentEventMap extends ChajaSearchEvents {}
  interface WindowEventMap extends ChajaSearchEvents {}
  namespace JSX {
    interface IntrinsicElements {
      "chaja-search": ChajaSearchProps;
    }
  }
}

declare module "react" {
  namespace JSX {
    interface IntrinsicElements {
      "chaja-search": ChajaSearchProps;
    }
  }
}

declare module "solid-js/jsx-runtime" {
  namespace JSX {
    interface IntrinsicElements {
      "chaja-search": ChajaSearchProps;
    }
  }
}

declare module "vue" {
  interface GlobalComponents {
    "chaja-search": new () => { $props: ChajaSearchProps };
  }
}

declare module "svelte/elements" {
  interface SvelteHTMLElements {
    "chaja-search": ChajaSearchProps;
  }
}
