import { Component, type ReactNode } from "react";
import { ErrorCard } from "../ui/ErrorCard";

interface Props {
  readonly children: ReactNode;
}

/** A mistake in drawing the page ends in an error card with a way on, not in an empty window. */
export class Boundary extends Component<Props, { readonly failed: boolean }> {
  override readonly state = { failed: false };

  static getDerivedStateFromError() {
    return { failed: true };
  }

  override render() {
    if (!this.state.failed) return this.props.children;
    return (
      <main className="centered">
        <ErrorCard failure={{ reason: "unexpected" }} onRetry={() => window.location.reload()} />
      </main>
    );
  }
}
