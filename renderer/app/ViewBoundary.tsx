import { Component, type ReactNode } from 'react';
import { ErrorState } from '../components/States.tsx';

/** What a boundary takes. */
export interface ViewBoundaryProps {
  /** What it stands round, for its words: `the schedules`. */
  readonly name: string;
  readonly children: ReactNode;
}

/** Keeps a fault in one view from blanking the window: says so in its place, and offers to draw it anew. */
export class ViewBoundary extends Component<
  ViewBoundaryProps,
  { readonly message: string | null }
> {
  override state: { readonly message: string | null } = { message: null };

  static getDerivedStateFromError(error: unknown): { readonly message: string } {
    return { message: error instanceof Error ? error.message : String(error) };
  }

  override render(): ReactNode {
    const { message } = this.state;
    if (message === null) return this.props.children;
    return (
      <ErrorState
        title={`Jackdaw couldn’t draw ${this.props.name}`}
        message={`Your schedules go on as before; only this screen is at fault. It said: ${message}`}
        onRetry={() => this.setState({ message: null })}
        retryLabel="Draw it again"
      />
    );
  }
}
