using LiveDash.Core.Query.Data;
using LiveDash.Core.Query.Tree;

namespace LiveDash.Core.Query.Evaluation;

/// <summary>What the selectors of a tree read, by their nodes. Filled before an evaluation and only read by it.</summary>
internal sealed class SelectorData
{
    private readonly Dictionary<QueryExpr, IReadOnlyList<StepSeries>> _steps = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<QueryExpr, IReadOnlyList<StepSeries>> _seen = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<QueryExpr, IReadOnlyList<RangeSeries>> _ranges = new(ReferenceEqualityComparer.Instance);

    /// <summary>Keeps the values of a vector selector at the moments it looks at.</summary>
    public void Put(VectorSelector selector, IReadOnlyList<StepSeries> series) => _steps[selector] = series;

    /// <summary>Keeps the points of a matrix selector.</summary>
    public void Put(MatrixSelector selector, IReadOnlyList<RangeSeries> series) => _ranges[selector] = series;

    /// <summary>Keeps what is asked of series at the steps.</summary>
    /// <param name="expr">What is asked.</param>
    /// <param name="held">The series of which it holds.</param>
    /// <param name="seen">All that it looked at.</param>
    public void Put(SeriesExpr expr, IReadOnlyList<StepSeries> held, IReadOnlyList<StepSeries> seen) => (_steps[expr], _seen[expr]) = (held, seen);

    /// <summary>What a vector selector read, or of which series holds what is asked.</summary>
    public IReadOnlyList<StepSeries> Steps(QueryExpr selector) => _steps[selector];

    /// <summary>All series at which a condition looked.</summary>
    public IReadOnlyList<StepSeries> Seen(SeriesExpr expr) => _seen[expr];

    /// <summary>What a matrix selector read.</summary>
    public IReadOnlyList<RangeSeries> Points(MatrixSelector selector) => _ranges[selector];
}
