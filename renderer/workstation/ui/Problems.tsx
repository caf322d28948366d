import { Component, type ReactNode } from 'react';

interface Props {
  /** Rendered in place of the children after an error. */
  fallback: (error: Error) => ReactNode;
  children: ReactNode;
}

/** An error boundary: an error in one pane must not affect the others. */
export class Problems extends Component<Props, { error: Error | null }> {
  override state: { error: Error | null } = { error: null };

  static getDerivedStateFromError(error: Error) {
    return { error };
  }

  override render() {
    return this.state.error ? this.props.fallback(this.state.error) : this.props.children;
  }
}
