using LiveDash.Core.Detection;
using LiveDash.Core.Model;
using LiveDash.Core.Query.Data;
using LiveDash.Core.Query.Tree;
using LiveDash.Core.Windows.Aggregates;

namespace LiveDash.Core.Query.Folds;

/// <summary>Makes what keeps up to date what is asked of a series. Thread-safe.</summary>
/// <param name="words">The words of a series of states, by the series' number; null where it has none.</param>
/// <param name="clock">The clock whose hours and weekdays repeat in series.</param>
internal sealed class SeriesFolds(Func<int, StateWords?> words, LocalClock clock)
{
    /// <summary>For sources that know no states.</summary>
    public static SeriesFolds Plain { get; } = new(static _ => null, LocalClock.Utc);

    /// <summary>For the series of a catalog.</summary>
    public static SeriesFolds Of(SeriesCatalog catalog, LocalClock? clock) => new(series => catalog.States.Find(catalog[series]), clock ?? LocalClock.Utc);

    /// <summary>Makes one for a series.</summary>
    public SeriesFold Make(SeriesExpr expr, int series) => expr switch
    {
        WindowExpr window => new WindowFold(window.Aggregate, window.Window, window.Within?.Shape),
        OutsideExpr outside => new WindowFold(AggregateSpec.Mean, outside.Window, null, (outside.Low, outside.High)),
        AnomalyExpr { By: null } anomaly => new AnomalyFold(anomaly.Sensitivity, clock),
        AbsentExpr absent => new NewestFold((now, time, _) => new((now - time) / (double)TimeSpan.TicksPerSecond, now - time > absent.After.Ticks)),
        StateExpr state => new NewestFold((_, _, value) => words(series)?.TextOf(value) is { } text ? new(value, text == state.State != state.IsOther) : new(Absence.Mark, false)),
        _ => throw new QueryException(QueryErrorKind.Execution, $"{expr} is judged by rules in LiveDash's own text alone"),
    };
}
