import { lazy, Suspense, useEffect, useState } from "react";
import { ErrorCard } from "../ui/ErrorCard";
import { SignInPage } from "../features/sign-in/SignInPage";
import { type Failure, failureOf } from "../lib/failure";
import { text } from "../text/en";
import { Boundary } from "./Boundary";
import { type Started } from "./start";

// What only a signed-in person needs is not loaded for the sign-in page.
const ChatPage = lazy(() => import("./ChatPage"));

type View = { readonly kind: "loading" } | { readonly kind: "failed"; readonly failure: Failure } | Started;

/** Shows how far the start has come, and then the page that fits. */
export function App({ started }: { readonly started: Promise<Started> }) {
  const [view, setView] = useState<View>({ kind: "loading" });
  useEffect(() => {
    started.then(setView, (error: unknown) => setView({ kind: "failed", failure: failureOf(error) }));
  }, [started]);
  switch (view.kind) {
    case "loading":
      return <Loading />;
    case "failed":
      return (
        <main className="centered">
          <h1 className="sr-only">{text.product}</h1>
          <ErrorCard failure={view.failure} onRetry={() => window.location.reload()} />
        </main>
      );
    case "signed-out":
      return <SignInPage session={view.session} />;
    case "ready":
      return (
        <Boundary>
          <Suspense fallback={<Loading />}>
            <ChatPage {...view} />
          </Suspense>
        </Boundary>
      );
  }
}

function Loading() {
  return (
    <main className="centered">
      <p role="status">{text.loading}</p>
    </main>
  );
}
