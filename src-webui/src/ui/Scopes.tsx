import { text } from "../text/en";

/** What somebody may do, or wants to: in words, and as the scope that stands for it. */
export function Scopes({ title, scopes }: { readonly title: string; readonly scopes: readonly string[] }) {
  if (scopes.length === 0) return null;
  return (
    <>
      <p className="consent-wants">{title}</p>
      <ul className="scopes">
        {scopes.map((scope) => (
          <li key={scope}>
            {inPlainWords(scope)} <code>{scope}</code>
          </li>
        ))}
      </ul>
    </>
  );
}

/** Scopes may come qualified (`api://.../Orders.Read`); words exist for the last part. */
function inPlainWords(scope: string): string {
  return text.consent.scopes[scope.slice(scope.lastIndexOf("/") + 1)] ?? "";
}
