using LiveDash.Core.Storage;

namespace LiveDash.Web.Api.Influx;

/// <summary>One series of an answer. Immutable.</summary>
/// <param name="Name">The measurement, or null.</param>
/// <param name="Columns">The columns' names; a first one called <c>time</c> holds UTC ticks.</param>
/// <param name="Rows">The rows.</param>
internal sealed record InfluxTable(string? Name, IReadOnlyList<string> Columns, IReadOnlyList<object?[]> Rows)
{
    /// <summary>That rows, or a <c>first</c>, are the last points of steps; null where none is.</summary>
    public StoredSummaries? Summaries { get; init; }
}
