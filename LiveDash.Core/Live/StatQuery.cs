using LiveDash.Core.Model;
using LiveDash.Core.Windows;
using LiveDash.Core.Windows.Aggregates;

namespace LiveDash.Core.Live;

/// <summary>What a number shows. Immutable.</summary>
/// <param name="Pattern">Which series; of several the first.</param>
/// <param name="Aggregate">What is shown of its points.</param>
/// <param name="Window">Which points count while it is live, and how late one may come; null for those of the span.</param>
/// <param name="Span">How far back the sparkline reaches.</param>
/// <param name="Range">A stored range in the place of what is live, or null; then the points of the range count.</param>
public sealed record StatQuery(
    SeriesPattern Pattern, AggregateSpec Aggregate, Func<SeriesKey, (WindowSpec Spec, TimeSpan? Lateness)?> Window, TimeSpan Span, TimeRange? Range);
