using LiveDash.Core.Windows;
using LiveDash.Core.Windows.Aggregates;

namespace LiveDash.Core.Engine;

/// <summary>What a lease asks for. Immutable.</summary>
internal sealed record WindowRequest(int Series, WindowSpec Spec, IReadOnlyList<AggregateSpec> Needs, TimeSpan Lateness);
