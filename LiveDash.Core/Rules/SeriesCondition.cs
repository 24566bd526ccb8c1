namespace LiveDash.Core.Rules;

/// <summary>A condition on one series, or on each of the series a pattern chooses.</summary>
/// <param name="Series">The pattern's canonical text; see <see cref="Model.SeriesPattern"/>.</param>
public abstract record SeriesCondition(string Series) : Condition
{
    /// <inheritdoc/>
    public override IEnumerable<SeriesCondition> Leaves => [this];
}
