using LiveDash.Core.Storage;

namespace LiveDash.Core.Query.Data;

/// <summary>Counts what an evaluation takes and ends it where a bound is passed. Used by one evaluation.</summary>
internal sealed class QueryBudget(QueryLimits limits, CancellationToken cancellationToken)
{
    private readonly SortedSet<string> _warnings = new(StringComparer.Ordinal);
    private int _series;
    private long _points;
    private long _bytes;
    private StoredSummaries? _summaries;

    /// <summary>The bounds.</summary>
    public QueryLimits Limits => limits;

    /// <summary>Ends the evaluation when its time is over or nobody waits for it any more.</summary>
    public CancellationToken Stopped => cancellationToken;

    /// <summary>What it took until now.</summary>
    public QueryUse Use => new(_series, _points, _bytes);

    /// <summary>What is doubtful about the answer; each said once.</summary>
    public IReadOnlyList<string> Warnings => _summaries is { } summaries ? [Text(summaries), .. _warnings] : [.. _warnings];

    /// <summary>Says that something is doubtful about the answer. At most 100 are kept.</summary>
    public void Warn(string warning)
    {
        if (_warnings.Count < 100) _warnings.Add(warning);
    }

    /// <summary>Says that some of what is read are summaries.</summary>
    public void Note(StoredSummaries summaries) => _summaries = StoredSummaries.Both(_summaries, summaries);

    /// <summary>Counts series.</summary>
    public void AddSeries(int count)
    {
        _series += count;
        if (_series > limits.MaxSeries) throw Passed($"touches more than {limits.MaxSeries:N0} series", nameof(limits.MaxSeries));
    }

    /// <summary>Counts points that were read.</summary>
    public void AddPoints(long count)
    {
        _points += count;
        if (_points > limits.MaxPoints) throw Passed($"reads more than {limits.MaxPoints:N0} points", nameof(limits.MaxPoints));
        cancellationToken.ThrowIfCancellationRequested();
    }

    /// <summary>Counts numbers that are kept, of 8 bytes each.</summary>
    public void AddNumbers(long count)
    {
        _bytes += count * sizeof(double);
        if (_bytes > limits.MaxBytes) throw Passed($"takes more than {limits.MaxBytes:N0} bytes of memory", nameof(limits.MaxBytes));
        cancellationToken.ThrowIfCancellationRequested();
    }

    /// <summary>What is said of summaries.</summary>
    public static string Text(StoredSummaries summaries) => $"Some of the points are {summaries} (LiveDash:Storage:Tiers): avg, sum, count, min and max over time are of all points, the rest sees the last of each.";

    private static QueryException Passed(string what, string bound) =>
        new(QueryErrorKind.Limit, $"The query {what} (LiveDash:Query:{bound}). Narrow its selectors or its range.");
}
