import { memo } from "react";
import ReactMarkdown, { type Components } from "react-markdown";
import remarkGfm from "remark-gfm";
import { text } from "../../text/en";

const components: Components = {
  a: ({ href, children }) => (
    <a href={href} target="_blank" rel="noopener noreferrer">
      {children}
    </a>
  ),
  // An address that a model chose is not fetched: its description stands in for the picture.
  img: ({ alt }) => <em>{alt}</em>,
  // Headings of an answer stay below those of the page.
  h1: ({ children }) => <h4>{children}</h4>,
  h2: ({ children }) => <h4>{children}</h4>,
  h3: ({ children }) => <h4>{children}</h4>,
  table: ({ children }) => (
    <div className="scroller" role="region" aria-label={text.chat.table} tabIndex={0}>
      <table>{children}</table>
    </div>
  ),
  pre: ({ children }) => (
    <pre role="region" aria-label={text.chat.code} tabIndex={0}>
      {children}
    </pre>
  ),
};

const plugins = [remarkGfm];

/** Markdown as React elements. Raw HTML in it stays text, so there is nothing to sanitise. */
export const Markdown = memo(function Markdown({ source }: { readonly source: string }) {
  return (
    <div className="markdown">
      <ReactMarkdown remarkPlugins={plugins} components={components}>
        {source}
      </ReactMarkdown>
    </div>
  );
});
