namespace LiveDash.Core.Query.Tree;

/// <summary>
/// What LiveDash's own text asks of series, which PromQL cannot say: <c>mean(cpu.load{host=*}, 500)</c>. It yields a value a series that its pattern chooses, under the series' labels and its name; a pattern without a
/// wildcard chooses exactly the series it spells. Its text is the same in both grammars.
/// </summary>
/// <param name="Series">The pattern's canonical text; see <see cref="Model.SeriesPattern"/>.</param>
public abstract record SeriesExpr(string Series) : QueryExpr
{
    /// <inheritdoc/>
    public override ValueKind Kind => ValueKind.Vector;

    /// <summary>The canonical text.</summary>
    internal abstract string Text { get; }
}
