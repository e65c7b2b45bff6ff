import { useState } from "react";
import { text } from "../../text/en";
import { Icon } from "../../ui/Icon";
import { Logo } from "../../ui/Logo";
import { type Session } from "./session";

/** What a person sees who is not signed in. Nothing happens until they press the button. */
export function SignInPage({ session }: { readonly session: Session }) {
  const [leaving, setLeaving] = useState(false);
  const [failed, setFailed] = useState(session.signInFailed);
  const signIn = () => {
    setLeaving(true);
    session.signIn().catch(() => {
      setLeaving(false);
      setFailed(true);
    });
  };
  return (
    <main className="sign-in">
      <div className="sign-in-card">
        <p className="brand">
          <Logo />
          {text.product}
        </p>
        <h1>{text.tagline}</h1>
        <p className="lead">{text.signIn.intro}</p>
        {failed && (
          <p className="notice" role="alert">
            <Icon name="alert" />
            {text.signIn.notFinished}
          </p>
        )}
        <button
          type="button"
          className="button primary large"
          data-testid="sign-in"
          disabled={leaving}
          onClick={signIn}
        >
          {leaving ? text.signIn.busy : text.signIn.button}
        </button>
        <ul className="points">
          {text.signIn.points.map(([title, explanation]) => (
            <li key={title}>
              <strong>{title}</strong>
              <span>{explanation}</span>
            </li>
          ))}
        </ul>
      </div>
    </main>
  );
}
