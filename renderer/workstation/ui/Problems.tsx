import { Component, type ReactNode } from 'react';

interface Props {
  /** Drawn instead of what broke. */
  fallback: (error: Error) => ReactNode;
  children: ReactNode;
}

/** One pane that breaks must not take the others with it. */
export class Problems extends Component<Props, { error: Error | null }> {
  override state: { error: Error | null } = { error: null };

  static getDerivedStateFromError(error: Error) {
    return { error };
  }

  override render() {
    return this.state.error ? this.props.fallback(this.state.error) : this.props.children;
  }
}
